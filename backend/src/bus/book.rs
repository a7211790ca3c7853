//! The rules in memory, by whose events they see and in which form, found by what they pin.

use super::rows::Rule;
use presso_core::api::RuleScope;
use presso_core::bus::Format;
use presso_core::id::ShopId;
use presso_core::pattern::{Pattern, Rules};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// Every rule that is on, ready to be matched; those that are off are not in it.
#[derive(Default)]
pub(super) struct Book {
    rules: HashMap<Uuid, Arc<Rule>>,
    own: BTreeMap<ShopId, Shelf>,
    everywhere: Shelf,
}

/// Rules that see the same events, by form.
#[derive(Default)]
struct Shelf(BTreeMap<Format, Rules<Uuid>>);

impl Book {
    pub(super) fn of(rules: Vec<Rule>) -> Self {
        let mut book = Self::default();
        for rule in rules.into_iter().filter(|rule| rule.body.enabled) {
            let pattern = match Pattern::parse(&pattern_text(&rule.body.pattern)) {
                Ok(pattern) => pattern,
                Err(bad) => {
                    // It was checked when it was put; a newer program may read it otherwise.
                    tracing::error!(rule = %rule.name, %bad, "a rule is left out");
                    continue;
                }
            };
            let shelf = match &rule.scope {
                RuleScope::Shop(shop) => book.own.entry(shop.clone()).or_default(),
                RuleScope::EveryShop => &mut book.everywhere,
            };
            let rules = shelf.0.entry(rule.body.format).or_default();
            rules.insert(rule.id, pattern);
            book.rules.insert(rule.id, Arc::new(rule));
        }
        book
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    pub(super) fn rule(&self, id: Uuid) -> Option<&Arc<Rule>> {
        self.rules.get(&id)
    }

    /// The shops whose streams are read, of these.
    pub(super) fn shops(&self, all: Vec<ShopId>) -> Vec<ShopId> {
        let watched = |shop: &ShopId| !self.everywhere.0.is_empty() || self.own.contains_key(shop);
        all.into_iter().filter(watched).collect()
    }

    /// The rules that see a shop's events.
    pub(super) fn seeing(&self, shop: &ShopId) -> Vec<Uuid> {
        let shelves = self.shelves(shop);
        let ids = shelves.flat_map(|shelf| shelf.0.values().flat_map(Rules::keys));
        ids.copied().collect()
    }

    /// The forms that some rule of a shop's events wants.
    pub(super) fn formats(&self, shop: &ShopId) -> Vec<Format> {
        let wanted = |format: &Format| {
            let mut shelves = self.shelves(shop);
            shelves.any(|shelf| shelf.0.contains_key(format))
        };
        Format::ALL.into_iter().filter(wanted).collect()
    }

    /// The rules that match an envelope of a shop.
    pub(super) fn matching(&self, shop: &ShopId, format: Format, envelope: &Value) -> Vec<Uuid> {
        let shelves = self.shelves(shop);
        let rules = shelves.filter_map(|shelf| shelf.0.get(&format));
        rules.flat_map(|rules| rules.matching(envelope)).collect()
    }

    fn shelves(&self, shop: &ShopId) -> impl Iterator<Item = &Shelf> {
        self.own.get(shop).into_iter().chain([&self.everywhere])
    }
}

/// A pattern's text: JSON as it is, or what a string holds.
pub(crate) fn pattern_text(pattern: &Value) -> String {
    match pattern {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
