//! Every sentence that a person reads: Fluent files, embedded, and their lookup.
//!
//! Screens write `t!("order-ready")` or `t!("place", ahead = 3)`; the sentence stands in
//! `locales/en/*.ftl`, one file for each app, one for what they share, one for problems. A test
//! (`tests/complete.rs`) holds both sides together: no id without a sentence, no sentence without
//! a use. No browser in here, so that a native shell can say the same words.

mod alert;
mod arg;
mod bidi;
mod coffee;
mod files;
mod passcode;
mod problem;
mod words;

pub use alert::{AlertWords, alert_key, alert_templates, alert_words, notification};
pub use arg::Arg;
pub use bidi::Direction;
pub use coffee::{cancelled_because, reason, reason_staff};
pub use files::LOCALES;
pub use problem::{problem, problem_with_code};
pub use words::{Words, direction, locale, speak, text};

/// The sentence of an id, in the language that [`speak`] chose, with its arguments filled in:
/// `t!("ready-title")`, `t!("queue-ahead", count = 3)`. Argument names with a dash are written
/// with an underscore.
#[macro_export]
macro_rules! t {
    ($id:expr) => {
        $crate::text($id, &[])
    };
    ($id:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text($id, &[$((stringify!($name), $crate::Arg::from($value))),+])
    };
}
