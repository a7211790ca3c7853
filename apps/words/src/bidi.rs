//! Which way a language runs, and names that run the other way than the sentence around them.

/// Which way a language runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As English.
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

impl Direction {
    /// Of a language, by its tag.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or(tag);
        match language {
            "ar" | "ckb" | "dv" | "fa" | "he" | "ps" | "ug" | "ur" | "yi" => Self::RightToLeft,
            _ => Self::LeftToRight,
        }
    }
    /// The value of HTML's `dir`.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Sets a text apart when it would disturb the order of the sentence: any text in a right-to-left
/// sentence, and one with right-to-left letters in a left-to-right one. Others stay as they are.
pub(crate) fn isolate(text: &str, sentence: Direction) -> String {
    if sentence == Direction::LeftToRight && !text.chars().any(runs_right_to_left) {
        return text.to_owned();
    }
    format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}")
}

/// By blocks: Hebrew to Arabic Extended, the presentation forms, and the right-to-left planes;
/// also the marks and overrides that turn text around.
fn runs_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_runs_the_other_way_is_set_apart_and_a_plain_one_is_left_alone() {
        assert_eq!(isolate("Ada", Direction::LeftToRight), "Ada");
        assert_eq!(
            isolate("שרה", Direction::LeftToRight),
            "\u{2068}שרה\u{2069}"
        );
        assert_eq!(
            isolate("Ada", Direction::RightToLeft),
            "\u{2068}Ada\u{2069}"
        );
    }

    #[test]
    fn languages_know_their_direction() {
        assert_eq!(Direction::of("en-GB").attribute(), "ltr");
        assert_eq!(Direction::of("ar").attribute(), "rtl");
    }
}
