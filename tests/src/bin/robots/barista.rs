//! A barista who does one thing after the other, each taking the time it would take a person.

use crate::chance;
use presso_core::{
    api::{StaffVerb, Who},
    board::{OrderView, QueueView, Topic, View},
    client::{Client, Seen},
    id::ShopId,
    order::Actor,
    workflow::{Verb, offers},
};
use std::time::Duration;

/// What a hand turns to first: a drink begun is finished before another is begun.
const URGENCY: &[(Verb, (usize, usize))] = &[
    (Verb::Complete, (6, 14)),
    (Verb::Claim, (1, 4)),
    (Verb::Collect, (5, 12)),
];

/// Works the queue until it can be watched no more.
pub(crate) async fn works(client: &Client, shop: &ShopId, who: &Who) {
    let Some(actor) = who.actor() else { return };
    let mut queue = client.watch(Topic::Queue(shop.clone()));
    let mut seen: Option<QueueView> = None;
    loop {
        // With nothing to do there is nothing to look for until the queue changes; with something
        // to do, whatever changed meanwhile is taken in first.
        let patience = match seen.as_ref().and_then(|view| next(client, view, &actor)) {
            Some(_) => Duration::from_millis(1),
            None => Duration::from_secs(30),
        };
        match tokio::time::timeout(patience, queue.next()).await {
            Ok(None) => return,
            Ok(Some(Seen::View {
                view: View::Queue(view),
                ..
            })) => {
                seen = Some(view);
                continue;
            }
            Ok(Some(_)) | Err(_) => {}
        }
        let todo = seen.as_ref().and_then(|view| next(client, view, &actor));
        if let Some((order, verb, (from, to))) = todo {
            chance::seconds(from, to).await;
            // Somebody else may have been quicker; the queue says so.
            let _ = client
                .send(&StaffVerb {
                    order: order.order,
                    verb,
                })
                .await;
            // Not twice: the answer may be here before the queue shows it.
            if let Some(view) = &mut seen {
                view.orders.retain(|other| other.order != order.order);
            }
        }
    }
}

/// The most urgent thing that is offered, for the order that has waited longest for it.
fn next(
    client: &Client,
    view: &QueueView,
    actor: &Actor,
) -> Option<(OrderView, Verb, (usize, usize))> {
    let now = client.server_now();
    URGENCY.iter().find_map(|(verb, takes)| {
        let offered = |order: &&OrderView| {
            // Only what this robot claimed itself is its to finish.
            let own = *verb != Verb::Complete
                || order.claim.as_ref().is_some_and(|claim| claim.is_of(actor));
            own && offers(order, &view.facts, actor, now)
                .iter()
                .any(|offer| offer.verb == *verb)
        };
        view.orders
            .iter()
            .find(offered)
            .map(|order| (order.clone(), *verb, *takes))
    })
}
