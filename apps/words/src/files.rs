//! The Fluent files, embedded.

/// A language: its tag, and its files by name.
pub struct Locale {
    /// BCP 47.
    pub tag: &'static str,
    /// File name and text.
    pub files: &'static [(&'static str, &'static str)],
}

macro_rules! locale {
    ($tag:literal: $($file:literal),+ $(,)?) => {
        Locale {
            tag: $tag,
            files: &[$(($file, include_str!(concat!("../locales/", $tag, "/", $file)))),+],
        }
    };
}

/// Every language there is; the first is spoken where none of the wanted ones is there.
pub const LOCALES: &[Locale] = &[locale!(
    "en": "shared.ftl", "problems.ftl", "customer.ftl", "barista.ftl", "hands.ftl", "manage.ftl",
    "display.ftl", "messages.ftl", "journey.ftl",
)];
