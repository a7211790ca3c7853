//! A journey that somebody shared: to be looked at, live, by whoever has the link.

use leptos::{prelude::*, task::spawn_local};
use presso_core::api::{ReadShared, SharedJourney};
use presso_core::id::OrderId;
use presso_core::journey::Journey;
use presso_ui::{Followed, Heading, JourneyView, Logo, Notice, clock, host, page, t, words};
use std::time::Duration;

/// The page's address.
pub(crate) const PATH: &str = "/j";

/// How often it is looked whether the order has gone on. Nobody here has a session to watch by.
const AGAIN: Duration = Duration::from_secs(5);

/// The page.
#[component]
pub(crate) fn SharedPage() -> impl IntoView {
    let followed = Followed::new();
    let about = RwSignal::new(None::<About>);
    // None again once the link leads nowhere any more.
    let lost = RwSignal::new(None::<String>);
    let secret = page::fragment("j").unwrap_or_default();
    spawn_local(async move {
        loop {
            let secret = secret.clone();
            match host::call(ReadShared { secret }).await {
                Ok(news) => {
                    let over = news.waiting.is_none();
                    about.set(Some(About::of(&news)));
                    lost.set(None);
                    followed.take(Ok(journey(news)));
                    // What is over can still be taken back, for a moment: looked at less often.
                    clock::wait(if over { AGAIN * 6 } else { AGAIN }).await;
                }
                Err(problem) if problem.status == 404 => {
                    lost.set(Some(words::problem(&problem)));
                    return;
                }
                Err(problem) => {
                    followed.take(Err(problem));
                    clock::wait(AGAIN).await;
                }
            }
        }
    });
    let title = Signal::derive(move || match about.get().and_then(|about| about.ticket) {
        Some(ticket) => t!("journey-title-ticket", ticket = ticket),
        None => t!("journey-title"),
    });
    let body = move || {
        match lost.get() {
        Some(text) => view! { <Notice title=t!("shared-lost") text=text icon="empty"/> }.into_any(),
        None => view! {
            <Show when=move || about.with(Option::is_some)>
                <Heading text=title/>
                <p class="soft">{move || about.get().map(|about| t!("shared-at", shop = about.shop))}</p>
            </Show>
            <JourneyView followed=followed/>
            <p class="soft small center">{t!("shared-hint")}</p>
        }
        .into_any(),
    }
    };
    view! {
        <div class="page customer">
            <header class="page-bar"><Logo/></header>
            <main class="page-main" data-screen="shared">{body}</main>
        </div>
    }
}

/// Whose journey it is, without saying whose.
#[derive(Clone, PartialEq)]
struct About {
    shop: String,
    ticket: Option<u32>,
}

impl About {
    fn of(shared: &SharedJourney) -> Self {
        Self {
            shop: shared.shop_name.clone(),
            ticket: shared.ticket.map(|ticket| ticket.0),
        }
    }
}

/// As the view takes it; its order has no identifier here.
fn journey(shared: SharedJourney) -> Journey {
    Journey {
        order: OrderId(Default::default()),
        ticket: shared.ticket,
        steps: shared.steps,
        waiting: shared.waiting,
    }
}
