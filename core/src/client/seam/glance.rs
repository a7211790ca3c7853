//! What a shell's camera sees, in one piece: a line of JSON, and after it the picture to show.

use crate::scan::Found;
use serde::{Deserialize, Serialize};

/// A camera that the shell can open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraDevice {
    /// By which it is opened, while it stays plugged in.
    pub id: String,
    /// What its maker calls it; may be empty.
    pub name: String,
}

/// What the camera sees now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Width and height of the camera's picture, pixels.
    pub of: (u32, u32),
    /// Width and height of the picture that is shown, grey, a byte a pixel.
    pub shown: (u32, u32),
    /// What the code in it says; none without one.
    pub text: Option<String>,
    /// Its corners, going round, in pixels of the camera's picture; zeros without one.
    pub corners: [(i32, i32); 4],
}

impl Glance {
    /// What was found in a picture of size `of`, of which `shown` is to be seen.
    #[must_use]
    pub fn new(of: (u32, u32), shown: (u32, u32), found: Option<Found>) -> Self {
        let corners = found.as_ref().map_or([(0, 0); 4], |found| found.corners);
        Self {
            of,
            shown,
            text: found.map(|found| found.text),
            corners,
        }
    }

    /// As it travels, with the grey values of the picture to show.
    #[must_use]
    pub fn pack(&self, grey: &[u8]) -> Vec<u8> {
        // Numbers and a text always have a JSON, and JSON in one line has no line break.
        let mut bytes = serde_json::to_vec(self).expect("numbers and a text");
        bytes.push(b'\n');
        bytes.extend_from_slice(grey);
        bytes
    }

    /// The same taken apart; none when it is not whole.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let line = bytes.iter().position(|byte| *byte == b'\n')?;
        let glance: Self = crate::json::read(&bytes[..line]).ok()?;
        let grey = &bytes[line + 1..];
        let pixels = u64::from(glance.shown.0) * u64::from(glance.shown.1);
        (grey.len() as u64 == pixels).then_some((glance, grey))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_arrives_as_it_was_sent_and_half_of_one_is_none() {
        let found = Found {
            text: "two\nlines".into(),
            corners: [(1, 2), (3, 4), (5, 6), (-7, 8)],
        };
        let glance = Glance::new((640, 480), (2, 2), Some(found));
        let packed = glance.pack(&[10, 20, 30, 40]);
        assert_eq!(
            Glance::unpack(&packed),
            Some((glance, [10, 20, 30, 40].as_slice()))
        );
        assert_eq!(Glance::unpack(&packed[..packed.len() - 1]), None);
        assert_eq!(Glance::unpack(b"{}"), None);
    }
}
