//! What can be filled into a sentence.

use crate::bidi;
use fluent_bundle::FluentValue;

/// What can be filled into a sentence: a number (which may choose a plural form) or a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Chooses plural forms.
    Number(f64),
    /// Is set apart from the sentence around it when it runs the other way.
    Text(String),
}

impl Arg {
    pub(crate) fn value(&self, direction: bidi::Direction) -> FluentValue<'static> {
        match self {
            Self::Number(number) => FluentValue::from(*number),
            Self::Text(text) => FluentValue::from(bidi::isolate(text, direction)),
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

macro_rules! number {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Arg {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "counts that people read are small")]
            fn from(number: $kind) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}
number!(u8, u16, u32, u64, usize, i32, i64);
