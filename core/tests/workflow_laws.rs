//! Is the workflow right? Generated histories against named laws. `PRESSO_HISTORIES=1000000` runs as
//! many as one likes (10,000 without it); a failure prints the shortest history as a story.

#![allow(unreachable_pub, reason = "the parts of one test share everything")]

#[path = "laws/history.rs"]
mod history;
#[path = "laws/recount.rs"]
mod recount;
#[path = "laws/retold.rs"]
mod retold;
#[path = "laws/rules.rs"]
mod rules;
#[path = "laws/story.rs"]
mod story;
#[path = "laws/table.rs"]
mod table;
#[path = "laws/world.rs"]
mod world;

use history::Step;
use presso_core::code::Window;
use presso_core::order::Actor;
use presso_core::settings::Settings;
use presso_core::workflow::{Command, EventKind};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use world::World;

fn histories() -> u32 {
    std::env::var("PRESSO_HISTORIES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000)
}

/// Runs one history; the first broken law is the error.
fn run(steps: &[Step]) -> Result<World, String> {
    let mut world = World::new();
    for step in steps {
        world.take(step);
        rules::after_each_step(&world)?;
    }
    rules::at_the_end(&world)?;
    recount::law_the_shop_is_what_its_events_say(&world)?;
    retold::law_one_orders_events_tell_of_it_what_the_shop_does(&world)?;
    Ok(world)
}

#[test]
fn generated_histories_keep_every_law() {
    let cases = histories();
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let (mut steps_taken, mut accepted, mut kinds) =
        (0_u64, 0_u64, std::collections::BTreeSet::new());
    let tally = std::cell::RefCell::new((&mut steps_taken, &mut accepted, &mut kinds));
    let outcome = runner.run(&history::steps(), |steps| match run(&steps) {
        Ok(world) => {
            let mut tally = tally.borrow_mut();
            *tally.0 += steps.len() as u64;
            *tally.1 += world.events.len() as u64;
            tally
                .2
                .extend(world.events.iter().map(|e| story::type_of(&e.kind)));
            Ok(())
        }
        Err(broken) => Err(TestCaseError::fail(broken)),
    });
    if let Err(TestError::Fail(broken, minimal)) = outcome {
        panic!(
            "{broken}\n\nThe shortest history that breaks it:\n{}",
            story::tell(&minimal)
        );
    }
    assert!(outcome.is_ok(), "{outcome:?}");
    println!(
        "{cases} histories, {steps_taken} steps, {accepted} events of {} kinds",
        kinds.len()
    );
    // A law that is never put to the test says nothing: every kind of event must have happened.
    assert_eq!(kinds.len(), story::KINDS, "kinds of events seen: {kinds:?}");
}

/// Found by the laws: a ticket of the period before came back beside its namesake.
#[test]
fn a_new_period_leaves_nothing_of_the_old_one_to_undo() {
    let world = run(&[
        Step::Open { staff: 0 },
        Step::Scan {
            customer: 0,
            back: 0,
        },
        Step::Submit {
            customer: 0,
            order: 0,
            choice: 0,
        },
        Step::CustomerCancels {
            customer: 0,
            order: 0,
        },
        Step::StartPeriod,
        Step::Scan {
            customer: 1,
            back: 0,
        },
        Step::Submit {
            customer: 1,
            order: 0,
            choice: 0,
        },
        Step::CustomerUndoes {
            customer: 0,
            order: 1,
        },
        Step::Scan {
            customer: 0,
            back: 0,
        },
    ]);
    let world = world.expect("no law is broken");
    let tickets = world
        .shop
        .orders
        .values()
        .filter(|o| o.state.in_progress() && o.ticket.is_some());
    assert_eq!(tickets.count(), 1, "the old order stays cancelled");
}

/// Found by the simulation: an order that was taken back from its end when its code was dead has no
/// place, and gave one back when a longer grace had brought the code to life again.
#[test]
fn a_place_that_was_not_taken_again_is_not_given_back_again() {
    let mut world = World::new();
    let grace = |grace_s| Command::ChangeSettings {
        settings: Settings {
            grace_s,
            undo_within_s: 60,
            ..world::settings(0)
        },
    };
    let cancel = Step::CustomerCancels {
        customer: 0,
        order: 0,
    };
    world.take(&Step::Open { staff: 0 });
    world.put(Actor::Operator, &grace(0));
    let window = Window::at(world.now, world.shop.settings.rotation_s);
    world.now = window.rotates_at().plus_ms(-5_000);
    world.take(&Step::Scan {
        customer: 0,
        back: 0,
    });
    world.take(&cancel);
    assert_eq!(world.shop.places[&window], 0, "the code lived");
    world.take(&Step::Wait { seconds: 10 });
    world.take(&Step::CustomerUndoes {
        customer: 0,
        order: 0,
    });
    world.put(Actor::Operator, &grace(60));
    world.take(&cancel);
    let last = world.events.last().map(|event| &event.kind);
    let returned = |kind: &EventKind| {
        matches!(
            kind,
            EventKind::OrderCancelled {
                place_returned: true,
                ..
            }
        )
    };
    assert!(last.is_some_and(|kind| kind.name() == "order_cancelled" && !returned(kind)));
}

/// Found by the laws: codes were sorted by their number, whatever their length, and a dead one of a
/// short rotation stayed behind a living one of a long rotation for good.
#[test]
fn a_dead_code_is_forgotten_whatever_its_length() {
    let scan = |customer| Step::Scan { customer, back: 0 };
    let world = run(&[
        Step::Open { staff: 0 },
        Step::Settings { variant: 3 },
        scan(0),
        Step::Settings { variant: 0 },
        Step::Wait { seconds: 50_000 },
        Step::PassDeadlines,
        scan(1),
    ]);
    let world = world.expect("no law is broken");
    assert_eq!(world.shop.places.len(), 1, "the code that lives");
}

#[test]
fn decide_agrees_with_a_table_written_out_by_hand() {
    table::compare();
}

#[test]
fn a_broken_history_is_told_as_a_story() {
    let told = story::tell(&[
        Step::Open { staff: 0 },
        Step::Scan {
            customer: 1,
            back: 0,
        },
        Step::Submit {
            customer: 1,
            order: 0,
            choice: 0,
        },
    ]);
    let expected = "\
00:00:00  barista 0 opens the shop → period 1 started, opened
00:00:00  customer 1 scans the code → order 0 started, place 1
00:00:00  customer 1 submits order 0 (latte, oat) → order 0 got ticket 1
";
    assert_eq!(told, expected);
}

proptest! {
    #![proptest_config(Config { cases: 500, failure_persistence: None, ..Config::default() })]

    /// A snapshot at any point, read back from JSON, and the tail give the same shop.
    #[test]
    fn a_snapshot_and_the_events_after_it_equal_the_whole_history(
        steps in history::steps(), cut in 0_usize..200,
    ) {
        let world = run(&steps).map_err(TestCaseError::fail)?;
        let cut = cut.min(world.events.len());
        let mut shop = world::replay(&world.events[..cut]);
        let json = serde_json::to_string(&shop).expect("a shop is JSON");
        shop = serde_json::from_str(&json).expect("and reads back");
        for event in &world.events[cut..] {
            let json = serde_json::to_string(event).expect("an event is JSON");
            let named = format!("\"type\":\"{}\"", event.kind.name());
            assert!(json.contains(&named), "{named} in {json}");
            presso_core::workflow::evolve(&mut shop, &serde_json::from_str(&json).expect("reads back"));
        }
        prop_assert_eq!(shop, world.shop);
    }
}
