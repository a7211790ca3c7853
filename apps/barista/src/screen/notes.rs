//! What was not done, in words: on its order's card, else at the foot.

use super::desk::Desk;
use leptos::prelude::*;
use presso_barista::deed::Deed;
use presso_barista::outbox::{Note, Why};
use presso_core::id::OrderId;
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, t, words};

/// Why, and what was not done.
pub(super) fn told(note: &Note) -> String {
    let why = why(&note.why);
    if !note.lasting {
        // One knows what one has just tapped.
        return why;
    }
    let deeds = list(&note.deeds);
    format!("{why} {}", t!("barista-note-not-done", deeds = deeds))
}

fn why(why: &Why) -> String {
    match why {
        Why::Cancelled { by_customer: true } => t!("barista-note-cancelled-customer"),
        Why::Cancelled { by_customer: false } => t!("barista-note-cancelled-shop"),
        Why::TimedOut => t!("barista-note-timed-out"),
        Why::Gone => t!("barista-note-gone"),
        Why::TakenOver { by: Some(name) } => t!("barista-note-taken-over", name = name),
        Why::TakenOver { by: None } => t!("barista-note-taken-over-unnamed"),
        Why::Refused { code } => words::problem_with_code(code),
        Why::UndoOffline => t!("barista-note-undo-offline"),
        Why::TooMany => t!("barista-note-too-many"),
        Why::TooOld => t!("barista-note-too-old"),
    }
}

/// Deeds by what their buttons say.
pub(super) fn list(deeds: &[Deed]) -> String {
    let words: Vec<String> = deeds.iter().map(|deed| name(deed.verb())).collect();
    words.join(", ")
}

fn name(verb: Verb) -> String {
    super::deeds::label(verb).unwrap_or_else(|| t!("undo"))
}

/// On a card: what was not done to its order.
#[component]
pub(super) fn OnCard(
    /// Of which order.
    id: OrderId,
) -> impl IntoView {
    let desk = Desk::here();
    let note = Memo::new(move |_| desk.outbox.with(|outbox| outbox.note(id).cloned()));
    move || {
        note.get().map(|note| {
            let read = note.lasting.then(|| view! { <Read id=id/> });
            view! { <div class="refused" role="alert" data-test="note"><p class="grow">{told(&note)}</p>{read}</div> }
        })
    }
}

/// At the foot: the same, of an order that no lane shows.
#[component]
pub(super) fn AtFoot(
    /// What.
    note: Note,
) -> impl IntoView {
    let ticket = note
        .ticket
        .map_or_else(|| t!("barista-no-ticket"), |t| t.to_string());
    let spoken = t!("barista-card", ticket = ticket.clone());
    view! {
        <div class="strip-item bad" role="alert" data-test="note">
            <span class="sr-only">{spoken}</span>
            <span class="ticket digits" aria-hidden="true">{ticket}</span>
            <span class="strip-words">{told(&note)}</span>
            <Read id=note.order/>
        </div>
    }
}

#[component]
fn Read(id: OrderId) -> impl IntoView {
    let desk = Desk::here();
    let read = move |()| desk.outbox.update(|outbox| outbox.dismiss(id));
    view! { <Button label=t!("dismiss") kind=ButtonKind::Plain on_press=read/> }
}
