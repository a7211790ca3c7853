//! The shop's orders: those in progress, live, stuck ones first and then the oldest; and those that
//! have ended, by how they ended, by ticket or identifier, page by page. Each leads to its journey.

use super::super::desk::Desk;
use super::{Read, Refused};
use leptos::{ev, prelude::*};
use presso_core::api::{EndedHow, FindOrders, OrderPage};
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::order::{Ending, OrderState, Role, TimeOutCause};
use presso_ui::{Button, ButtonKind, Loading, clock, state_name, t};

/// How many the server shows at once.
const PAGE: usize = 50;

/// The orders.
#[component]
pub(super) fn OrdersTab() -> impl IntoView {
    view! {
        <Alive/>
        <Over/>
    }
}

#[component]
fn Alive() -> impl IntoView {
    let desk = Desk::here();
    // As the server shows them: taps that wait for the network are not done yet.
    let orders = Memo::new(move |_| {
        let orders = desk.real.with(|q| q.as_ref().map(|q| q.orders.clone()));
        let mut alive = orders.unwrap_or_default();
        alive.retain(|order| !order.state.ended());
        alive
    });
    let stuck = Memo::new(move |_| {
        let now = desk.now.get();
        let stuck = |order: &OrderView| order.stuck(now).then_some(order.order);
        orders.with(|all| all.iter().filter_map(stuck).collect::<Vec<_>>())
    });
    let sorted = move || {
        let (mut all, stuck) = (orders.get(), stuck.get());
        all.sort_by_key(|order| (!stuck.contains(&order.order), order.started_at));
        all
    };
    let warning = move || {
        let count = stuck.with(Vec::len);
        (count > 0).then(|| view! { <p class="banner bad" role="alert">{t!("orders-stuck-hint", count = count)}</p> })
    };
    let body = move || {
        let rows = sorted();
        if rows.is_empty() {
            return view! { <p class="soft">{t!("orders-none-alive")}</p> }.into_any();
        }
        let stuck = stuck.get();
        let row = |order: OrderView| {
            let stuck = stuck.contains(&order.order);
            let started = order.started_at;
            let age = move || {
                let seconds = desk.now.get().ms_since(started).max(0) / 1000;
                let time = clock::minutes_and_seconds(u32::try_from(seconds).unwrap_or(u32::MAX));
                t!("orders-age", time = time)
            };
            view! { <Row order=order stuck=stuck><span class="soft digits">{age}</span></Row> }
        };
        view! { <ul class="rows" data-test="orders-alive">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="alive-title">
            <h2 id="alive-title">{t!("orders-alive")}</h2>
            {warning}
            {body}
        </section>
    }
}

#[component]
fn Over() -> impl IntoView {
    let desk = Desk::here();
    let page: Read<OrderPage> = Read::new();
    let found = RwSignal::new(None::<Vec<OrderView>>);
    let (search, ending) = (RwSignal::new(String::new()), RwSignal::new(EndedHow::Any));
    let next = RwSignal::new(None::<String>);
    let find = move |after: Option<String>| {
        let text = search.get_untracked().trim().to_owned();
        let find = FindOrders {
            shop: desk.shop.get_value(),
            ending: ending.get_untracked(),
            search: (!text.is_empty()).then_some(text),
            after: after.clone(),
        };
        page.does(find, move |answer| {
            let more = answer.orders.into_iter().map(|of| of.order);
            let _ = found.try_update(|all| match (all, after) {
                (Some(all), Some(_)) => all.extend(more),
                (all, _) => *all = Some(more.collect()),
            });
            let _ = next.try_set(answer.next);
        });
    };
    // And again whenever one more has ended.
    let alive = Memo::new(move |_| {
        desk.real.with(|queue| {
            let orders = queue.iter().flat_map(|queue| &queue.orders);
            orders
                .filter(|o| !o.state.ended())
                .map(|o| o.order)
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        alive.get();
        // Whoever leafs on is left where they are.
        let first = found.with_untracked(|all| all.as_ref().is_none_or(|all| all.len() <= PAGE));
        if first {
            find(None);
        }
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        find(None);
    };
    let choose = move |event: ev::Event| {
        let name = event_target_value(&event);
        let how = EndedHow::ALL.into_iter().find(|how| how.name() == name);
        ending.set(how.unwrap_or(EndedHow::Any));
        find(None);
    };
    let rows = move || match found.get() {
        None => page
            .refused
            .with(Option::is_none)
            .then(|| view! { <Loading/> })
            .into_any(),
        Some(orders) if orders.is_empty() => {
            view! { <p class="soft">{t!("orders-none-over")}</p> }.into_any()
        }
        Some(orders) => {
            let row = |order: OrderView| {
                let at = order.ended_at.map(clock::day_and_time);
                view! { <Row order=order stuck=false><span class="soft digits">{at}</span></Row> }
            };
            view! { <ul class="rows" data-test="orders-over">{orders.into_iter().map(row).collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="over-title">
            <h2 id="over-title">{t!("orders-over")}</h2>
            <form class="line-form" role="search" on:submit=send>
                <div class="field grow">
                    <label for="orders-search">{t!("orders-search")}</label>
                    <input
                        id="orders-search" class="input" type="search" maxlength="40" autocomplete="off" data-test="orders-search"
                        prop:value=move || search.get() on:input=move |event| search.set(event_target_value(&event))
                    />
                </div>
                <div class="field">
                    <label for="orders-ending">{t!("orders-ending")}</label>
                    <select id="orders-ending" class="input" data-test="orders-ending" on:change=choose>
                        {EndedHow::ALL.map(|how| view! { <option value=how.name()>{title(how)}</option> })}
                    </select>
                </div>
                <button type="submit" class="button" data-test="orders-find">{t!("orders-search-do")}</button>
            </form>
            <Refused sentence=page.refused/>
            {rows}
            <Show when=move || next.get().is_some()>
                <Button label=t!("orders-more") kind=ButtonKind::Quiet class="wide" on_press=move |()| find(next.get_untracked()) test="orders-more"/>
            </Show>
        </section>
    }
}

/// One order: number, state, and what its list adds.
#[component]
fn Row(order: OrderView, stuck: bool, children: Children) -> impl IntoView {
    let desk = Desk::here();
    let id: OrderId = order.order;
    let name = match order.ticket {
        Some(ticket) => ticket.to_string(),
        None => t!("orders-no-ticket"),
    };
    let longer = match order.ticket {
        Some(ticket) => t!("journey-title-ticket", ticket = ticket.0),
        None => t!(
            "manage-of",
            what = t!("orders-journey"),
            name = clock::day_and_time(order.started_at)
        ),
    };
    let state = order.ending.map_or_else(|| state_name(order.state), ended);
    let bad = matches!(order.state, OrderState::Cancelled | OrderState::TimedOut);
    let good = order.state == OrderState::Collected;
    view! {
        <li class="row-item" data-order=id.to_string() data-state=order.state.name()>
            <div class="row-what">
                <span class="row-name digits">{name}</span>
                <span class="row-state">
                    {stuck.then(|| view! { <span class="pill bad">{t!("orders-stuck")}</span>" " })}
                    <span class="pill" class:bad=bad class:good=good>{state}</span>" "{children()}
                </span>
            </div>
            <div class="row-deeds">
                <Button label=t!("orders-journey") name=longer kind=ButtonKind::Quiet on_press=move |()| desk.looking.set(Some(id)) test="journey"/>
            </div>
        </li>
    }
}

fn ended(ending: Ending) -> String {
    title(match ending {
        Ending::Collected => EndedHow::Collected,
        Ending::Swept => EndedHow::Swept,
        Ending::Cancelled { by, .. } => EndedHow::CancelledBy(by),
        Ending::TimedOut { cause } => EndedHow::TimedOutBy(cause),
    })
}

fn title(how: EndedHow) -> String {
    match how {
        EndedHow::Any => t!("orders-ending-any"),
        EndedHow::Collected => state_name(OrderState::Collected),
        EndedHow::Swept => state_name(OrderState::Swept),
        EndedHow::CancelledBy(Role::Customer) => t!("orders-ending-cancelled-by-customer"),
        EndedHow::CancelledBy(_) => t!("orders-ending-cancelled-by-barista"),
        EndedHow::TimedOutBy(TimeOutCause::Customer) => t!("orders-ending-timed-out-by-customer"),
        EndedHow::TimedOutBy(TimeOutCause::Barista) => t!("orders-ending-timed-out-by-barista"),
    }
}
