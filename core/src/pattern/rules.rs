//! Many patterns at once.

use super::index::Index;
use super::{Pattern, event};
use serde_json::Value;
use std::collections::BTreeMap;

/// Patterns by key, found by what they pin: an event is tried only on those whose plain values it
/// has. Patterns that pin nothing (a prefix alone, say) are tried one by one.
#[derive(Debug)]
pub struct Rules<K> {
    numbers: BTreeMap<K, u64>,
    patterns: BTreeMap<u64, (K, Pattern)>,
    index: Index,
    next: u64,
}

/// In how many places of the index one pattern may wait.
const PLACES: usize = 256;

impl<K: Ord + Clone> Rules<K> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            numbers: BTreeMap::new(),
            patterns: BTreeMap::new(),
            index: Index::default(),
            next: 0,
        }
    }

    /// Adds a pattern, and answers the one that it takes the place of.
    pub fn insert(&mut self, key: K, pattern: Pattern) -> Option<Pattern> {
        let former = self.remove(&key);
        let number = self.next;
        self.next += 1;
        let places = places(&pattern);
        for (nth, way) in pattern.ways.iter().enumerate() {
            self.index.add((number, nth), way, places);
        }
        self.numbers.insert(key.clone(), number);
        self.patterns.insert(number, (key, pattern));
        former
    }

    /// Takes a pattern out.
    pub fn remove(&mut self, key: &K) -> Option<Pattern> {
        let number = self.numbers.remove(key)?;
        let (_, pattern) = self.patterns.remove(&number)?;
        let places = places(&pattern);
        for (nth, way) in pattern.ways.iter().enumerate() {
            self.index.remove((number, nth), way, places);
        }
        Some(pattern)
    }

    /// The keys of all patterns that match the event, in order: exactly those that
    /// [`Pattern::matches`] says.
    #[must_use]
    pub fn matching(&self, event: &Value) -> Vec<K> {
        let event = event::nested(event);
        if !event.is_object() {
            return Vec::new();
        }
        let mut keys: Vec<K> = Vec::new();
        let mut matched = None;
        for (number, nth) in self.index.waiting(&event) {
            // Its ways come one after the other.
            if matched == Some(number) {
                continue;
            }
            let Some((key, pattern)) = self.patterns.get(&number) else {
                continue;
            };
            if pattern.ways.get(nth).is_some_and(|way| way.matches(&event)) {
                matched = Some(number);
                keys.push(key.clone());
            }
        }
        keys.sort();
        keys
    }

    /// The keys of all, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.numbers.keys()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

impl<K: Ord + Clone> Default for Rules<K> {
    fn default() -> Self {
        Self::new()
    }
}

fn places(pattern: &Pattern) -> usize {
    (PLACES / pattern.ways.len().max(1)).max(1)
}
