//! An order's journey, live, and the way there.

use crate::{phone::Phone, state::Place};
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{Endpoint, ShareJourney, SharedLink, UnshareJourney};
use presso_core::id::OrderId;
use presso_ui::{
    Button, ButtonKind, Dialog, Heading, JourneyView, clock, follow_journey, host, t, toast,
    toast_problem,
};

/// The way from the followed order to its journey.
#[component]
pub(crate) fn ToJourney() -> impl IntoView {
    let phone = Phone::here();
    let go = move |()| {
        phone.state.update(|s| {
            if let Some(order) = s.followed {
                s.place = Place::Journey(order);
            }
        });
    };
    view! { <Button label=t!("journey-show") kind=ButtonKind::Quiet class="wide" on_press=go test="to-journey"/> }
}

/// The journey of one order.
#[component]
pub(crate) fn JourneyScreen(
    /// Of which.
    order: OrderId,
) -> impl IntoView {
    let phone = Phone::here();
    let followed = follow_journey(order);
    let ticket = Memo::new(move |_| followed.journey.with(|j| j.as_ref().and_then(|j| j.ticket)));
    let title = Signal::derive(move || match ticket.get() {
        Some(ticket) => t!("journey-title-ticket", ticket = ticket.0),
        None => t!("journey-title"),
    });
    // Back to where one came from: the order that is followed, or the list of those before.
    let leave = move |()| {
        phone.state.update(|s| {
            s.place = if s.followed == Some(order) {
                Place::Here
            } else {
                Place::History
            };
        });
    };
    view! {
        <Heading text=title/>
        <JourneyView followed=followed own=true/>
        <Share order=order/>
        <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=leave test="back"/>
    }
}

/// A link for others: made, shown once, ended.
#[component]
fn Share(order: OrderId) -> impl IntoView {
    let made = RwSignal::new(None::<SharedLink>);
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let share = move |()| {
        asks(ShareJourney { order }, busy, move |link| {
            made.set(Some(link));
            open.set(true);
        });
    };
    let unshare = move |()| {
        asks(UnshareJourney { order }, busy, move |_| {
            open.set(false);
            made.set(None);
            toast(t!("share-ended"));
        });
    };
    view! {
        <Button label=t!("share") kind=ButtonKind::Quiet class="wide" busy=busy on_press=share test="share"/>
        <Dialog open=open title=t!("share-title") dismiss=t!("share-done")>
            {move || made.get().map(|SharedLink { link, ends_at }| view! {
                <p>{t!("share-body", day = clock::day_and_time(ends_at))}</p>
                <code class="share-link" dir="ltr" data-test="share-link">{link}</code>
                <Button label=t!("share-end") kind=ButtonKind::DangerQuiet class="wide" busy=busy on_press=unshare test="share-end"/>
            })}
        </Dialog>
    }
}

/// Asks the server, and does then what follows, if somebody is still there.
fn asks<E: Endpoint + 'static>(
    endpoint: E,
    busy: RwSignal<bool>,
    then: impl FnOnce(E::Answer) + 'static,
) {
    busy.set(true);
    spawn_local(async move {
        let answer = host::call(endpoint).await;
        if busy.try_set(false).is_some() {
            return; // the screen is gone
        }
        match answer {
            Ok(answer) => then(answer),
            Err(problem) => toast_problem(&problem),
        }
    });
}
