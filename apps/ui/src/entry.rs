//! Coming in by a single-use link (`…#k=SECRET`): for the screens that belong to a shop.

use crate::{host, page};
use leptos::{ev, prelude::*, task::spawn_local};
use presso_core::api::{Problem, Who};
use std::time::Duration;

/// How long to wait before a link is tried again without having been asked to.
const AGAIN: Duration = Duration::from_secs(5);

/// How far one has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// The link is being redeemed.
    Redeeming,
    /// In.
    In(Who),
    /// The server does not take the link, or cannot be reached (`offline`).
    Refused(Problem),
    /// No link, and no session.
    Nobody {
        /// There was a session, and it has ended.
        ended: bool,
    },
}

/// What [`by_link`] knows and does.
#[derive(Debug, Clone, Copy)]
pub struct ByLink {
    /// How far one has come.
    pub entry: Signal<Entry>,
    /// Tries the link again; does nothing when there is none to try.
    pub again: Callback<()>,
}

/// Comes in: by the link in the address, which is taken off the address bar at once, else by the
/// session that this device has. A link that fails does not take away a session that `suits`.
#[must_use]
pub fn by_link(suits: fn(&Who) -> bool) -> ByLink {
    let who = host::who();
    let secret = RwSignal::new(None::<String>);
    let outcome = RwSignal::new(None::<Problem>);
    let been_in = RwSignal::new(false);
    let again = Callback::new(move |()| redeem(secret, outcome));
    let arrive = move || {
        if let Some(found) = page::take_fragment("k") {
            secret.set(Some(found));
            again.run(());
        }
    };
    arrive();
    // A link opened where the page already stands changes the fragment and loads nothing.
    let listener = window_event_listener(ev::hashchange, move |_| arrive());
    on_cleanup(move || listener.remove());

    let entry = Memo::new(move |_| {
        let suiting = who.get().filter(suits);
        match (suiting, outcome.get()) {
            (Some(who), _) => Entry::In(who),
            (None, Some(problem)) => Entry::Refused(problem),
            (None, None) if secret.with(Option::is_some) => Entry::Redeeming,
            (None, None) => Entry::Nobody {
                ended: been_in.get(),
            },
        }
    });
    Effect::new(move |_| {
        if matches!(entry.get(), Entry::In(_)) {
            been_in.set(true);
        }
    });
    ByLink {
        entry: entry.into(),
        again,
    }
}

/// One try. Where it fails for want of a server, the link is still good and is tried again.
fn redeem(secret: RwSignal<Option<String>>, outcome: RwSignal<Option<Problem>>) {
    let Some(given) = secret.get_untracked() else {
        return;
    };
    spawn_local(async move {
        match host::redeem(given).await {
            Ok(_) => {
                secret.set(None);
                outcome.set(None);
            }
            Err(problem) => {
                let may_pass = problem.retry() || problem.code == "offline";
                outcome.set(Some(problem));
                if may_pass {
                    set_timeout(move || redeem(secret, outcome), AGAIN);
                } else {
                    secret.set(None);
                }
            }
        }
    });
}
