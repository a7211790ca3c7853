//! The code's details: its groups, its address, its countdown.

use presso_core::board::CodeView;
use presso_core::time::Timestamp;

/// How many characters one reads out at a time.
const GROUP: usize = 5;

/// The code in groups of five, for eyes and for typing.
#[must_use]
pub fn groups(code: &CodeView) -> Vec<String> {
    let letters: Vec<char> = code.code.as_str().chars().collect();
    letters.chunks(GROUP).map(|g| g.iter().collect()).collect()
}

/// Where a phone without a camera goes: the link without its scheme and its code.
#[must_use]
pub fn address(code: &CodeView) -> &str {
    let link = code.link.split('#').next().unwrap_or_default();
    link.split_once("://").map_or(link, |(_, rest)| rest)
}

/// Whole seconds to the next code, rounded up.
#[must_use]
pub fn seconds_left(code: &CodeView, now: Timestamp) -> u32 {
    let ms = code.rotates_at.ms_since(now).max(0);
    u32::try_from((ms + 999) / 1000).unwrap_or(u32::MAX)
}

/// How much of the code's time is left, 0 to 1000.
#[must_use]
pub fn permille_left(code: &CodeView, now: Timestamp) -> u16 {
    let whole_ms = i64::from(code.rotation_s.max(1)) * 1000;
    let left_ms = code.rotates_at.ms_since(now).clamp(0, whole_ms);
    u16::try_from(left_ms * 1000 / whole_ms).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::code;

    #[test]
    fn the_code_is_read_out_in_two_groups_of_five() {
        assert_eq!(groups(&code()), ["ABCDE", "12345"]);
    }

    #[test]
    fn the_address_to_type_has_no_scheme_and_no_code() {
        assert_eq!(address(&code()), "coffee.example/s/demo");
    }

    #[test]
    fn the_countdown_runs_from_its_whole_to_nothing_and_not_below() {
        let at = |s: i64| {
            let now = Timestamp(s * 1000);
            (seconds_left(&code(), now), permille_left(&code(), now))
        };
        assert_eq!(at(0), (300, 1000));
        assert_eq!(at(150), (150, 500));
        assert_eq!(at(300), (0, 0));
        assert_eq!(at(400), (0, 0));
    }
}
