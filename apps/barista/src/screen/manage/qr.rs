//! A link to be opened once: as a picture for the other device's camera, and as text.

use super::super::desk::Desk;
use leptos::prelude::*;
use presso_core::qr;
use presso_core::time::Timestamp;
use presso_ui::t;

/// The link.
#[component]
pub(super) fn LinkShown(
    /// Whom it lets in.
    name: String,
    /// The link, shown this once.
    link: String,
    /// Until when.
    expires_at: Timestamp,
) -> impl IntoView {
    let now = Desk::here().now.get_untracked();
    // Rounded: a link of a day is one of 24 hours, also a moment later.
    let hours = (expires_at.ms_since(now) + 1_800_000) / 3_600_000;
    let label = t!("manage-link-qr", name = name.clone());
    let picture = qr::svg_path(&link).ok().map(|(path, side)| {
        view! {
            <svg class="link-qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#fff"/>
                <path d=path fill="#000"/>
            </svg>
        }
    });
    view! {
        <p>{t!("manage-link-body", name = name, hours = hours)}</p>
        {picture}
        <code class="command link-text" dir="ltr" data-test="link">{link}</code>
    }
}
