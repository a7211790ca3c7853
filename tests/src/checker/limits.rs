//! I5 and I6: counts that never exceed what the settings allowed at that moment.

use super::lives::Lives;
use super::{Found, History, Invariant};
use presso_core::code::Window;
use presso_core::settings::Settings;
use presso_core::workflow::EventKind;
use std::collections::BTreeMap;

fn settings(kind: &EventKind) -> Option<&Settings> {
    match kind {
        EventKind::ShopCreated { settings, .. } | EventKind::SettingsChanged { settings } => {
            Some(settings)
        }
        _ => None,
    }
}

/// I5: looked at whenever the count grows, since settings may fall below it.
pub(super) fn capacity(history: &History) -> Found {
    let mut found = Found::new(Invariant::I5);
    let (mut lives, mut limit, mut count) = (Lives::default(), 0, 0_u32);
    for event in &history.journal {
        limit = settings(&event.kind).map_or(limit, |settings| settings.capacity);
        // What may not happen is I4's.
        let Ok(Some(step)) = lives.step(event) else {
            continue;
        };
        let before = step.was.is_some_and(|life| life.state.in_progress());
        match (before, step.now.state.in_progress()) {
            (false, true) => {
                count += 1;
                found.at(event.version, count <= limit, || {
                    format!("{count} orders in progress, where the shop takes {limit}")
                });
            }
            (true, false) => count -= 1,
            _ => {}
        }
    }
    found
}

/// I6: and each place is the next one.
pub(super) fn places(history: &History) -> Found {
    let mut found = Found::new(Invariant::I6);
    let (mut lives, mut limit) = (Lives::default(), 0);
    let mut taken: BTreeMap<Window, u32> = BTreeMap::new();
    for event in &history.journal {
        limit = settings(&event.kind).map_or(limit, |settings| settings.code_places);
        let Ok(Some(step)) = lives.step(event) else {
            continue;
        };
        let count = taken.entry(step.now.window).or_default();
        let version = event.version;
        match &event.kind {
            EventKind::OrderStarted { place, .. } => {
                *count += 1;
                let now = *count;
                found.at(version, now <= limit, || {
                    format!("{now} places of a code that has {limit}")
                });
                found.at(version, *place == now, || {
                    format!("place {place} where {now} was due")
                });
            }
            EventKind::OrderUndone {
                place_retaken: true,
                ..
            } => {
                *count += 1;
                let now = *count;
                found.at(version, now <= limit, || {
                    format!("{now} places of a code that has {limit}, one of them taken again")
                });
            }
            EventKind::OrderCancelled {
                place_returned: true,
                ..
            }
            | EventKind::OrderTimedOut {
                place_returned: true,
                ..
            } => {
                found.at(version, *count > 0, || {
                    "a place is given back that nobody had".into()
                });
                *count = count.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}
