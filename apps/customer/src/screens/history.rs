//! Earlier orders, newest first.

use super::account::Account;
use super::summary::{drink_icon, drink_name};
use crate::{phone::Phone, state::Place};
use leptos::{prelude::*, task::spawn_local};
use presso_core::api::{MyOrders, OrderAnswer, Problem};
use presso_core::order::{Ending, OrderState, Role, TimeOutCause};
use presso_ui::{
    Button, ButtonKind, DrinkArt, Heading, Loading, Notice, clock, host, page, t, words,
};

/// Earlier orders.
#[component]
pub(crate) fn History() -> impl IntoView {
    let phone = Phone::here();
    let orders = RwSignal::new(None::<Vec<OrderAnswer>>);
    let (next, problem) = (
        RwSignal::new(None::<String>),
        RwSignal::new(None::<Problem>),
    );
    let busy = RwSignal::new(false);
    let fetch = move |after: Option<String>| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            // Whoever has left meanwhile needs none of this.
            match host::call(MyOrders { after }).await {
                Ok(page) => {
                    let _ = next.try_set(page.next);
                    let _ =
                        orders.try_update(|all| all.get_or_insert_default().extend(page.orders));
                }
                Err(error) => drop(problem.try_set(Some(error))),
            }
            let _ = busy.try_set(false);
        });
    };
    fetch(None);
    let leave = move |()| phone.state.update(|s| s.place = Place::Here);
    let body = move || {
        match (orders.with(|o| o.as_ref().map(Vec::is_empty)), problem.get()) {
        (None, Some(error)) => view! {
            <p class="banner bad" role="alert">{words::problem(&error)}</p>
            <Button label=t!("try-again") kind=ButtonKind::Quiet class="wide" on_press=move |()| fetch(None)/>
        }.into_any(),
        (None, None) => view! { <Loading/> }.into_any(),
        (Some(true), _) => view! { <Notice title=t!("history-empty-title") text=t!("history-empty-text") icon="espresso"/> }.into_any(),
        (Some(false), _) => view! {
            <Heading text=t!("history-title")/>
            <ul class="stack tight" data-test="orders">
                <For each=move || orders.get().unwrap_or_default() key=|answer| answer.order.order let(answer)>
                    <Row answer=answer/>
                </For>
            </ul>
            <Show when=move || next.get().is_some()>
                <Button label=t!("history-more") kind=ButtonKind::Quiet class="wide" busy=busy on_press=move |()| fetch(next.get_untracked())/>
            </Show>
        }.into_any(),
    }
    };
    view! {
        {body}
        <Account/>
        <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=leave test="back"/>
    }
}

#[component]
fn Row(answer: OrderAnswer) -> impl IntoView {
    let phone = Phone::here();
    let OrderAnswer { shop, order } = answer;
    let here = phone
        .state
        .with_untracked(|s| s.shop.as_ref() == Some(&shop));
    let choice = order.choice.clone();
    // Another shop's menu is not at hand: its drinks are called by their identifiers.
    let of_menu =
        move |pick: fn(Option<&presso_core::menu::Menu>, &presso_core::id::DrinkId) -> String| {
            let choice = choice.clone();
            Signal::derive(move || {
                let name = |c: &presso_core::menu::Choice| {
                    phone
                        .menu
                        .with(|menu| pick(menu.as_ref().filter(|_| here), &c.drink))
                };
                choice.as_ref().map(name).unwrap_or_default()
            })
        };
    let icon = of_menu.clone()(drink_icon);
    let drink = of_menu(drink_name);
    let title = move || {
        let drink = drink.get();
        if drink.is_empty() {
            t!("history-nothing-chosen")
        } else {
            drink
        }
    };
    let number = order.ticket.map(|t| t!("ticket-was", number = t.0));
    let alive = !order.state.ended();
    let id = order.order;
    let of_journey = match order.ticket {
        Some(ticket) => t!("journey-title-ticket", ticket = ticket.0),
        None => t!("journey-title"),
    };
    let show = move |()| {
        if here {
            phone.state.update(|s| s.follow(id));
        } else {
            page::go_to(&format!("/s/{shop}"));
        }
    };
    view! {
        <li class="card history-row">
            <DrinkArt icon=icon/>
            <div class="grow">
                <p class="history-drink">{title}</p>
                <p class="soft small">{clock::day_and_time(order.started_at)}</p>
                <p class="row small history-pills">
                    <span class="pill" class:good=order.state == OrderState::Collected class:brand-pill=alive>{outcome(order.state, order.ending)}</span>
                    {number.map(|number| view! { <span class="soft digits">{number}</span> })}
                </p>
            </div>
            {(!alive).then(|| view! { <Button label=t!("history-journey") name=of_journey kind=ButtonKind::Quiet on_press=move |()| phone.state.update(|s| s.place = Place::Journey(id)) test="journey"/> })}
            {alive.then(|| view! { <Button label=t!("history-show") kind=ButtonKind::Quiet on_press=show/> })}
        </li>
    }
}

fn outcome(state: OrderState, ending: Option<Ending>) -> String {
    match (state, ending) {
        (OrderState::Choosing, _) => t!("was-choosing"),
        (OrderState::Queued, _) => t!("was-queued"),
        (OrderState::Making, _) => t!("was-making"),
        (OrderState::Ready, _) => t!("was-ready"),
        (OrderState::Collected, _) => t!("was-collected"),
        (OrderState::Swept, _) => t!("was-swept"),
        (
            OrderState::Cancelled,
            Some(Ending::Cancelled {
                by: Role::Customer, ..
            }),
        ) => t!("was-cancelled-by-you"),
        (OrderState::Cancelled, _) => t!("was-cancelled-by-shop"),
        (
            OrderState::TimedOut,
            Some(Ending::TimedOut {
                cause: TimeOutCause::Barista,
            }),
        ) => t!("was-timed-out-shop"),
        (OrderState::TimedOut, _) => t!("was-timed-out-you"),
    }
}
