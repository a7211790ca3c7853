//! I1: the journal is whole, what was answered 2xx is in it, nothing was done twice, and what was
//! refused was not done after all.

use super::lives::{Life, Lives};
use super::{Answer, Asked, Came, Found, History, Invariant, What};
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::order::OrderState;
use presso_core::workflow::{Event, EventKind, Verb};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

pub(super) fn kept(history: &History) -> Found {
    let mut found = Found::new(Invariant::I1);
    whole(history, &mut found);
    let mut past = Past::default();
    for event in &history.journal {
        past.take(event);
    }
    let mut first: HashMap<Uuid, &Asked> = HashMap::new();
    let mut refused: HashMap<Uuid, u16> = HashMap::new();
    for asked in &history.asked {
        let who = &asked.who;
        if let Came::Answered(answer) = &asked.came {
            let missing = match answer {
                Answer::Started(scan) => past.began(scan.order, scan.expires_at),
                Answer::Order(view) => past.shows(view, asked.what),
            };
            found.hold(missing.is_none(), who, || missing.unwrap_or_default());
        }
        match (first.get(&asked.key), &asked.came) {
            (Some(before), Came::Answered(_)) => {
                found.hold(before.came == asked.came, who, || {
                    let what = asked.what;
                    format!("{what:?} under the same key is answered another time otherwise")
                });
            }
            // The server may have no time or no room for a repeat.
            (Some(_), Came::Refused(status)) if *status < 500 => {
                found.hold(false, who, || {
                    let what = asked.what;
                    format!("{what:?} was done, and its repeat refused with {status}")
                });
            }
            (None, Came::Answered(_)) => {
                first.insert(asked.key, asked);
                let before = refused.get(&asked.key);
                found.hold(before.is_none(), who, || {
                    let what = asked.what;
                    format!("{what:?} was refused with {before:?}, and a copy of it done")
                });
            }
            (None, Came::Refused(status)) if is_of_the_workflow(*status) => {
                refused.insert(asked.key, *status);
            }
            _ => {}
        }
    }
    if history.asked_is_all {
        once(history, &mut found);
    }
    found
}

/// Refused by a rule, and not by who one is, or how much is asked: those may be repeated.
const fn is_of_the_workflow(status: u16) -> bool {
    matches!(status, 409 | 410 | 422)
}

/// Versions run 1, 2, 3 …, time does not run backwards, no event is there twice.
fn whole(history: &History, found: &mut Found) {
    let (mut due, mut at, mut ids) = (1, None, BTreeSet::new());
    for event in &history.journal {
        let version = event.version;
        found.at(version, version == due, || {
            format!("version {due} is missing, or this one is out of place")
        });
        found.at(version, at.is_none_or(|at| at <= event.at), || {
            "it happened before what stands in front of it".into()
        });
        found.at(version, ids.insert(event.id), || {
            "the same event stands here twice".into()
        });
        (due, at) = (version + 1, Some(event.at));
    }
}

/// What the journal says was so, at each version.
#[derive(Default)]
struct Past {
    lives: Lives,
    began: BTreeMap<OrderId, presso_core::time::Timestamp>,
    /// What happened to an order, and how it was after it.
    at: HashMap<(OrderId, u64), (&'static str, Life)>,
}

impl Past {
    fn take(&mut self, event: &Event) {
        if let EventKind::OrderStarted {
            order, submit_by, ..
        } = &event.kind
        {
            self.began.insert(*order, *submit_by);
        }
        // What may not happen is I4's.
        if let (Some(id), Ok(Some(step))) = (event.kind.order(), self.lives.step(event)) {
            let what = (event.kind.name(), step.now);
            self.at.insert((id, event.version), what);
        }
    }

    /// What is missing of an answered scan.
    fn began(&self, order: OrderId, by: presso_core::time::Timestamp) -> Option<String> {
        match self.began.get(&order) {
            None => Some(format!(
                "order {order} was begun, and is not in the journal"
            )),
            Some(submit_by) if *submit_by != by => Some(format!(
                "order {order} was to be chosen by {by:?}, the journal says {submit_by:?}"
            )),
            Some(_) => None,
        }
    }

    /// What is missing of an answered verb.
    fn shows(&self, view: &OrderView, what: What) -> Option<String> {
        let (order, version) = (view.order, view.version);
        let Some((name, life)) = self.at.get(&(order, version)) else {
            return Some(format!(
                "{what:?} was answered with version {version}, where the journal has nothing of it"
            ));
        };
        let (state, ticket) = (view.state, view.ticket.map(|ticket| ticket.0));
        if let What::Verb(verb, _) = what
            && *name != name_of(verb)
        {
            return Some(format!(
                "{verb:?} was answered with version {version}, which is {name}"
            ));
        }
        (life.state != state || life.ticket != ticket).then(|| {
            let seen =
                |state: OrderState, ticket| format!("{} with ticket {ticket:?}", state.name());
            let (told, is) = (seen(state, ticket), seen(life.state, life.ticket));
            format!(
                "order {order} was answered as {told}, the journal says {is} at version {version}"
            )
        })
    }
}

/// The kind of event that a verb comes to.
const fn name_of(verb: Verb) -> &'static str {
    match verb {
        Verb::Submit => "order_submitted",
        Verb::Cancel => "order_cancelled",
        Verb::Claim => "order_claimed",
        Verb::Unclaim => "order_unclaimed",
        Verb::TakeOver => "order_taken_over",
        Verb::Complete => "order_completed",
        Verb::Collect => "order_collected",
        Verb::Undo => "order_undone",
        Verb::TimeOut => "order_timed_out",
        Verb::Sweep => "order_swept",
    }
}

/// Nothing was done more often than it was asked for under different keys.
fn once(history: &History, found: &mut Found) {
    let mut wanted: HashMap<(&str, Option<OrderId>), BTreeSet<Uuid>> = HashMap::new();
    for asked in &history.asked {
        let what = match asked.what {
            What::Scan => ("order_started", None),
            What::Verb(verb, order) => (name_of(verb), Some(order)),
        };
        wanted.entry(what).or_default().insert(asked.key);
        // Completing what nobody has claimed claims it on the way.
        if what.0 == "order_completed" {
            wanted
                .entry(("order_claimed", what.1))
                .or_default()
                .insert(asked.key);
        }
    }
    let mut done: HashMap<(&str, Option<OrderId>), usize> = HashMap::new();
    for event in &history.journal {
        let name = event.kind.name();
        let by_itself = ["order_timed_out", "order_swept"].contains(&name);
        let Some(order) = event.kind.order().filter(|_| !by_itself) else {
            continue;
        };
        let what = (name, (name != "order_started").then_some(order));
        let count = done.entry(what).or_default();
        *count += 1;
        let keys = wanted.get(&what).map_or(0, BTreeSet::len);
        found.at(event.version, *count <= keys, || {
            format!("{name} of order {order} was asked for {keys} times, and done {count}")
        });
    }
}
