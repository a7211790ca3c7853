//! Before one is in: the link is being redeemed, or why it does not let in.

use super::waits::Left;
use leptos::prelude::*;
use presso_core::api::DeviceFor;
use presso_ui::entry::Entry;
use presso_ui::{Button, ButtonKind, Logo, Notice, Pair, t};

/// What makes a link, beside the server.
const COMMAND: &str = "presso staff link … --name …";

/// Why one is not in.
#[component]
pub(super) fn Enter(
    /// How far one has come.
    entry: Entry,
    /// Tries the link again.
    again: Callback<()>,
) -> impl IntoView {
    let (title, text, may_pass) = match &entry {
        Entry::Refused(problem) => match problem.code.as_str() {
            "link_used" => (
                t!("barista-enter-used-title"),
                t!("barista-enter-used-body"),
                false,
            ),
            "link_expired" => (
                t!("barista-enter-expired-title"),
                t!("barista-enter-expired-body"),
                false,
            ),
            "offline" => (
                t!("barista-enter-offline-title"),
                t!("barista-enter-offline-body"),
                true,
            ),
            _ if problem.retry() => (
                t!("barista-enter-offline-title"),
                presso_ui::words::problem(problem),
                true,
            ),
            _ => (
                t!("barista-enter-bad-title"),
                t!("barista-enter-bad-body"),
                false,
            ),
        },
        Entry::Nobody { ended: true } => (
            t!("barista-enter-ended-title"),
            t!("barista-enter-ended-body"),
            false,
        ),
        Entry::Nobody { ended: false } => (
            t!("barista-enter-none-title"),
            t!("barista-enter-none-body"),
            false,
        ),
        Entry::Redeeming | Entry::In(_) => {
            return view! { <main class="enter"><p class="loading" role="status">{t!("barista-enter-wait")}</p></main> }
                .into_any();
        }
    };
    let next = if may_pass {
        view! { <Button label=t!("try-again") on_press=again test="again"/> }.into_any()
    } else {
        view! { <code class="command" dir="ltr">{COMMAND}</code> }.into_any()
    };
    // On demand: who only looks here needs no code, and one of a manager's phone brought its own.
    let pairs = RwSignal::new(false);
    let may_pair = matches!(entry, Entry::Nobody { .. });
    let pair = move || {
        may_pair.then(|| if pairs.get() {
            view! { <Pair wants=DeviceFor::Barista/> }.into_any()
        } else {
            view! { <Button label=t!("barista-enter-pair") kind=ButtonKind::Quiet on_press=move |()| pairs.set(true) test="pair"/> }.into_any()
        })
    };
    view! {
        <main class="enter" data-test="enter">
            <Logo/>
            <Notice title=title text=text icon="espresso">{next}{pair}</Notice>
            <Left/>
            <presso_ui::ServerLine/>
        </main>
    }
    .into_any()
}
