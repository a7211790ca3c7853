//! Before the screen is in: the link is being redeemed, or why it does not let in.

use leptos::prelude::*;
use presso_core::api::DeviceFor;
use presso_ui::entry::Entry;
use presso_ui::{Logo, Notice, Pair, t};

/// What makes a link, beside the server.
const COMMAND: &str = "presso display link …";

/// Why the screen is not in. Nobody stands at its keyboard: what may pass is tried again by itself.
#[component]
pub(super) fn Enter(
    /// How far it has come.
    entry: Entry,
) -> impl IntoView {
    let (title, text, with_command) = match &entry {
        Entry::Redeeming | Entry::In(_) => (t!("display-enter-wait"), String::new(), false),
        Entry::Nobody { ended: true } => (
            t!("display-enter-ended-title"),
            t!("display-enter-ended-body"),
            true,
        ),
        Entry::Nobody { ended: false } => (
            t!("display-enter-none-title"),
            t!("display-enter-none-body"),
            true,
        ),
        Entry::Refused(problem) => match problem.code.as_str() {
            "link_used" => (
                t!("display-enter-used-title"),
                t!("display-enter-used-body"),
                true,
            ),
            "link_expired" => (
                t!("display-enter-expired-title"),
                t!("display-enter-expired-body"),
                true,
            ),
            _ if problem.retry() => (
                t!("display-enter-offline-title"),
                t!("display-enter-offline-body"),
                false,
            ),
            _ => (
                t!("display-enter-bad-title"),
                t!("display-enter-bad-body"),
                true,
            ),
        },
    };
    let pairs = matches!(entry, Entry::Nobody { .. });
    let with_command = with_command && !pairs;
    let pair = pairs.then(|| view! { <Pair wants=DeviceFor::Display/> });
    let command = with_command.then(|| view! { <code class="command" dir="ltr">{COMMAND}</code> });
    view! {
        <main class="enter" data-test="enter">
            <Logo/>
            <Notice title=title text=text icon="espresso">{command}{pair}</Notice>
            <presso_ui::ServerLine fixed=true/>
        </main>
    }
}
