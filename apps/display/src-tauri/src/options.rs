//! What the display is told when it is started.

/// On which monitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Which {
    /// Counted from 1, as the system counts them.
    Number(usize),
    /// By the system's name for it: `HDMI-1`.
    Name(String),
}

/// How the window is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Options {
    /// `--windowed`: as a window among others, for looking at it and for tests.
    pub(crate) windowed: bool,
    /// `--monitor N|NAME`: where it fills the screen; the system's first choice when left out.
    pub(crate) monitor: Option<Which>,
}

/// How it is used, for whoever got it wrong.
pub(crate) const USAGE: &str =
    "usage: presso-display-app [--windowed] [--monitor NUMBER|NAME] [LINK]";

impl Options {
    /// Reads the words after the program's name. What is no option is a link, and the shell's.
    ///
    /// # Errors
    /// The option that there is not, or that lacks its value.
    pub(crate) fn read(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.split_once('=').unwrap_or((&word, "")) {
                ("--windowed", "") => options.windowed = true,
                ("--monitor", value) => {
                    let value = match value {
                        "" => words.next().unwrap_or_default(),
                        value => value.to_owned(),
                    };
                    options.monitor = Some(Which::read(&value).ok_or(word)?);
                }
                (option, _) if option.starts_with('-') => return Err(word),
                _ => {}
            }
        }
        Ok(options)
    }
}

impl Which {
    fn read(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(0) => None,
            Ok(number) => Some(Self::Number(number)),
            Err(_) if text.is_empty() || text.starts_with('-') => None,
            Err(_) => Some(Self::Name(text.to_owned())),
        }
    }

    /// Its place among the monitors of these names; none when it is not there.
    pub(crate) fn among(&self, names: &[Option<String>]) -> Option<usize> {
        let named = |wanted: &str| {
            let mut names = names.iter();
            names.position(|name| name.as_deref() == Some(wanted))
        };
        match self {
            Self::Number(number) => (*number <= names.len()).then(|| number - 1),
            Self::Name(name) => named(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Options, String> {
        Options::read(words.iter().map(|word| (*word).to_owned()))
    }

    #[test]
    fn a_display_fills_the_screen_unless_told_otherwise() {
        let link = "presso-display://coffee.example/display#k=A";
        assert_eq!(read(&[link]), Ok(Options::default()));
        assert!(read(&["--windowed"]).unwrap().windowed);
    }

    #[test]
    fn a_monitor_is_chosen_by_number_or_name() {
        let monitor = |words: &[&str]| read(words).unwrap().monitor.unwrap();
        assert_eq!(monitor(&["--monitor", "2"]), Which::Number(2));
        assert_eq!(monitor(&["--monitor=HDMI-1"]), Which::Name("HDMI-1".into()));
        let names = [Some("eDP-1".to_owned()), Some("HDMI-1".to_owned()), None];
        assert_eq!(Which::Number(1).among(&names), Some(0));
        assert_eq!(Which::Number(4).among(&names), None);
        assert_eq!(Which::Name("HDMI-1".into()).among(&names), Some(1));
        assert_eq!(Which::Name("DP-9".into()).among(&names), None);
    }

    #[test]
    fn what_is_no_option_is_named() {
        assert_eq!(read(&["--fullscreen"]), Err("--fullscreen".into()));
        for wrong in [
            &["--monitor"][..],
            &["--monitor", "0"],
            &["--monitor", "--windowed"],
        ] {
            assert_eq!(read(wrong), Err("--monitor".into()));
        }
    }
}
