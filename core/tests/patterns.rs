//! Do patterns mean what they mean at AWS? A table of cases by operator, each named with the
//! section of the published rules it comes from ("guide": the EventBridge user guide; "ruler":
//! aws/event-ruler's README), and laws over generated patterns and events.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

#[path = "patterns/arrays.rs"]
mod arrays;
#[path = "patterns/conformance.rs"]
mod conformance;
#[path = "patterns/laws.rs"]
mod laws;
#[path = "patterns/malformed.rs"]
mod malformed;
#[path = "patterns/operators.rs"]
mod operators;
#[path = "patterns/or.rs"]
mod or;
#[path = "patterns/values.rs"]
mod values;
#[path = "patterns/why.rs"]
mod why;

use presso_core::pattern::Pattern;
use serde_json::Value;

fn parse(text: &str) -> Pattern {
    Pattern::parse(text).unwrap_or_else(|bad| panic!("{text}: {bad}"))
}

fn event(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|bad| panic!("{text}: {bad}"))
}

/// One row: what it shows, with its source; the pattern; events that match; events that do not.
type Row<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str]);

#[track_caller]
fn hold(rows: &[Row<'_>]) {
    for (shows, pattern, matching, others) in rows {
        let parsed = parse(pattern);
        for (events, expected) in [(matching, true), (others, false)] {
            for text in *events {
                let event = event(text);
                let why = parsed.explain(&event);
                assert_eq!(
                    parsed.matches(&event),
                    expected,
                    "{shows}\n{pattern}\n{text}\n{why}"
                );
                assert_eq!(why.matched, expected, "{shows}: {why}");
            }
        }
    }
}
