//! Opening and closing; closing asks first.

use super::desk::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_barista::lanes::open_orders;
use presso_core::api::{CloseShop, OpenShop};
use presso_core::workflow::ShopOffer;
use presso_ui::{Button, ButtonKind, Dialog, t};

/// The button that opens or closes the shop.
#[component]
pub(super) fn Door() -> impl IntoView {
    let desk = Desk::here();
    let (may_open, may_close) = (desk.may(ShopOffer::Open), desk.may(ShopOffer::Close));
    let asking = RwSignal::new(false);
    let door = Push::new(desk);
    let alive = move || desk.queue.with(|q| q.as_ref().map_or(0, open_orders));
    let close = move |()| door.push(false, asking);
    view! {
        <Show when=move || may_open.get()>
            <Button label=t!("barista-do-open") kind=ButtonKind::Go busy=door.busy on_press=move |()| door.push(true, asking) test="open"/>
        </Show>
        <Show when=move || may_close.get()>
            <Button label=t!("barista-do-close") kind=ButtonKind::Quiet busy=door.busy on_press=move |()| asking.set(true) test="close"/>
        </Show>
        <Dialog open=asking title=t!("barista-close-title") dismiss=t!("barista-close-no")>
            <p>{move || t!("barista-close-body", count = alive())}</p>
            <Refused door=door/>
            <Button label=t!("barista-close-yes") kind=ButtonKind::Danger class="wide" busy=door.busy on_press=close test="close-yes"/>
        </Dialog>
    }
}

/// One push at the door.
#[derive(Clone, Copy)]
struct Push {
    desk: Desk,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<String>>,
}

impl Push {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
        }
    }
    /// Opens or closes; `asking` is set to false once it is done.
    fn push(self, open: bool, asking: RwSignal<bool>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.refused.set(None);
        let shop = self.desk.shop.get_value();
        spawn_local(async move {
            let answer = if open {
                self.desk.ask(OpenShop { shop }).await
            } else {
                self.desk.ask(CloseShop { shop }).await
            };
            self.busy.set(false);
            match answer {
                Ok(_) => asking.set(false),
                Err(sentence) if asking.get_untracked() => self.refused.set(Some(sentence)),
                Err(sentence) => presso_ui::toast(sentence),
            }
        });
    }
}

#[component]
fn Refused(door: Push) -> impl IntoView {
    move || {
        let sentence = door.refused.get();
        sentence.map(|s| view! { <p class="refused" role="alert">{s}</p> })
    }
}
