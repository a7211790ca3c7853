//! No sentence that a person reads stands in code: they are in the Fluent files, where they can be
//! translated. A guess by looks: text and capitalised literals inside `view!`.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

/// The crates that draw.
const SCREENS: &[&str] = &[
    "apps/ui/src/",
    "apps/customer/src/",
    "apps/barista/src/",
    "apps/display/src/",
];

fn spoken(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources {
        if !source.is_rust() || !SCREENS.iter().any(|crate_| source.path.starts_with(crate_)) {
            continue;
        }
        let text = code::only(&source.text, Blank::Comments);
        for (at, _) in text.match_indices("view!") {
            let Some(body) = braces(&text[at..]) else {
                continue;
            };
            let start = at + text[at..].find('{').unwrap_or(0);
            for (offset, words) in literals(body).into_iter().chain(bare_text(body)) {
                let line = text[..start + offset].matches('\n').count() + 1;
                broken.push(source.broken(line, format!("{words:?} belongs in a Fluent file")));
            }
        }
    }
    broken
}

/// From the first `{` to its `}`. Braces in literals come in pairs, or this guesses wrong.
fn braces(text: &str) -> Option<&str> {
    let start = text.find('{')?;
    let mut depth = 0_usize;
    for (at, letter) in text[start..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(&text[start..=start + at]);
        }
    }
    None
}

/// String literals that look like words for a person: a capital, small letters; and where they
/// stand in an expression also a space (`"Enter"` is a key).
fn literals(body: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut depth, mut rest_from) = (0_usize, 0);
    while let Some(at) = body[rest_from..]
        .find(['"', '{', '}'])
        .map(|at| rest_from + at)
    {
        match &body[at..=at] {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {
                let Some(end) = body[at + 1..].find('"') else {
                    break;
                };
                let literal = &body[at + 1..at + 1 + end];
                if like_a_sentence(literal, depth > 1) {
                    found.push((at, literal.to_owned()));
                }
                rest_from = at + end + 2;
                continue;
            }
        }
        rest_from = at + 1;
    }
    found
}

fn like_a_sentence(literal: &str, in_expression: bool) -> bool {
    let capital = literal.starts_with(char::is_uppercase);
    // Drawing orders such as "M10 20" have capitals and spaces too, but no word.
    let letters: Vec<bool> = literal.chars().map(char::is_lowercase).collect();
    let word = letters.windows(2).any(|pair| pair[0] && pair[1]);
    capital && word && (literal.contains(' ') || !in_expression)
}

/// Text between two tags, without quotes.
fn bare_text(body: &str) -> Vec<(usize, String)> {
    let text = code::only(body, Blank::CommentsAndStrings);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('>') {
        let after = &text[at + 1..];
        let Some(end) = after.find(['<', '{', '}', '"', '(', ';', '=']) else {
            continue;
        };
        let words = after[..end].trim();
        let arrow = text[..at].ends_with(['-', '=']);
        let closes = after[end..].starts_with('<');
        if closes && !arrow && words.starts_with(char::is_alphabetic) {
            found.push((at, words.to_owned()));
        }
    }
    found
}

#[test]
fn no_sentence_for_people_stands_in_the_screens_code() {
    hold(
        "a sentence in code cannot be translated",
        &spoken(source::all()),
    );
}

#[test]
fn sentences_in_a_view_are_seen() {
    for view in [
        "view! { <p>\"Your coffee is ready\"</p> }",
        "view! { <p>Your coffee is ready</p> }",
        "view! { <button>\"Cancel\"</button> }",
        "view! { <img alt=\"A cup\"/> }",
        "view! { <p>{move || if a { \"Shop closed\" } else { b }}</p> }",
    ] {
        let source = Source::example("apps/customer/src/app.rs", view);
        assert_eq!(spoken(&[source]).len(), 1, "{view}");
    }
}

#[test]
fn words_of_the_program_in_a_view_are_no_sentences() {
    for view in [
        "view! { <p class=\"big red\">{words.say(\"order-ready\")}</p> }",
        "view! { <path d=\"M10 20 L30 40\"/> }",
        "view! { <p on:keydown=move |e| { if e.key() == \"Enter\" { go() } }/> }",
        "view! { <Show when=move || a.get() > 3 fallback=|| ()><b/></Show> }",
    ] {
        let source = Source::example("apps/customer/src/app.rs", view);
        assert_eq!(spoken(&[source]).len(), 0, "{view}");
    }
}
