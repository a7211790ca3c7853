//! I7: what subscribers were told is what happened, in order, with nothing left out.

use super::{Found, History, Invariant, Screen, Told};
use presso_core::board::{Change, NoNames, OrderView, Topic, Update, View, publish, snapshot};
use presso_core::shop::Shop;
use presso_core::workflow::evolve;
use std::collections::BTreeMap;

pub(super) fn told_everything(history: &History) -> Found {
    let mut found = Found::new(Invariant::I7);
    for screen in &history.screens {
        let truth = Truth::of(history, &screen.topic);
        judge(screen, &truth, &mut found);
    }
    found
}

/// A topic's whole story, as the journal gives it.
struct Truth {
    /// Each step of the topic, by its version: the step, and all of the topic after it.
    steps: BTreeMap<u64, (Update, Option<View>)>,
}

impl Truth {
    fn of(history: &History, topic: &Topic) -> Self {
        let mut shop = Shop::new(history.shop.clone());
        let mut steps = BTreeMap::new();
        for event in &history.journal {
            let touched = evolve(&mut shop, event);
            let published = publish(&shop, &touched, &NoNames, |_| true);
            let own = published.updates.into_iter().find(|u| u.topic == *topic);
            if let Some(update) = own {
                let whole = snapshot(&shop, topic, &NoNames).map(|(_, view)| view);
                steps.insert(event.version, (update, whole));
            }
        }
        Self { steps }
    }
    fn head(&self) -> u64 {
        self.steps
            .last_key_value()
            .map_or(0, |(version, _)| *version)
    }
}

fn judge(screen: &Screen, truth: &Truth, found: &mut Found) {
    let place = format!("{} on {}", screen.who, screen.topic);
    let mut cursor: Option<u64> = None;
    for told in &screen.told {
        match told {
            Told::Whole(version, view) => {
                found.hold(cursor.is_none_or(|at| at <= *version), &place, || {
                    format!("told all of version {version} after version {cursor:?}")
                });
                let known = truth.steps.get(version);
                found.hold(known.is_some(), &place, || {
                    format!("told all of version {version}, which the topic never had")
                });
                if let Some((_, Some(whole))) = known {
                    found.hold(nameless(view.clone()) == *whole, &place, || {
                        format!("told all of version {version}, and not as the journal has it")
                    });
                }
                cursor = Some(*version);
            }
            Told::Step(update) => {
                let (version, prev) = (update.version, update.prev);
                let Some((step, _)) = truth.steps.get(&version) else {
                    found.hold(false, &place, || {
                        format!("told of version {version}, which the topic never had")
                    });
                    continue;
                };
                let same = step.prev == prev && step.change == without_names(&update.change);
                found.hold(same, &place, || {
                    format!("told of version {version}, and not as the journal has it")
                });
                // At least once: what is known already may come again.
                if cursor.is_some_and(|at| version <= at) {
                    continue;
                }
                found.hold(cursor.is_some_and(|at| prev <= at), &place, || {
                    format!("told of version {version} after {cursor:?}; {prev} was left out")
                });
                cursor = Some(version);
            }
        }
    }
    let head = truth.head();
    found.hold(
        !screen.is_live || cursor.unwrap_or(0) == head,
        &place,
        || format!("live at version {cursor:?}, the journal at {head}"),
    );
}

/// Names are not in the journal.
fn nameless(mut view: View) -> View {
    match &mut view {
        View::Queue(queue) => queue.orders.iter_mut().for_each(unnamed),
        View::Order(order) => unnamed(order),
        _ => {}
    }
    view
}

fn without_names(change: &Change) -> Change {
    let mut change = change.clone();
    match &mut change {
        Change::Queue { put, .. } => put.iter_mut().for_each(unnamed),
        Change::Order(order) => unnamed(order),
        _ => {}
    }
    change
}

fn unnamed(order: &mut OrderView) {
    order.name = None;
    if let Some(claim) = &mut order.claim {
        claim.name = None;
    }
}
