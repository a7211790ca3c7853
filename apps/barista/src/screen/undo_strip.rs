//! At the foot: what can still be taken back, and what went wrong with orders that have left.

use super::desk::Desk;
use leptos::prelude::*;
use presso_barista::flight::{Deed, Refusal};
use presso_barista::undo::{Undoable, seconds_left, undoable};
use presso_core::id::OrderId;
use presso_core::order::Ticket;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, t};

/// The strip at the foot; not there while it has nothing to say.
#[component]
pub(super) fn UndoStrip() -> impl IntoView {
    let desk = Desk::here();
    let undoables = Memo::new(move |_| {
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
                .map(|q| desk.flights.with(|f| f.homeless(q, now)))
                .unwrap_or_default()
        })
    });
    let there =
        Memo::new(move |_| undoables.with(|u| !u.is_empty()) || notes.with(|n| !n.is_empty()));
    view! {
        <section class="strip" class:there=there aria-label=t!("barista-undo-region") data-test="undo-strip">
            <For each=move || notes.get() key=|(id, refusal)| (*id, refusal.at) let((id, refusal))>
                <Note id=id refusal=refusal/>
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
    let busy = Memo::new(move |_| desk.flights.with(|f| f.deed(undo.order).is_some()));
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

#[component]
fn Note(id: OrderId, refusal: Refusal) -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="strip-item bad" role="alert">
            <span class="ticket digits">{number(refusal.ticket)}</span>
            <span class="strip-words">{refusal.sentence}</span>
            <Button label=t!("dismiss") kind=ButtonKind::Plain on_press=move |()| desk.flights.update(|f| f.dismiss(id))/>
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
