//! I3: time acts on an order at its deadline, not before, and no more than a second of running
//! time after it; and nothing else happens to it from then on.

use super::lives::Lives;
use super::{Found, History, Invariant, Span};
use presso_core::time::Timestamp;
use presso_core::workflow::EventKind;

/// How late an end may be, of running time, milliseconds.
const LATE_MS: i64 = 1000;

pub(super) fn on_time(history: &History) -> Found {
    let mut found = Found::new(Invariant::I3);
    let mut lives = Lives::default();
    let running = &history.running;
    for event in &history.journal {
        let Ok(Some(step)) = lives.step(event) else {
            continue;
        };
        let Some(due) = step.was.as_ref().and_then(|life| life.deadline()) else {
            continue;
        };
        let early = due.ms_since(event.at);
        let ends = matches!(
            event.kind,
            EventKind::OrderTimedOut { .. } | EventKind::OrderSwept { .. }
        );
        if ends {
            found.at(event.version, early <= 0, || {
                format!("{} ms before its deadline", early)
            });
            let late = ran_ms(running, due, event.at);
            found.at(event.version, late <= LATE_MS, || {
                format!("{late} ms of running time after its deadline")
            });
        } else {
            found.at(event.version, early > 0, || {
                let name = event.kind.name();
                format!("{name} {} ms after its deadline", -early)
            });
        }
    }
    let Some(Span(_, end)) = running.last() else {
        return found;
    };
    for (id, life) in &lives.0 {
        let Some(due) = life.deadline() else {
            continue;
        };
        let late = ran_ms(running, due, *end);
        found.hold(late <= LATE_MS, format_args!("order {id}"), || {
            let state = life.state.name();
            format!("still {state}, {late} ms of running time after its deadline")
        });
    }
    found
}

/// For how long the server ran between two instants.
fn ran_ms(running: &[Span], from: Timestamp, to: Timestamp) -> i64 {
    let overlap = |Span(began, ended): &Span| (*ended).min(to).ms_since((*began).max(from)).max(0);
    running.iter().map(overlap).sum()
}
