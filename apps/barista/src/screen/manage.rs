//! The manager's area: who works here, which devices are in, how the shop works, what it sells.
//! Reached from the bar by whoever the session says is a manager; the server decides anyway.

mod devices;
mod executions;
mod menu;
mod new_tickets;
mod qr;
mod rules;
mod settings;
mod staff;
mod table;

use super::app::Scanned;
use super::desk::Desk;
use super::shops::OtherShop;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::Endpoint;
use presso_ui::{Button, ButtonKind, Heading, t};

/// A part of the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Staff,
    Devices,
    Shop,
    Menu,
    Orders,
    Rules,
}

impl Tab {
    const ALL: [Self; 6] = [
        Self::Staff,
        Self::Devices,
        Self::Shop,
        Self::Menu,
        Self::Orders,
        Self::Rules,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Devices => "devices",
            Self::Shop => "shop",
            Self::Menu => "menu",
            Self::Orders => "orders",
            Self::Rules => "rules",
        }
    }
    fn title(self) -> String {
        match self {
            Self::Staff => t!("manage-staff"),
            Self::Devices => t!("manage-devices"),
            Self::Shop => t!("manage-shop"),
            Self::Menu => t!("manage-menu"),
            Self::Orders => t!("manage-orders"),
            Self::Rules => t!("manage-rules"),
        }
    }
}

/// The button in the bar; only of who may.
#[component]
pub(super) fn ManageButton() -> impl IntoView {
    let desk = Desk::here();
    desk.actor.manages().then(|| {
        view! { <Button label=t!("manage") kind=ButtonKind::Quiet on_press=move |()| desk.managing.set(true) test="manage"/> }
    })
}

/// The area.
#[component]
pub(super) fn Manage() -> impl IntoView {
    let desk = Desk::here();
    let code = use_context::<Scanned>().and_then(|Scanned(code)| code.get_untracked());
    let first = if code.is_some() {
        Tab::Devices
    } else {
        Tab::Staff
    };
    let shown = RwSignal::new(first);
    let facts = desk.facts();
    let shop = move || facts.with(|f| f.as_ref().map(|f| f.name.clone()));
    let tab = move |tab: Tab| {
        view! {
            <button
                type="button" class="tab" aria-pressed=move || (shown.get() == tab).to_string()
                data-test=format!("manage-{}", tab.name()) on:click=move |_| shown.set(tab)
            >
                {tab.title()}
            </button>
        }
    };
    let body = move || match shown.get() {
        Tab::Staff => view! { <staff::StaffTab/> }.into_any(),
        Tab::Devices => view! { <devices::DevicesTab/> }.into_any(),
        Tab::Shop => view! { <settings::ShopTab/> }.into_any(),
        Tab::Menu => view! { <menu::MenuTab/> }.into_any(),
        Tab::Orders => view! { <executions::OrdersTab/> }.into_any(),
        Tab::Rules => view! { <rules::RulesTab/> }.into_any(),
    };
    view! {
        <div class="manage" data-test="managing">
            <header class="manage-bar">
                <Button label=t!("manage-back") kind=ButtonKind::Quiet on_press=move |()| desk.managing.set(false) test="manage-back"/>
                <div class="grow">
                    <Heading text=t!("manage-title")/>
                    <p class="soft manage-shop">{shop}</p>
                </div>
                <OtherShop/>
            </header>
            <nav class="manage-tabs" aria-label=t!("manage-tabs")>{Tab::ALL.map(tab)}</nav>
            <main class="manage-main">{body}</main>
        </div>
    }
}

/// What a part reads from the server, and asks of it.
struct Read<T: 'static> {
    /// As the server said last.
    answer: RwSignal<Option<T>>,
    /// Why the last thing did not go.
    refused: RwSignal<Option<String>>,
}

impl<T> Clone for Read<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Read<T> {}

impl<T: Send + Sync + 'static> Read<T> {
    fn new() -> Self {
        Self {
            answer: RwSignal::new(None),
            refused: RwSignal::new(None),
        }
    }
    /// Reads it (again).
    fn read<E: Endpoint<Answer = T> + 'static>(self, endpoint: E) {
        spawn_local(async move {
            match Desk::ask_plainly(endpoint).await {
                Ok(answer) => self.answer.set(Some(answer)),
                Err(sentence) => self.refused.set(Some(sentence)),
            }
        });
    }
    /// Does something, and then what follows from its answer.
    fn does<E: Endpoint + 'static>(self, endpoint: E, then: impl FnOnce(E::Answer) + 'static) {
        self.refused.set(None);
        spawn_local(async move {
            match Desk::ask_plainly(endpoint).await {
                Ok(answer) => then(answer),
                Err(sentence) => self.refused.set(Some(sentence)),
            }
        });
    }
}

/// Why the last thing did not go.
#[component]
fn Refused(sentence: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        sentence
            .get()
            .map(|s| view! { <p class="refused" role="alert">{s}</p> })
    }
}
