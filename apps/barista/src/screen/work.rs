//! The work: header, banners, lanes, what can be undone.

use super::{
    banners::Banners,
    cancel::CancelDialog,
    desk::Desk,
    hands::{Hands, Locked as AskWho},
    header::Header,
    journey::JourneyDialog,
    keys::Keys,
    lane::LaneColumn,
    manage::Manage,
    news::News,
    phone_tabs::PhoneTabs,
    undo_strip::UndoStrip,
};
use leptos::prelude::*;
use presso_barista::lanes::Lane;
use presso_core::id::ShopId;
use presso_core::order::Actor;
use presso_ui::{Button, Loading, Logo, Notice, ServerLine, clock, page, t, words};

/// While there are no orders to show: they are on their way, or not for this tablet any more.
#[component]
fn Locked() -> impl IntoView {
    let desk = Desk::here();
    let stale = desk.stale();
    let waiting = Memo::new(move |_| {
        desk.outbox
            .with(|outbox| desk.hand.with_value(|by| outbox.waiting_of(by)))
    });
    move || {
        match desk.refused.get() {
        None => match stale.get() {
            None => view! { <main><Loading/></main> }.into_any(),
            Some(since) => {
                let time = clock::time_of_day(since);
                let count = waiting.get();
                view! {
                    <main class="enter" data-test="before">
                        <Logo/>
                        <Notice
                            title=t!("no-connection-since", time = time)
                            text=t!("barista-before", count = count) icon="espresso"
                        />
                        <ServerLine/>
                    </main>
                }
                .into_any()
            }
        },
        Some(problem) => view! {
            <main class="enter">
                <Logo/>
                <Notice title=t!("barista-locked-title") text=words::problem(&problem) icon="espresso">
                    <Button label=t!("try-again") on_press=|()| page::reload()/>
                </Notice>
                <ServerLine/>
            </main>
        }
        .into_any(),
    }
    }
}

/// The screen of somebody who is in.
#[component]
pub(super) fn Work(
    /// Where.
    shop: ShopId,
    /// Who.
    actor: Actor,
) -> impl IntoView {
    let desk = Desk::set_up(shop, actor);
    provide_context(desk);
    presso_ui::host::stay_awake(true);
    on_cleanup(|| presso_ui::host::stay_awake(false));
    // On a phone one lane is shown at a time.
    let shown = RwSignal::new(Lane::ToMake);
    let there =
        Memo::new(move |_| desk.queue.with(Option::is_some) && desk.refused.with(Option::is_none));
    let locked = Hands::here().locked;
    view! {
        <Show when=move || there.get() fallback=move || view! { <Locked/> }>
            // Out of sight it goes on: new orders sound while the shop is managed, and what waits
            // goes out while the tablet is locked.
            <div class="work" hidden=move || desk.managing.get() || locked.get()>
                <Header/>
                <main class="work-main">
                    <Banners/>
                    <PhoneTabs shown=shown/>
                    <div class="lanes" aria-label=t!("barista-lanes") role="group" data-shown=move || shown.get().name()>
                        {Lane::ALL.map(|lane| view! { <LaneColumn lane=lane/> })}
                    </div>
                </main>
                <UndoStrip/>
                <CancelDialog/>
                <News/>
                <Keys/>
            </div>
            <Show when=move || desk.managing.get() && !locked.get()><Manage/></Show>
            <Show when=move || !locked.get()><JourneyDialog/></Show>
            <Show when=move || locked.get()><AskWho/></Show>
        </Show>
    }
}
