//! Why one cannot come in, each reason in its own words, with what to do about it.

use crate::{actions, phone::Phone, refusal::Refusal, state::Place};
use leptos::prelude::*;
use presso_ui::{Button, ButtonKind, Notice, t, words};

/// A refusal.
#[component]
pub(crate) fn Refused(
    /// Which.
    refusal: Refusal,
) -> impl IntoView {
    let phone = Phone::here();
    let (title, text) = sentences(&refusal);
    // Room or opening hours may come back while one looks.
    let better = {
        let refusal = refusal.clone();
        Memo::new(move |_| {
            phone.board.with(|b| {
                b.as_ref().is_some_and(|b| match refusal {
                    Refusal::Full => b.facts.open && !b.facts.full,
                    Refusal::Closed => b.facts.open,
                    _ => false,
                })
            })
        })
    };
    let again = move |()| actions::redeem_again(phone);
    let scan = move |()| {
        actions::to_the_door(phone);
        phone.state.update(|s| s.place = Place::Camera);
    };
    let test = match &refusal {
        Refusal::Closed => "closed",
        Refusal::Full => "full",
        Refusal::UsedUp => "used-up",
        Refusal::Expired => "expired",
        Refusal::UnknownCode => "unknown-code",
        Refusal::AlreadyOrdered(_) => "already-ordered",
        Refusal::DailyLimit(_) => "daily-limit",
        Refusal::UnknownShop => "unknown-shop",
        Refusal::Offline => "offline",
        Refusal::Other(_) => "other",
    };
    let todo = match refusal {
        Refusal::AlreadyOrdered(order) => view! {
            <Button
                label=t!("show-my-order") kind=ButtonKind::Accent class="wide large" test="show-order"
                on_press=move |()| phone.state.update(|s| s.follow(order))
            />
        }.into_any(),
        Refusal::UsedUp | Refusal::Expired | Refusal::UnknownCode => view! {
            <Button label=t!("scan-new-code") kind=ButtonKind::Accent class="wide large" on_press=scan test="scan"/>
        }.into_any(),
        Refusal::Full | Refusal::Offline | Refusal::Other(_) => view! {
            <Button label=t!("try-again") kind=ButtonKind::Accent class="wide large" on_press=again test="again"/>
        }.into_any(),
        Refusal::Closed | Refusal::DailyLimit(_) | Refusal::UnknownShop => ().into_any(),
    };
    view! {
        <Notice title=title text=text icon="empty" class="refused">
            <p class="pill good center-self" role="status" hidden=move || !better.get() data-refusal=test>{t!("room-again")}</p>
            {todo}
            <Button label=t!("to-the-door") kind=ButtonKind::Quiet class="wide" on_press=move |()| actions::to_the_door(phone) test="door"/>
        </Notice>
    }
}

fn sentences(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::Closed => (t!("refused-closed-title"), t!("refused-closed-text")),
        Refusal::Full => (t!("refused-full-title"), t!("refused-full-text")),
        Refusal::UsedUp => (t!("refused-used-up-title"), t!("refused-used-up-text")),
        Refusal::Expired => (t!("refused-expired-title"), t!("refused-expired-text")),
        Refusal::UnknownCode => (t!("refused-unknown-title"), t!("refused-unknown-text")),
        Refusal::AlreadyOrdered(_) => (t!("refused-already-title"), t!("refused-already-text")),
        Refusal::DailyLimit(limit) => (
            t!("refused-daily-title"),
            t!("refused-daily-text", count = *limit),
        ),
        Refusal::UnknownShop => (t!("no-shop-title"), t!("no-shop-text")),
        Refusal::Offline => (t!("refused-offline-title"), t!("refused-offline-text")),
        Refusal::Other(code) => (t!("refused-other-title"), words::problem_with_code(code)),
    }
}
