//! One's own PIN, and locking.

use super::super::desk::Desk;
use super::Hands;
use super::choose::{PinInput, sentence};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use presso_core::api::PutPinBody;
use presso_ui::{Button, ButtonKind, host, t};

/// Below the colleagues: what one does for oneself.
#[component]
pub(super) fn Own() -> impl IntoView {
    let (desk, hands) = (Desk::here(), Hands::here());
    let me = desk.hand.with_value(|hand| hand.staff);
    let has = Memo::new(move |_| hands.people.with(|all| all.iter().any(|p| p.staff == me)));
    let setting = RwSignal::new(false);
    let label = Signal::derive(move || {
        if has.get() {
            t!("hands-change-pin")
        } else {
            t!("hands-set-pin")
        }
    });
    move || {
        if hands.chosen.with(Option::is_some) {
            return ().into_any();
        }
        if setting.get() {
            return view! { <SetPin has=has.get_untracked() done=setting/> }.into_any();
        }
        let lock = has.get().then(|| {
            view! { <Button label=t!("hands-lock") kind=ButtonKind::Quiet class="wide" on_press=move |()| hands.lock() test="lock"/> }
        });
        let hint = (!has.get()).then(|| view! { <p class="soft small">{t!("hands-set-hint")}</p> });
        view! {
            <div class="hands-own">
                {lock}
                <Button label=label kind=ButtonKind::Quiet class="wide" on_press=move |()| setting.set(true) test="set-pin"/>
                {hint}
            </div>
        }
        .into_any()
    }
}

#[component]
fn SetPin(has: bool, done: RwSignal<bool>) -> impl IntoView {
    let (desk, hands) = (Desk::here(), Hands::here());
    let (pin, current) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (wrong, refused) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        refused.set(None);
        let body = PutPinBody {
            pin: pin.get_untracked(),
            current: has.then(|| current.get_untracked()),
        };
        spawn_local(async move {
            let answer = host::set_pin(body).await;
            busy.try_set(false);
            match answer {
                Ok(()) => {
                    hands.reads_people(desk.shop.get_value());
                    done.try_set(false);
                }
                Err(problem) => {
                    let at = match problem.field.as_deref() {
                        Some("current") => wrong,
                        _ => refused,
                    };
                    at.try_set(Some(sentence(&problem.code)));
                }
            }
        });
    };
    let before = has.then(|| {
        view! {
            <div class="field">
                <label for="hands-current">{t!("hands-current-pin")}</label>
                <PinInput id="hands-current" value=current refused=wrong/>
            </div>
        }
    });
    view! {
        <form class="stack hands-own" on:submit=send>
            {before}
            <div class="field">
                <label for="hands-new">{t!("hands-new-pin")}</label>
                <PinInput id="hands-new" value=pin refused=refused/>
            </div>
            <p class="soft small">{t!("hands-pin-hint")}</p>
            <button type="submit" class="button wide" aria-busy=move || busy.get().then_some("true") data-test="keep-pin">{t!("hands-keep-pin")}</button>
        </form>
    }
}
