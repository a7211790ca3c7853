//! Which camera.

/// A camera that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its number on this machine; another one may have it after a restart.
    pub index: u32,
    /// What the maker calls it; empty when nobody knows.
    pub name: String,
}

/// Which camera to open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// The first that works.
    #[default]
    Any,
    /// The one with this number.
    Index(u32),
    /// The first that is called so: what one remembers from run to run.
    Name(String),
}

impl Choice {
    /// Those of these devices that are meant, in the order in which to try them.
    #[cfg_attr(
        not(any(target_os = "linux", target_os = "macos", target_os = "windows", test)),
        expect(dead_code, reason = "there is nothing to choose from")
    )]
    pub(crate) fn among(&self, devices: Vec<Device>) -> Vec<Device> {
        let meant = |device: &Device| match self {
            Self::Any => true,
            Self::Index(index) => device.index == *index,
            Self::Name(name) => device.name == *name,
        };
        devices.into_iter().filter(meant).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_chosen_by_number_by_name_or_as_it_comes() {
        let device = |index, name: &str| Device {
            index,
            name: name.to_owned(),
        };
        let all = || vec![device(0, "inside"), device(2, "outside")];
        assert_eq!(Choice::Any.among(all()), all());
        assert_eq!(Choice::Index(2).among(all()), [device(2, "outside")]);
        assert_eq!(
            Choice::Name("inside".into()).among(all()),
            [device(0, "inside")]
        );
        assert_eq!(Choice::Name("gone".into()).among(all()), []);
    }
}
