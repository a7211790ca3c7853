//! Something is on its way.

use leptos::prelude::*;
use presso_words::t;

/// Something is on its way.
#[component]
pub fn Loading() -> impl IntoView {
    view! { <div class="loading" role="status">{t!("loading")}</div> }
}
