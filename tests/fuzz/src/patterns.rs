//! Event patterns: of a rule's author, on events of anybody's.

use presso_core::pattern::{Pattern, Rules};
use serde_json::Value;

/// A pattern, a line `---`, and events, one a line.
///
/// # Panics
/// When the ways to ask whether an event matches do not agree.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (pattern, events) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let Ok(pattern) = Pattern::parse(pattern) else {
        return;
    };
    let again = Pattern::parse(pattern.as_str()).expect("it was one before");
    let mut rules = Rules::new();
    rules.insert(1, pattern.clone());
    for event in events.lines() {
        let Ok(event) = serde_json::from_str::<Value>(event) else {
            continue;
        };
        let matches = pattern.matches(&event);
        assert_eq!(again.matches(&event), matches);
        assert_eq!(pattern.explain(&event).matched, matches, "{event}");
        assert_eq!(rules.matching(&event) == [1], matches, "{event}");
    }
    rules.remove(&1);
    assert!(rules.is_empty());
}
