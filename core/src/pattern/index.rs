//! Where rules wait for the events that they pin: a tree of the values that fields must have.
//!
//! A field whose list holds only plain values pins the event. The way to a rule goes along its
//! pins in the order of their paths, value by value; an event follows only the values it has, so
//! that what is waiting elsewhere costs nothing.

use super::condition::Condition;
use super::number::Number;
use super::tree::Tree;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A rule's number, and which of its ways.
pub(super) type Waiting = (u64, usize);

/// The values of an event, by the number of the path; each once, so that no stop is met twice.
type Found<'e> = BTreeMap<usize, BTreeSet<Turn<'e>>>;

#[derive(Debug, Default)]
pub(super) struct Index {
    paths: Paths,
    known: BTreeMap<Arc<str>, usize>,
    root: Stop,
}

/// The paths that some rule pins, step by step.
#[derive(Debug, Default)]
struct Paths {
    ends: Option<usize>,
    below: BTreeMap<String, Paths>,
}

/// A place on the way.
#[derive(Debug, Default)]
struct Stop {
    here: BTreeSet<Waiting>,
    next: BTreeMap<usize, Turns>,
}

/// The ways on, by the value of one field.
#[derive(Debug, Default)]
struct Turns {
    texts: BTreeMap<String, Stop>,
    others: BTreeMap<Other, Stop>,
}

/// A plain value that is no string.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Other {
    Null,
    Bool(bool),
    Real(u64),
    Digits(String),
}

/// A value on the way.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn<'a> {
    Text(&'a str),
    Other(Other),
}

impl<'a> Turn<'a> {
    fn of_number(number: Number) -> Self {
        Self::Other(match number {
            Number::Real(real) => Other::Real(real.to_bits()),
            Number::Digits(digits) => Other::Digits(digits),
        })
    }
    fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Other(Other::Null)),
            Value::Bool(value) => Some(Self::Other(Other::Bool(*value))),
            Value::Number(number) => Some(Self::of_number(Number::of(number))),
            Value::String(text) => Some(Self::Text(text)),
            Value::Array(_) | Value::Object(_) => None,
        }
    }
    /// The value, if the condition is one.
    fn pinned(condition: &'a Condition) -> Option<Self> {
        match condition {
            Condition::Null => Some(Self::Other(Other::Null)),
            Condition::Bool(value) => Some(Self::Other(Other::Bool(*value))),
            Condition::Number(number) => Some(Self::of_number(number.clone())),
            Condition::Text(text) => Some(Self::Text(text)),
            _ => None,
        }
    }
}

/// What a way pins: a path's number and the values it may have.
type Pin<'a> = (usize, &'a [Condition]);

impl Index {
    /// Has a way wait where it belongs. `places` is how many places it may take: a list of n values
    /// multiplies them by n, and pins that would take more are left to the matching itself.
    pub(super) fn add(&mut self, waiting: Waiting, way: &Tree, places: usize) {
        let pins = self.pins(way, places);
        self.root.add(&pins, waiting);
    }

    /// Undoes [`Self::add`].
    pub(super) fn remove(&mut self, waiting: Waiting, way: &Tree, places: usize) {
        let pins = self.pins(way, places);
        self.root.remove(&pins, waiting);
    }

    fn pins<'a>(&mut self, way: &'a Tree, places: usize) -> Vec<Pin<'a>> {
        let mut taken = 1;
        let mut pins = Vec::new();
        for field in &way.fields {
            let values = field.conditions.as_slice();
            let plain = values.iter().all(|one| Turn::pinned(one).is_some());
            if plain && taken * values.len() <= places {
                taken *= values.len();
                let next = self.known.len();
                let number = *self.known.entry(Arc::clone(&field.path)).or_insert(next);
                self.paths.add(&field.steps, number);
                pins.push((number, values));
            }
        }
        pins
    }

    /// Every way whose pins the event has, and those that pin nothing.
    pub(super) fn waiting(&self, event: &Value) -> BTreeSet<Waiting> {
        let mut found = Found::new();
        self.paths.find(event, &mut found);
        let mut met = BTreeSet::new();
        self.root.follow(&found, &mut met);
        met
    }
}

impl Paths {
    fn add(&mut self, steps: &[String], number: usize) {
        match steps {
            [] => self.ends = Some(number),
            [step, rest @ ..] => self
                .below
                .entry(step.clone())
                .or_default()
                .add(rest, number),
        }
    }
    fn find<'e>(&self, event: &'e Value, found: &mut Found<'e>) {
        match event {
            Value::Array(items) => items.iter().for_each(|item| self.find(item, found)),
            // Along the shorter of the two.
            Value::Object(map) if map.len() <= self.below.len() => {
                for (step, inside) in map {
                    if let Some(below) = self.below.get(step) {
                        below.find(inside, found);
                    }
                }
            }
            Value::Object(map) => {
                for (step, below) in &self.below {
                    if let Some(inside) = map.get(step) {
                        below.find(inside, found);
                    }
                }
            }
            plain => {
                if let (Some(number), Some(turn)) = (self.ends, Turn::of(plain)) {
                    found.entry(number).or_default().insert(turn);
                }
            }
        }
    }
}

impl Stop {
    fn add(&mut self, pins: &[Pin<'_>], waiting: Waiting) {
        let [(path, values), rest @ ..] = pins else {
            self.here.insert(waiting);
            return;
        };
        let turns = self.next.entry(*path).or_default();
        for turn in values.iter().filter_map(Turn::pinned) {
            turns.towards(turn).add(rest, waiting);
        }
    }

    fn remove(&mut self, pins: &[Pin<'_>], waiting: Waiting) {
        let [(path, values), rest @ ..] = pins else {
            self.here.remove(&waiting);
            return;
        };
        let Some(turns) = self.next.get_mut(path) else {
            return;
        };
        for turn in values.iter().filter_map(Turn::pinned) {
            turns.towards(turn).remove(rest, waiting);
        }
        turns.texts.retain(|_, stop| !stop.is_empty());
        turns.others.retain(|_, stop| !stop.is_empty());
        if turns.texts.is_empty() && turns.others.is_empty() {
            self.next.remove(path);
        }
    }

    fn is_empty(&self) -> bool {
        self.here.is_empty() && self.next.is_empty()
    }

    fn follow(&self, found: &Found<'_>, met: &mut BTreeSet<Waiting>) {
        met.extend(&self.here);
        if self.next.len() <= found.len() {
            for (path, turns) in &self.next {
                if let Some(values) = found.get(path) {
                    turns.follow(values, found, met);
                }
            }
        } else {
            for (path, values) in found {
                if let Some(turns) = self.next.get(path) {
                    turns.follow(values, found, met);
                }
            }
        }
    }
}

impl Turns {
    fn towards(&mut self, turn: Turn<'_>) -> &mut Stop {
        match turn {
            Turn::Text(text) => self.texts.entry(text.to_owned()).or_default(),
            Turn::Other(other) => self.others.entry(other).or_default(),
        }
    }
    fn follow(&self, values: &BTreeSet<Turn<'_>>, found: &Found<'_>, met: &mut BTreeSet<Waiting>) {
        for turn in values {
            let stop = match turn {
                Turn::Text(text) => self.texts.get(*text),
                Turn::Other(other) => self.others.get(other),
            };
            if let Some(stop) = stop {
                stop.follow(found, met);
            }
        }
    }
}
