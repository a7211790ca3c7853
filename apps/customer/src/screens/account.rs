//! Below one's earlier orders: sign in, or out.

use crate::{actions, phone::Phone, state::Place};
use leptos::{prelude::*, task::spawn_local};
use presso_core::api::GetShop;
use presso_ui::{Button, ButtonKind, Dialog, host, t};

/// Who one is here, and how to change that.
#[component]
pub(crate) fn Account() -> impl IntoView {
    let phone = Phone::here();
    let verified = phone.verified();
    let offered = RwSignal::new(false);
    if let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) {
        spawn_local(async move {
            // Where the server cannot be asked, nobody can sign in either.
            if let Ok(shown) = host::call(GetShop { shop }).await {
                let _ = offered.try_set(!shown.sign_in_by.is_empty());
            }
        });
    }
    let asking = RwSignal::new(false);
    let sign_in = move |()| phone.state.update(|s| s.place = Place::SignIn);
    let sign_out = move |()| {
        asking.set(false);
        spawn_local(actions::sign_out(phone));
    };
    view! {
        <Show when=move || verified.get()>
            <p class="pill good center-self" role="status" data-test="signed-in">{t!("signed-in")}</p>
        </Show>
        <Show when=move || offered.get() && !verified.get()>
            <p class="soft small">{t!("sign-in-why")}</p>
            <Button label=t!("sign-in") kind=ButtonKind::Quiet class="wide" on_press=sign_in test="sign-in"/>
        </Show>
        <Button label=t!("sign-out") kind=ButtonKind::Plain class="wide" on_press=move |()| asking.set(true) test="sign-out"/>
        <Dialog open=asking title=t!("sign-out-title") dismiss=t!("sign-out-stay")>
            <p class="soft">{move || if verified.get() { t!("sign-out-text") } else { t!("sign-out-guest") }}</p>
            <Button label=t!("sign-out") kind=ButtonKind::Danger class="wide" on_press=sign_out test="sign-out-confirm"/>
        </Dialog>
    }
}
