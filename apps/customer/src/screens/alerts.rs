//! What will happen with the phone put away: whether it rings, and how to have it ring.

use crate::phone::Phone;
use leptos::{prelude::*, task::spawn_local};
use presso_core::id::ShopId;
use presso_ui::push::{self, Standing};
use presso_ui::{Button, ButtonKind, t};

/// Says how it stands with alerts, and switches them on and off.
#[component]
pub(crate) fn Alerts() -> impl IntoView {
    let shop = Phone::here().state.with_untracked(|s| s.shop.clone());
    let standing = RwSignal::new(None);
    let busy = RwSignal::new(false);
    if let Some(shop) = shop.clone() {
        spawn_local(async move {
            let found = push::resume(shop).await;
            // Gone with its screen, nobody wants to know.
            standing.try_set(Some(found));
        });
    }
    let change = move |on: bool| {
        let Some(shop) = shop.clone() else { return };
        busy.set(true);
        spawn_local(async move {
            let now = changed(on, shop).await;
            busy.try_set(false);
            standing.try_set(Some(now));
        });
    };
    let change = Callback::new(change);
    view! {
        {move || match standing.get() {
            None => view! { <p class="soft small center">{t!("waiting-hint")}</p> }.into_any(),
            Some(Standing::Native) => view! { <p class="soft small center">{t!("push-native")}</p> }.into_any(),
            Some(standing) => view! { <Panel standing=standing busy=busy on_change=change/> }.into_any(),
        }}
    }
}

async fn changed(on: bool, shop: ShopId) -> Standing {
    if on {
        push::switch_on(shop).await
    } else {
        push::switch_off().await
    }
}

#[component]
fn Panel(standing: Standing, busy: RwSignal<bool>, on_change: Callback<bool>) -> impl IntoView {
    let text = match standing {
        Standing::Off => t!("push-ask"),
        Standing::On => t!("push-on"),
        Standing::Blocked => t!("push-blocked"),
        Standing::NeedsHomeScreen => t!("push-home-screen"),
        Standing::Failed => t!("push-failed"),
        Standing::Unsupported | Standing::Native => t!("push-unsupported"),
    };
    let button = match standing {
        Standing::Off => Some((t!("push-ask-button"), true)),
        Standing::Failed => Some((t!("try-again"), true)),
        Standing::On => Some((t!("push-off-button"), false)),
        _ => None,
    };
    let next = (standing == Standing::Off).then(|| t!("push-ask-next"));
    view! {
        <section class="alerts card" aria-label=t!("push-name") data-test="alerts">
            <div class="alerts-words" role="status">
                <p>{text}</p>
                {next.map(|next| view! { <p class="soft small">{next}</p> })}
            </div>
            {button.map(|(label, on)| view! {
                <Button label=label kind=ButtonKind::Quiet class="wide" busy=busy on_press=move |()| on_change.run(on) test="alerts-switch"/>
            })}
        </section>
    }
}
