//! I8: what lies beside the journal is what its replay gives, as `presso verify` compares it.

use super::{Found, History, Invariant};
use presso_backend::verify::Replay;

pub(super) fn as_replayed(history: &History) -> Found {
    let mut found = Found::new(Invariant::I8);
    let Some(rows) = &history.rows else {
        return found;
    };
    let replay = Replay::new(history.shop.clone(), rows.clone());
    let mut replay = replay.unwrap_or_else(never);
    for event in &history.journal {
        replay.event(event).unwrap_or_else(never);
    }
    for difference in replay.finish().unwrap_or_else(never) {
        found.hold(false, difference.place, || difference.why);
    }
    found
}

fn never<T>(never: std::convert::Infallible) -> T {
    match never {}
}
