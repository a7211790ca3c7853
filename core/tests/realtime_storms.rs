//! Does resuming survive storms? The real session against a scripted server (the real shop, folded
//! and published as the server does it, with a short memory) over a network that drops, holds back
//! and repeats. `PRESSO_STORMS=100000` runs as many as one likes (1,000 without it).

#![allow(unreachable_pub, reason = "the parts of one test share everything")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

#[path = "storms/phone.rs"]
mod phone;
#[path = "storms/server.rs"]
mod server;
#[path = "storms/shop.rs"]
mod shop;
#[path = "storms/weather.rs"]
mod weather;

use phone::Phone;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use server::Server;
use weather::{Step, Storm};

fn storms() -> u32 {
    let asked = std::env::var("PRESSO_STORMS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(1_000)
}

/// What was seen over all storms, to know that they blow.
#[derive(Debug, Default)]
struct Seen {
    shown: usize,
    snapshots: usize,
    connections: u64,
}

/// Plays one storm to its end, and then lets it calm down.
fn play(steps: &[Step]) -> Result<Seen, String> {
    let mut storm = Storm::new();
    let mut checked = 0;
    for step in steps {
        storm.take(step);
        law_what_was_shown_was_true(&storm.phone, &storm.server, checked)?;
        checked = storm.phone.shown.len();
    }
    storm.calm_down()?;
    law_what_was_shown_was_true(&storm.phone, &storm.server, checked)?;
    law_screen_equals_journal(&storm.phone, &storm.server)?;
    Ok(Seen {
        shown: storm.phone.shown.len(),
        snapshots: storm.server.snapshots,
        connections: storm.phone.connections,
    })
}

/// Once connected, each screen shows what the journal says.
fn law_screen_equals_journal(phone: &Phone, server: &Server) -> Result<(), String> {
    for topic in &phone.watched {
        let screen = phone.screens.get(topic);
        let journal = server.truth(topic);
        if screen != journal.as_ref() {
            return Err(format!("{topic}: {screen:?}\nis not {journal:?}"));
        }
        let held = phone.session.view(topic).map(|(v, view)| (v, view.clone()));
        if held.as_ref() != screen {
            return Err(format!("{topic}: the session holds something else"));
        }
    }
    Ok(())
}

/// Whatever a screen showed, at any time, was the truth of that version, and versions grew; only
/// the code changes with time alone.
fn law_what_was_shown_was_true(phone: &Phone, server: &Server, from: usize) -> Result<(), String> {
    for (at, (topic, version, view)) in phone.shown.iter().enumerate().skip(from) {
        let before = phone.shown[..at].iter().rev().find(|(t, ..)| t == topic);
        if before.is_some_and(|(_, before, _)| before > version) {
            return Err(format!("{topic} went back to {version}"));
        }
        if !server.was_true(topic, *version, view) {
            return Err(format!(
                "{topic} never was like this at {version}: {view:?}"
            ));
        }
    }
    Ok(())
}

#[test]
fn after_every_storm_the_screens_show_what_the_journal_says() {
    let config = Config {
        cases: storms(),
        failure_persistence: None,
        ..Config::default()
    };
    let seen = std::cell::RefCell::new(Seen::default());
    let outcome = TestRunner::new(config).run(&weather::steps(), |steps| {
        let storm = play(&steps).map_err(TestCaseError::fail)?;
        let mut seen = seen.borrow_mut();
        seen.shown += storm.shown;
        seen.snapshots += storm.snapshots;
        seen.connections += storm.connections;
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    println!("{} storms: {seen:?}", storms());
    let storms = storms() as usize;
    assert!(seen.shown > storms * 5, "screens hardly changed");
    assert!(seen.snapshots < seen.shown, "nothing was ever resumed");
    assert!(
        seen.connections > u64::from(crate::storms()) * 2,
        "hardly a connection was lost"
    );
}
