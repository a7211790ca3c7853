//! Input transformers: of a rule's author, on envelopes with anybody's values in them.

use presso_core::bus::{Transform, TransformBody, transform_limits};
use serde_json::Value;

/// A transformer, a line `---`, and envelopes, one a line.
///
/// # Panics
/// When what is made is no JSON, is longer than it may be, or is another one the next time.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (body, envelopes) = text.split_once("\n---\n").unwrap_or((text, "null"));
    let Ok(body) = serde_json::from_str::<TransformBody>(body) else {
        return;
    };
    super::returns(&body);
    let Ok(transform) = Transform::parse(&body) else {
        return;
    };
    for envelope in envelopes.lines() {
        let Ok(envelope) = serde_json::from_str::<Value>(envelope) else {
            continue;
        };
        let made = transform.apply(&envelope);
        assert_eq!(transform.apply(&envelope), made);
        if let Ok(made) = made {
            assert!(made.len() <= transform_limits::OUTPUT);
            // Deep in deep may be deeper than this reader goes.
            let why = serde_json::from_str::<Value>(&made).err();
            let why = why.map(|why| why.to_string()).unwrap_or_default();
            assert!(
                why.is_empty() || why.contains("recursion limit"),
                "{why}: {made}"
            );
        }
    }
}
