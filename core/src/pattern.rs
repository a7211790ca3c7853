//! Event patterns: does this event match this rule? The pattern language of Amazon EventBridge,
//! whole, so that rules written for Serverlesspresso run here.
//!
//! A [`Pattern`] is JSON in the shape of the event: each field names a list of values or
//! operators, of which one must hold; all fields must. [`Pattern::explain`] says which field
//! failed and how. [`Rules`] holds many patterns and finds those that match without trying each.
//!
//! The semantics are those of AWS's user guide ("Creating event patterns", "Comparison operators",
//! "Arrays in event patterns") and of its open-source matcher, aws/event-ruler. Where the two or
//! we differ is listed in `docs/events.md`. Nothing here waits, reads a clock or draws numbers,
//! and everything is bounded: see [`limits`]. Wildcards are matched piece by piece from the left,
//! in time linear in the value, so they need no limit on their complexity; arrays are walked as
//! the tree they are, so that no event makes matching exponential.

mod address;
mod compile;
mod condition;
mod event;
mod fold;
mod index;
mod malformed;
mod number;
mod operator;
mod rules;
mod source;
mod tree;
mod why;
mod wildcard;

pub use malformed::{Malformed, Rule};
pub use rules::Rules;
pub use why::{How, Miss, Why};

use serde_json::Value;
use tree::Tree;

/// How large a pattern may be. Whatever is larger is refused by [`Pattern::parse`].
pub mod limits {
    /// Bytes of a pattern's text. EventBridge takes 2,048 characters, 4,096 on request.
    pub const BYTES: usize = 8_192;
    /// Objects and lists inside each other.
    pub const DEPTH: usize = 64;
    /// Ways through all `$or`s of a pattern, multiplied out.
    pub const COMBINATIONS: usize = 1_000;
    /// Fields of all combinations together: what a match may cost at most.
    pub const FIELDS: usize = 10_000;
}

/// A pattern that was read and found well-formed.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    /// One for each way through the `$or`s; an event matches when it matches one of them.
    ways: Vec<Tree>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`Malformed`] with the place and the rule when it is no JSON, no pattern, or too large.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let ways = compile::pattern(text)?;
        let text = text.to_owned();
        Ok(Self { text, ways })
    }

    /// Does the event match? Anything but an object matches nothing.
    #[must_use]
    pub fn matches(&self, event: &Value) -> bool {
        let event = event::nested(event);
        event.is_object() && self.ways.iter().any(|way| way.matches(&event))
    }

    /// Whether and why. Costs more than [`Self::matches`]; it is for people.
    #[must_use]
    pub fn explain(&self, event: &Value) -> Why {
        why::explain(&self.ways, &event::nested(event))
    }

    /// The text it was read from.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}
