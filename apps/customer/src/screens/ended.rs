//! Over: collected, swept, cancelled (by whom and why), timed out (by whose delay).

use super::journey::ToJourney;
use crate::{actions, phone::Phone};
use leptos::{prelude::*, task::spawn_local};
use presso_core::board::OrderView;
use presso_core::order::{Ending, OrderState, Role, TimeOutCause};
use presso_core::workflow::Verb;
use presso_ui::{Button, ButtonKind, Countdown, Notice, t, words};

/// How it ended, and what can be done now.
#[component]
pub(crate) fn Ended() -> impl IntoView {
    let phone = Phone::here();
    let order = phone.order();
    let said = Memo::new(move |_| order.with(|o| o.as_ref().map(said)).unwrap_or_default());
    let ticket = Memo::new(move |_| order.with(|o| o.as_ref().and_then(|o| o.ticket)));
    let may_undo = phone.offer(Verb::Undo);
    let until = Signal::derive(move || may_undo.get().and_then(|offer| offer.until));
    let busy = RwSignal::new(false);
    let undo = move |()| {
        busy.set(true);
        spawn_local(async move {
            actions::undo(phone).await;
            let _ = busy.try_set(false); // the screen is gone when all went well
        });
    };
    let title = Signal::derive(move || said.get().title);
    view! {
        {move || {
            let Said { text, icon, .. } = said.get();
            view! {
                <Notice title=title text=text icon=icon class="ended">
                    {move || ticket.get().map(|ticket| view! {
                        <p class="pill center-self digits">{t!("ticket-was", number = ticket.0)}</p>
                    })}
                    <Show when=move || may_undo.get().is_some()>
                        <div class="undo-row">
                            <Button label=t!("undo-cancel") kind=ButtonKind::Quiet busy=busy on_press=undo test="undo"/>
                            <Countdown until=until silent=true/>
                        </div>
                    </Show>
                    <Button
                        label=t!("order-again") kind=ButtonKind::Accent class="wide large"
                        on_press=move |()| phone.state.update(crate::state::State::leave) test="again"
                    />
                    <ToJourney/>
                </Notice>
            }
        }}
    }
}

#[derive(Clone, Default, PartialEq)]
struct Said {
    title: String,
    text: String,
    icon: String,
}

fn said(order: &OrderView) -> Said {
    let say = |title: String, text: String, icon: &str| Said {
        title,
        text,
        icon: icon.into(),
    };
    match (order.ending, order.state) {
        (Some(Ending::Collected), _) | (_, OrderState::Collected) => {
            say(t!("collected-title"), t!("collected-text"), "cappuccino")
        }
        (Some(Ending::Swept), _) => say(t!("swept-title"), t!("swept-text"), "empty"),
        (
            Some(Ending::Cancelled {
                by: Role::Customer, ..
            }),
            _,
        ) => say(
            t!("cancelled-by-you-title"),
            t!("cancelled-by-you-text"),
            "empty",
        ),
        (Some(Ending::Cancelled { reason, .. }), _) => say(
            t!("cancelled-by-shop-title"),
            words::cancelled_because(reason),
            "empty",
        ),
        (
            Some(Ending::TimedOut {
                cause: TimeOutCause::Customer,
            }),
            _,
        ) => say(t!("timed-out-you-title"), t!("timed-out-you-text"), "empty"),
        (
            Some(Ending::TimedOut {
                cause: TimeOutCause::Barista,
            }),
            _,
        ) => say(
            t!("timed-out-shop-title"),
            t!("timed-out-shop-text"),
            "empty",
        ),
        (None, _) => say(t!("over-title"), t!("over-text"), "empty"),
    }
}
