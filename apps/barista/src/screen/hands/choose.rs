//! Who comes next, and their PIN.

use super::{Hands, Person};
use leptos::task::spawn_local;
use leptos::{ev, html, prelude::*};
use presso_core::api::PIN_MOST;
use presso_core::id::StaffId;
use presso_ui::{Button, ButtonKind, t, words};

/// The names, or the PIN of who was chosen.
#[component]
pub(super) fn Choose(
    /// Who is at the tablet, and need not be asked for.
    but: Option<StaffId>,
) -> impl IntoView {
    let hands = Hands::here();
    let others = Memo::new(move |_| {
        let mut people = hands.people.get();
        people.retain(|person| Some(person.staff) != but);
        people
    });
    move || match hands.chosen.get() {
        Some(person) => view! { <TypePin person=person/> }.into_any(),
        None if others.with(Vec::is_empty) => {
            view! { <p class="soft">{t!("hands-nobody")}</p> }.into_any()
        }
        None => {
            let one = |person: Person| {
                let chosen = person.clone();
                view! {
                    <li><button type="button" class="button quiet wide" data-test="hand" on:click=move |_| hands.chosen.set(Some(chosen.clone()))>{person.name}</button></li>
                }
            };
            view! { <ul class="hands-list">{others.get().into_iter().map(one).collect_view()}</ul> }
                .into_any()
        }
    }
}

#[component]
fn TypePin(person: Person) -> impl IntoView {
    let hands = Hands::here();
    let pin = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let node = NodeRef::<html::Input>::new();
    node.on_load(|input| {
        // Fails only when it is gone again.
        let _ = input.focus();
    });
    let staff = person.staff;
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let typed = pin.get_untracked();
        spawn_local(async move {
            // What was right is gone from the page with its form.
            if let Err(code) = hands.comes(staff, typed).await {
                busy.try_set(false);
                pin.try_set(String::new());
                refused.try_set(Some(sentence(&code)));
            }
        });
    };
    view! {
        <form class="stack" on:submit=send>
            <div class="field">
                <label for="hands-pin">{t!("hands-pin", name = person.name)}</label>
                <PinInput id="hands-pin" value=pin node=node refused=refused/>
            </div>
            <button type="submit" class="button wide" aria-busy=move || busy.get().then_some("true") data-test="come-in">{t!("hands-come-in")}</button>
        </form>
        <Button label=t!("hands-others") kind=ButtonKind::Quiet class="wide" on_press=move |()| hands.chosen.set(None) test="others"/>
    }
}

/// Where a PIN is typed, and why the last one was not taken.
#[component]
pub(super) fn PinInput(
    /// The element's.
    id: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// The element.
    #[prop(optional)]
    node: NodeRef<html::Input>,
    /// Why the last one was not taken.
    refused: RwSignal<Option<String>>,
) -> impl IntoView {
    let told = format!("{id}-refused");
    view! {
        <input
            id=id node_ref=node class="input pin" type="password" inputmode="numeric" maxlength=PIN_MOST.to_string() autocomplete="off"
            dir="ltr" data-test=id aria-describedby=told.clone() aria-invalid=move || refused.get().map(|_| "true")
            prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))
        />
        <p id=told class="wrong-text" role="alert">{move || refused.get()}</p>
    }
}

/// Without a network only some can come in.
pub(super) fn sentence(code: &str) -> String {
    match code {
        "offline" => t!("hands-offline"),
        code => words::problem_with_code(code),
    }
}
