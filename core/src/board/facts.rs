//! What everybody may know of a shop.

use crate::code::Window;
use crate::id::ShopId;
use crate::settings::SignIn;
use crate::shop::Shop;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What everybody may know of a shop; enough, with a view of an order, to say what is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShopFacts {
    /// The shop.
    pub shop: ShopId,
    /// Its name.
    pub name: String,
    /// Does it admit scans?
    pub open: bool,
    /// Has it as many orders in progress as it can take?
    pub full: bool,
    /// Codes that may still be alive and have no place left.
    pub spent_codes: Vec<SpentCode>,
    /// For how long a verb can be undone, seconds.
    pub undo_within_s: u32,
    /// How long a ready drink stays on the board, seconds.
    pub collect_within_s: u32,
    /// How long an order placed now would take; none before the first drink.
    pub wait: Option<WaitRange>,
    /// Languages offered, best first.
    pub languages: Vec<String>,
    /// Who may order.
    pub sign_in: SignIn,
}

/// A code without a place left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SpentCode {
    /// Its window.
    pub window: Window,
    /// When it stops to matter.
    pub dies_at: Timestamp,
}

/// A waiting time as a range, whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WaitRange {
    /// Hardly less than this.
    pub low_min: u32,
    /// Hardly more than this.
    pub high_min: u32,
}

/// What everybody may know of this shop.
#[must_use]
pub fn facts(shop: &Shop) -> ShopFacts {
    let settings = &shop.settings;
    ShopFacts {
        shop: shop.id.clone(),
        name: settings.name.clone(),
        open: shop.open,
        full: shop.is_full(),
        spent_codes: spent_codes(shop),
        undo_within_s: settings.undo_within_s,
        collect_within_s: settings.collect_within_s,
        wait: crate::estimate::wait(shop),
        languages: settings.languages.clone(),
        sign_in: settings.sign_in,
    }
}

/// What of the facts may change with any event; the rest changes with the settings only. Compared
/// around every event, so it does without a copy of what does not change.
pub(crate) fn gist(shop: &Shop) -> impl PartialEq + use<> {
    let wait = crate::estimate::wait(shop);
    (shop.open, shop.is_full(), wait, spent_codes(shop))
}

fn spent_codes(shop: &Shop) -> Vec<SpentCode> {
    let settings = &shop.settings;
    let spent = |(window, taken): (&Window, &u32)| {
        let dies_at = window.dies_at(settings.grace_s);
        (*taken >= settings.code_places && shop.at < dies_at).then_some(SpentCode {
            window: *window,
            dies_at,
        })
    };
    shop.places.iter().filter_map(spent).collect()
}
