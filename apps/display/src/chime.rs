//! Whether the screen chimes: what its button was set to, else what its address says.

/// What the screen remembers of its button, or its address says (`?sound=off`).
#[must_use]
pub fn as_written(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Does the screen chime? The button, once pressed, has the last word, also after a reload under
/// an address that says otherwise; without either it chimes.
#[must_use]
pub fn is_on(remembered: Option<&str>, in_address: Option<&str>) -> bool {
    let meant = |said: &str| match said {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let button = remembered.and_then(meant);
    button.or(in_address.and_then(meant)).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_word_from_anybody_it_chimes() {
        assert!(is_on(None, None));
        assert!(is_on(Some("loud"), Some("maybe")));
    }

    #[test]
    fn until_the_button_is_pressed_the_address_says_how_it_starts() {
        assert!(!is_on(None, Some("off")));
        assert!(is_on(None, Some("on")));
    }

    #[test]
    fn the_button_wins_over_the_address() {
        assert!(is_on(Some(as_written(true)), Some("off")));
        assert!(!is_on(Some(as_written(false)), Some("on")));
    }
}
