//! Why an event matches, or which field stood against it and how: for people.

use super::condition::{Condition, any_of};
use super::event;
use super::tree::{Field, Tree};
use serde_json::Value;
use std::fmt;

/// How a match came out. Its `Display` is a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The event matches.
    pub matched: bool,
    /// For a match: each field with what it had to be and is.
    pub met: Vec<(String, String)>,
    /// For no match: what stood against it. With `$or`, in the combination that came nearest.
    /// Empty when the event is no object.
    pub misses: Vec<Miss>,
    /// Among how many combinations of `$or`: 1 without one.
    pub combinations: usize,
}

/// A field that stood against a match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Its path, names joined by dots.
    pub field: String,
    /// What it had to be.
    pub wanted: String,
    /// What was wrong.
    pub how: How,
}

/// What was wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum How {
    /// The event has no value there (an object, an empty array are none).
    Lacking,
    /// It has a value and should have none.
    Present(Vec<String>),
    /// It has these, and none is as demanded.
    Unlike(Vec<String>),
    /// It has the right value, but in another element of an array than these fields.
    Apart(Vec<String>),
}

/// As many values of the event are shown, each as long.
const SHOWN: usize = 3;
const SHOWN_CHARS: usize = 60;

pub(super) fn explain(ways: &[Tree], event: &Value) -> Why {
    let mut why = Why {
        matched: false,
        met: Vec::new(),
        misses: Vec::new(),
        combinations: ways.len(),
    };
    if !event.is_object() {
        return why;
    }
    if let Some(way) = ways.iter().find(|way| way.matches(event)) {
        why.matched = true;
        let met =
            |field: &std::sync::Arc<Field>| (field.path.to_string(), any_of(&field.conditions));
        why.met = way.fields.iter().map(met).collect();
        return why;
    }
    let nearest = ways.iter().map(|way| misses(way, event));
    why.misses = nearest.min_by_key(Vec::len).unwrap_or_default();
    why
}

fn misses(way: &Tree, event: &Value) -> Vec<Miss> {
    let each = way.fields.iter();
    let missed: Vec<Miss> = each
        .clone()
        .filter_map(|field| miss(field, event))
        .collect();
    // Absence is asked for in the element that the others choose: they come first.
    let others = |miss: &Miss| !matches!(miss.how, How::Present(_));
    if missed.iter().any(others) {
        return missed.into_iter().filter(others).collect();
    }
    if !missed.is_empty() {
        return missed;
    }
    // Each holds by itself, so it is an array that keeps them apart.
    let mut inside = each.filter(|field| in_array(event, &field.steps));
    let first = inside.next();
    let with: Vec<String> = inside.map(|field| field.path.to_string()).collect();
    let apart = |field: &std::sync::Arc<Field>| told(field, How::Apart(with.clone()));
    first.map(apart).into_iter().collect()
}

fn told(field: &Field, how: How) -> Miss {
    Miss {
        field: field.path.to_string(),
        wanted: any_of(&field.conditions),
        how,
    }
}

/// What is wrong with a field by itself.
fn miss(field: &Field, event: &Value) -> Option<Miss> {
    let mut found = Vec::new();
    event::values(event, &field.steps, &mut found);
    let how = if found.is_empty() {
        (!field.may_lack).then_some(How::Lacking)
    } else if found.iter().any(|value| field.takes(value)) {
        None
    } else if field.may_lack {
        Some(How::Present(shown(&found)))
    } else {
        Some(How::Unlike(shown(&found)))
    };
    how.map(|how| told(field, how))
}

fn shown(found: &[&Value]) -> Vec<String> {
    let cut = |value: &&Value| {
        let text = value.to_string();
        match text.char_indices().nth(SHOWN_CHARS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    let mut shown: Vec<String> = found.iter().take(SHOWN).map(cut).collect();
    if found.len() > SHOWN {
        shown.push(format!("{} more", found.len() - SHOWN));
    }
    shown
}

fn in_array(value: &Value, steps: &[String]) -> bool {
    match (value, steps) {
        (Value::Array(_), _) => true,
        (Value::Object(map), [step, rest @ ..]) => {
            map.get(step).is_some_and(|inside| in_array(inside, rest))
        }
        _ => false,
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: Vec<String> = if self.matched {
            let is = |(field, wanted): &(String, String)| format!("{field} is {wanted}");
            self.met.iter().map(is).collect()
        } else if self.misses.is_empty() {
            vec!["the event is no JSON object".to_owned()]
        } else {
            self.misses.iter().map(ToString::to_string).collect()
        };
        let verdict = if self.matched { "match" } else { "no match" };
        write!(f, "{verdict}: {}", said.join("; "))?;
        match (self.combinations, self.matched) {
            (..=1, _) => Ok(()),
            (many, true) => write!(f, " (one of {many} combinations of $or)"),
            (many, false) => write!(f, " (the nearest of {many} combinations of $or)"),
        }
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, wanted, how } = self;
        match how {
            How::Lacking => write!(f, "{field} has no value, it must be {wanted}"),
            How::Present(found) if *wanted == Condition::Absent.to_string() => {
                write!(f, "{field} must be absent and is {}", found.join(", "))
            }
            How::Present(found) | How::Unlike(found) => {
                write!(f, "{field} is {}, it must be {wanted}", found.join(", "))
            }
            How::Apart(with) => write!(
                f,
                "{field} is {wanted}, but no element of the array has that together with {}",
                with.join(", ")
            ),
        }
    }
}
