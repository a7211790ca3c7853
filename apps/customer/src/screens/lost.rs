//! Lost: the server knows the order no more, so nothing can be said of it; where to ask, and how to
//! go on.

use crate::{phone::Phone, state::State};
use leptos::prelude::*;
use presso_ui::{Button, ButtonKind, Notice, t};

/// An order that the server does not know (any more).
#[component]
pub(crate) fn Lost() -> impl IntoView {
    let phone = Phone::here();
    // The number, where it is known, is what the barista can find it by.
    let ticket = phone
        .order()
        .with_untracked(|o| o.as_ref().and_then(|o| o.ticket));
    let look_again = move |()| {
        phone.state.update(|state| {
            if let Some(order) = state.followed {
                state.follow(order);
            }
        });
    };
    view! {
        <Notice title=t!("lost-title") text=t!("lost-text") icon="empty" class="ended">
            {ticket.map(|ticket| view! {
                <p class="pill center-self digits">{t!("ticket-was", number = ticket.0)}</p>
            })}
            <Button
                label=t!("order-again") kind=ButtonKind::Accent class="wide large"
                on_press=move |()| phone.state.update(State::leave) test="again"
            />
            <Button label=t!("look-again") kind=ButtonKind::Quiet class="wide" on_press=look_again test="look-again"/>
        </Notice>
    }
}
