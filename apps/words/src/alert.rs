//! What a notification says: the words of core's alerts, for a phone that is rung at.

use crate::{Arg, cancelled_because, t};
use presso_core::board::{Alert, OrderView, alert};
use presso_core::order::{Ticket, TimeOutCause};
use serde::Serialize;
use std::collections::BTreeMap;

/// A notification's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlertWords {
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

/// What stands for the number in words that are kept for later.
const NUMBER: &str = "{ticket}";

/// An alert's words, in the language spoken.
#[must_use]
pub fn alert_words(alert: &Alert) -> AlertWords {
    let number = match alert {
        Alert::Ready { ticket } | Alert::NotReadyAfterAll { ticket } => Arg::from(ticket.0),
        Alert::Cancelled { .. } | Alert::TimedOut { .. } => Arg::from(""),
    };
    words(alert, &number)
}

/// What the step from one view of an order to the next is called out as; none where there is
/// nothing to call out, which is core's decision.
#[must_use]
pub fn notification(before: Option<&OrderView>, after: &OrderView) -> Option<AlertWords> {
    alert(before, after).map(|alert| alert_words(&alert))
}

/// The words of every alert there can be, by [`alert_key`], with `{ticket}` for the number: for a
/// service worker, which has no other words.
#[must_use]
pub fn alert_templates() -> BTreeMap<String, AlertWords> {
    let number = Arg::from(NUMBER);
    let all = Alert::all(Ticket(0)).into_iter();
    all.map(|alert| (alert_key(&alert), words(&alert, &number)))
        .collect()
}

/// The name of an alert, as `apps/customer/worker.js` puts it together from what it is sent: the
/// kind, and after a dot the reason or cause where there is one.
#[must_use]
pub fn alert_key(alert: &Alert) -> String {
    let sent = serde_json::to_value(alert).unwrap_or_default();
    let part = |name: &str| sent[name].as_str().map(str::to_owned);
    let kind = part("alert").unwrap_or_default();
    match part("reason").or_else(|| part("cause")) {
        Some(why) => format!("{kind}.{why}"),
        None => kind,
    }
}

fn words(alert: &Alert, number: &Arg) -> AlertWords {
    let number = number.clone();
    let (title, body) = match alert {
        Alert::Ready { .. } => (
            t!("ready-title-plain"),
            t!("alert-ready-body", number = number),
        ),
        Alert::NotReadyAfterAll { .. } => (
            t!("alert-not-ready-title"),
            t!("alert-not-ready-body", number = number),
        ),
        Alert::Cancelled { reason } => (t!("cancelled-by-shop-title"), cancelled_because(*reason)),
        Alert::TimedOut {
            cause: TimeOutCause::Customer,
        } => (t!("timed-out-you-title"), t!("timed-out-you-text")),
        Alert::TimedOut {
            cause: TimeOutCause::Barista,
        } => (t!("timed-out-shop-title"), t!("timed-out-shop-text")),
    };
    AlertWords { title, body }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alert_has_words_of_its_own_under_a_key_of_its_own() {
        let all = Alert::all(Ticket(12));
        let templates = alert_templates();
        assert_eq!(templates.len(), all.len());
        for alert in all {
            let (said, kept) = (alert_words(&alert), &templates[&alert_key(&alert)]);
            assert!(!said.title.is_empty() && !said.body.is_empty());
            assert!(!said.body.contains('{'), "{said:?}");
            assert_eq!(kept.title, said.title);
            assert_eq!(kept.body.replace(NUMBER, "12"), said.body);
        }
    }

    #[test]
    fn keys_are_what_a_message_says() {
        let closing = Alert::Cancelled {
            reason: presso_core::order::CancelReason::Closing,
        };
        assert_eq!(alert_key(&closing), "cancelled.closing");
        let ready = Alert::Ready { ticket: Ticket(1) };
        assert_eq!(alert_key(&ready), "ready");
    }
}
