//! One language's sentences, and the one that this program speaks.

use crate::{Arg, Direction, LOCALES};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::cell::RefCell;
use unic_langid::LanguageIdentifier;

/// The sentences of one language.
pub struct Words {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The best match for the wanted languages, best first: the whole tag, then its language
    /// alone (`en` for `en-AU`), else English.
    #[must_use]
    pub fn for_wanted(wanted: &[&str]) -> Self {
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let find = |want: &&str| {
            let exact = LOCALES.iter().find(|l| same(l.tag, want));
            exact.or_else(|| LOCALES.iter().find(|l| same(l.tag, &base(want))))
        };
        let locale = wanted.iter().find_map(find).unwrap_or(&LOCALES[0]);
        let id: LanguageIdentifier = locale.tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![id]);
        // Arguments are set apart by `Arg`, only where it matters.
        bundle.set_use_isolating(false);
        for (_, text) in locale.files {
            // A file with a mistake still gives its other sentences; a test finds the mistake.
            let file = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(f, _)| f);
            bundle.add_resource_overriding(file);
        }
        Self {
            tag: locale.tag,
            bundle,
        }
    }

    /// The language's tag.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        self.tag
    }

    /// Which way it runs.
    #[must_use]
    pub fn direction(&self) -> Direction {
        Direction::of(self.tag)
    }

    /// Is there such a sentence?
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// What Fluent does not understand of a file; for the test of the files.
    #[must_use]
    pub fn mistakes(text: &str) -> Vec<String> {
        let errors = FluentResource::try_new(text.to_owned()).err();
        let errors = errors.map(|(_, errors)| errors).unwrap_or_default();
        errors.iter().map(ToString::to_string).collect()
    }

    /// The sentence of an id. Arguments' names may be written with `_` for `-`. An id without a
    /// sentence gives the id: ugly, but it says what is missing.
    #[must_use]
    pub fn t(&self, id: &str, args: &[(&str, Arg)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|m| m.value()) else {
            return id.to_owned();
        };
        let direction = self.direction();
        let args: FluentArgs = args
            .iter()
            .map(|(name, arg)| (name.replace('_', "-"), arg.value(direction)))
            .collect();
        let mut errors = Vec::new();
        let sentence = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors);
        sentence.into_owned()
    }
}

thread_local! {
    static SPOKEN: RefCell<Option<Words>> = const { RefCell::new(None) };
}

fn with<T>(then: impl FnOnce(&Words) -> T) -> T {
    SPOKEN.with(|spoken| {
        if spoken.borrow().is_none() {
            *spoken.borrow_mut() = Some(Words::for_wanted(&[]));
        }
        match spoken.borrow().as_ref() {
            Some(words) => then(words),
            None => then(&Words::for_wanted(&[])),
        }
    })
}

/// Chooses the language of this thread: the wanted ones, best first.
pub fn speak(wanted: &[&str]) {
    let words = Words::for_wanted(wanted);
    SPOKEN.with(|spoken| *spoken.borrow_mut() = Some(words));
}

/// The tag of the language spoken.
#[must_use]
pub fn locale() -> &'static str {
    with(Words::tag)
}

/// Which way the language spoken runs.
#[must_use]
pub fn direction() -> Direction {
    with(Words::direction)
}

/// A sentence in the language spoken; mostly called as [`crate::t!`].
#[must_use]
pub fn text(id: &str, args: &[(&str, Arg)]) -> String {
    with(|words| words.t(id, args))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_wanted_language_is_spoken_and_english_else() {
        assert_eq!(Words::for_wanted(&["xx", "en-AU"]).tag(), "en");
        assert_eq!(Words::for_wanted(&["xx"]).tag(), "en");
    }

    #[test]
    fn numbers_choose_plural_forms_and_texts_are_filled_in() {
        let words = Words::for_wanted(&["en"]);
        let ahead = |count: u32| words.t("queue-ahead", &[("count", count.into())]);
        assert_eq!(ahead(1), "1 drink before yours");
        assert_eq!(ahead(2), "2 drinks before yours");
        let name = words.t("order-for", &[("name", "Ada".into())]);
        assert_eq!(name, "For Ada");
    }

    #[test]
    fn an_id_without_a_sentence_says_what_is_missing() {
        assert_eq!(Words::for_wanted(&[]).t("no-such-id", &[]), "no-such-id");
    }
}
