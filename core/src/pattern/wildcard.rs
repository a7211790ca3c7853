//! `*` in a string: any characters, or none.

use super::malformed::Rule;

/// What stands between the wildcards; one piece when there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wildcard {
    pieces: Vec<String>,
}

impl Wildcard {
    /// Reads it: `\*` is a star, `\\` a backslash.
    pub(super) fn parse(text: &str) -> Result<Self, Rule> {
        let mut pieces = vec![String::new()];
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let plain = match letter {
                '*' if letters.peek() == Some(&'*') => return Err(Rule::TwoStars),
                '*' => {
                    pieces.push(String::new());
                    continue;
                }
                '\\' => match letters.next() {
                    Some(escaped @ ('*' | '\\')) => escaped,
                    _ => return Err(Rule::StrayBackslash),
                },
                other => other,
            };
            if let Some(piece) = pieces.last_mut() {
                piece.push(plain);
            }
        }
        Ok(Self { pieces })
    }

    /// Each piece where it is found first: no later place could do better, so that this never
    /// goes back, whatever the pattern.
    pub(super) fn matches(&self, value: &str) -> bool {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else {
            return false;
        };
        let [_, middle @ .., _] = self.pieces.as_slice() else {
            return value == first;
        };
        let inside = value
            .strip_prefix(first.as_str())
            .and_then(|rest| rest.strip_suffix(last.as_str()));
        let Some(mut rest) = inside else {
            return false;
        };
        middle.iter().all(|piece| match rest.find(piece.as_str()) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, value: &str) -> bool {
        Wildcard::parse(pattern)
            .expect("well-formed")
            .matches(value)
    }

    #[test]
    fn pieces_are_found_in_order_and_do_not_overlap() {
        assert!(matches("a*b*c", "a-b-b-c"));
        assert!(matches("*", ""));
        assert!(matches("a*a", "aa"));
        assert!(!matches("a*a", "a"), "one letter is not two");
        assert!(!matches("*ab*ba*", "aba"));
        assert!(matches("*ab*ba*", "abba"));
        assert!(matches("", "") && !matches("", "a"));
    }

    #[test]
    fn escaped_stars_are_plain() {
        assert!(matches(r"\**", "*x") && !matches(r"\**", "x"));
        assert!(matches(r"a\\*", r"a\b"));
    }

    #[test]
    fn a_pattern_made_to_go_back_does_not() {
        let value = "a".repeat(200_000);
        assert!(!matches(&format!("{}b", "*a".repeat(1_000)), &value));
    }
}
