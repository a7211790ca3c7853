//! The outbox is one for a browser: while two of its tabs would write over each other's taps, one
//! works and the others say so.

use super::work::Work;
use leptos::prelude::*;
use presso_core::id::ShopId;
use presso_core::order::Actor;
use presso_ui::sole::sole;
use presso_ui::{Button, Logo, Notice, t};

/// The work, or where it is.
#[component]
pub(super) fn Alone(
    /// Where.
    shop: ShopId,
    /// Who.
    actor: Actor,
) -> impl IntoView {
    let sole = sole("presso.barista");
    move || {
        if sole.here.get() {
            return view! { <Work shop=shop.clone() actor=actor/> }.into_any();
        }
        view! {
            <main class="enter" data-test="elsewhere">
                <Logo/>
                <Notice title=t!("barista-elsewhere-title") text=t!("barista-elsewhere-body") icon="espresso">
                    <Button label=t!("barista-elsewhere-here") on_press=sole.take test="here"/>
                </Notice>
            </main>
        }
        .into_any()
    }
}
