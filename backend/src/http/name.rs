//! Names of people, as they are typed.

use super::refusal::Refusal;
use axum::http::StatusCode;

/// Most characters of a name.
const LONGEST: usize = 40;

/// A name without the spaces around it.
///
/// # Errors
/// 422 `bad_name` unless 1 to 40 characters are left, one of them to be seen and none of them one
/// that changes how the text around the name stands: control characters, ends of lines and
/// paragraphs, and those that turn the direction of writing.
pub(super) fn checked(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let fits = (1..=LONGEST).contains(&name.chars().count());
    if fits && name.chars().any(is_seen) && !name.chars().any(disturbs) {
        return Ok(name.to_owned());
    }
    let sentence =
        "a name has 1 to 40 characters, one to be seen at least, and no control characters";
    Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_name", sentence).at("name"))
}

/// Does it act on what stands around the name? Marks that act on their neighbours alone (joiners,
/// accents) belong to names in many languages, and to emoji.
fn disturbs(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Does it leave ink? All that Unicode lists as ignorable by default does not, nor do the blanks
/// that are not counted as spaces.
fn is_seen(c: char) -> bool {
    let ignorable = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    let blank = c == '\u{2800}';
    !(ignorable || blank || c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_nobody_sees_or_that_turn_what_stands_around_them_are_none() {
        for bad in [
            "",
            "\u{200b}",
            "\u{200d}\u{2060} \u{feff}",
            "\u{3164}",
            "\u{2800}\u{fe0f}",
            "Ada\u{202e}",
            "\u{2066}Ada\u{2069}",
            "Ada\u{2028}Bo",
            "Ada\u{2029}Bo",
            "a\nb",
        ] {
            assert!(checked(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn names_of_all_the_world_are_names() {
        for good in [
            "Ada",
            "Zoë",
            "علی\u{200c}رضا",
            "李",
            "👩\u{200d}🚀",
            "נועה",
            "é",
        ] {
            assert_eq!(checked(&format!(" {good} ")).ok().as_deref(), Some(good));
        }
    }
}
