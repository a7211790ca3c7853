//! What the phone remembers over a reload: the order it follows at each shop, what was being
//! chosen, a code that is still to be redeemed, the name for the cup.

use crate::draft::Draft;
use presso_core::id::{OrderId, ShopId};
use presso_core::json;
use presso_ui::page;

const NAME: &str = "presso.customer.name";
const DRAFT: &str = "presso.customer.draft";
const CODE: &str = "presso.customer.code";

fn followed_key(shop: &ShopId) -> String {
    format!("presso.customer.order.{shop}")
}

pub(crate) fn followed(shop: &ShopId) -> Option<OrderId> {
    page::remembered(&followed_key(shop))?.parse().ok()
}
pub(crate) fn keep_followed(shop: &ShopId, order: Option<OrderId>) {
    let order = order.map(|order| order.to_string());
    page::remember(&followed_key(shop), order.as_deref());
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
