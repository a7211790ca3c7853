//! What the phone remembers over a reload: the order it follows at each shop, what was being
//! chosen, a code that is still to be redeemed, the name for the cup; and what the server last said,
//! for a page that opens without a network.

use crate::draft::Draft;
use presso_core::id::{OrderId, ShopId};
use presso_core::json;
use presso_core::time::Timestamp;
use presso_ui::{host, page};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const APP: &str = "presso.customer.";
const NAME: &str = "presso.customer.name";
const DRAFT: &str = "presso.customer.draft";
const CODE: &str = "presso.customer.code";

fn followed_key(shop: &ShopId) -> String {
    format!("{APP}order.{shop}")
}

pub(crate) fn followed(shop: &ShopId) -> Option<OrderId> {
    page::remembered(&followed_key(shop))?.parse().ok()
}
pub(crate) fn keep_followed(shop: &ShopId, order: Option<OrderId>) {
    let order = order.map(|order| order.to_string());
    page::remember(&followed_key(shop), order.as_deref());
    if order.is_none() {
        page::remember(&last_key(shop, Kind::Order), None);
    }
}

/// What the server says of a shop to a customer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Menu,
    Board,
    Order,
}

/// The last word of the server.
#[derive(Serialize, Deserialize)]
pub(crate) struct Last<V> {
    /// When it was said.
    pub(crate) at: Timestamp,
    pub(crate) view: V,
}

fn last_key(shop: &ShopId, kind: Kind) -> String {
    let kind = match kind {
        Kind::Menu => "menu",
        Kind::Board => "board",
        Kind::Order => "last",
    };
    format!("{APP}{kind}.{shop}")
}

/// Forgets the orders, at whatever shop.
pub(crate) fn forget_orders() {
    for kind in ["order.", "last."] {
        page::forget_all(&format!("{APP}{kind}"));
    }
}

/// What it last said; none as well where an earlier version of this app kept it otherwise.
pub(crate) fn last<V: DeserializeOwned>(shop: &ShopId, kind: Kind) -> Option<Last<V>> {
    json::read(page::remembered(&last_key(shop, kind))?.as_bytes()).ok()
}
pub(crate) fn keep_last<V: Serialize>(shop: &ShopId, kind: Kind, view: V) {
    let at = host::now();
    // What cannot be written is not there after a reload, no more.
    let kept = serde_json::to_string(&Last { at, view }).ok();
    page::remember(&last_key(shop, kind), kept.as_deref());
}

pub(crate) fn draft() -> Option<Draft> {
    json::read(page::remembered_in_tab(DRAFT)?.as_bytes()).ok()
}
pub(crate) fn keep_draft(draft: &Draft) {
    let kept = draft.order.and(serde_json::to_string(draft).ok());
    page::remember_in_tab(DRAFT, kept.as_deref());
}

/// A code that was scanned and not answered for yet. The tab keeps it, the address does not.
pub(crate) fn code() -> Option<String> {
    page::remembered_in_tab(CODE)
}
pub(crate) fn keep_code(code: Option<&str>) {
    page::remember_in_tab(CODE, code);
}

/// The name given for the last cup.
pub(crate) fn name() -> String {
    page::remembered(NAME).unwrap_or_default()
}
pub(crate) fn keep_name(name: &str) {
    page::remember(NAME, Some(name).filter(|n| !n.is_empty()));
}
