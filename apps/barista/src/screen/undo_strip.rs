//! At the foot: what can still be taken back, what went wrong with orders that have left, and
//! taps that are not sent.

use super::desk::{Desk, is_offline};
use super::{notes::AtFoot, waits::Stranger};
use leptos::prelude::*;
use presso_barista::deed::Deed;
use presso_barista::undo::{Undoable, seconds_left, undoable};
use presso_core::order::Ticket;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, t};

/// The strip at the foot; not there while it has nothing to say.
#[component]
pub(super) fn UndoStrip() -> impl IntoView {
    let desk = Desk::here();
    let undoables = Memo::new(move |_| {
        if is_offline(desk.status.get()) {
            // A matter of seconds, which do not wait.
            return Vec::new();
        }
        let now = desk.now.get();
        desk.queue.with(|queue| {
            let queue = queue.as_ref();
            queue
                .map(|q| undoable(q, &desk.actor, now))
                .unwrap_or_default()
        })
    });
    let notes = Memo::new(move |_| {
        let now = desk.now.get();
        desk.queue.with(|queue| {
            let queue = queue.as_ref();
            queue
                .map(|q| desk.outbox.with(|outbox| outbox.homeless(q, now)))
                .unwrap_or_default()
        })
    });
    let strangers = Memo::new(move |_| {
        desk.outbox
            .with(|outbox| desk.hand.with_value(|by| outbox.strangers(Some(by))))
    });
    let damaged = Memo::new(move |_| desk.outbox.with(|outbox| outbox.damaged));
    let there = Memo::new(move |_| {
        let some = undoables.with(|u| !u.is_empty()) || notes.with(|n| !n.is_empty());
        some || damaged.get() || strangers.with(|s| !s.is_empty())
    });
    view! {
        <section class="strip" class:there=there aria-label=t!("barista-undo-region") data-test="undo-strip">
            <Show when=move || damaged.get()><Damaged/></Show>
            <For each=move || strangers.get() key=|(hand, count)| (hand.staff, *count) let((hand, count))>
                <Stranger hand=hand count=count/>
            </For>
            <For each=move || notes.get() key=|note| (note.order, note.at) let(note)>
                <AtFoot note=note/>
            </For>
            <For each=move || undoables.get() key=|u| (u.order, u.until) let(undo)>
                <Undo undo=undo/>
            </For>
        </section>
    }
}

#[component]
fn Undo(undo: Undoable) -> impl IntoView {
    let desk = Desk::here();
    let seconds = Memo::new(move |_| seconds_left(undo.until, desk.now.get()));
    let ticket = number(undo.ticket);
    let spoken = ticket.clone();
    let busy = Memo::new(move |_| desk.outbox.with(|o| o.deed(undo.order).is_some()));
    view! {
        <div class="strip-item" data-test="undoable">
            <span class="strip-words">{did(undo.undoes, &ticket)}</span>
            <Button
                label=Signal::derive(move || t!("barista-undo", seconds = seconds.get()))
                name=Signal::derive(move || t!("barista-undo-full", ticket = spoken.clone(), seconds = seconds.get()))
                kind=ButtonKind::Quiet
                busy=busy
                on_press=move |()| desk.act(undo.order, Deed::Verb(Verb::Undo))
                test="undo"
            />
        </div>
    }
}

/// A part of what was kept cannot be read.
#[component]
fn Damaged() -> impl IntoView {
    let desk = Desk::here();
    let read = move |()| desk.outbox.update(|outbox| outbox.damaged = false);
    view! {
        <div class="strip-item bad" role="alert" data-test="damaged">
            <span class="strip-words">{t!("barista-damaged")}</span>
            <Button label=t!("dismiss") kind=ButtonKind::Plain on_press=read/>
        </div>
    }
}

fn number(ticket: Option<Ticket>) -> String {
    ticket.map_or_else(|| t!("barista-no-ticket"), |t| t.to_string())
}

fn did(verb: Verb, ticket: &str) -> String {
    match verb {
        Verb::Claim => t!("barista-did-claim", ticket = ticket),
        Verb::Unclaim => t!("barista-did-unclaim", ticket = ticket),
        Verb::TakeOver => t!("barista-did-takeover", ticket = ticket),
        Verb::Complete => t!("barista-did-complete", ticket = ticket),
        Verb::Collect => t!("barista-did-collect", ticket = ticket),
        _ => t!("barista-did-cancel", ticket = ticket),
    }
}
