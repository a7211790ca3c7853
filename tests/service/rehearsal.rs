//! A rehearsed day is a day: the one checker reads its journal as that of any other.

use presso_backend::rehearse::{self, DOORS, Figures, Plan};
use presso_core::settings::Settings;
use presso_tests::checker::{History, Span, must_hold};
use tempfile::TempDir;

/// A busy hour with two baristas, one of whose tablets may fail.
fn hour(seed: u64, faults: bool) -> Plan {
    Plan {
        seed,
        guests: 110,
        minutes: 60,
        baristas: 2,
        faults,
        settings: Settings {
            tablet_silent_s: 30,
            ..Plan::default().settings
        },
        ..Plan::default()
    }
}

async fn played(plan: &Plan) -> (Figures, History) {
    let folder = TempDir::new().expect("the system has a folder for temporary things");
    let day = rehearse::play(plan, folder.path()).await;
    let day = day.expect("it is played to its end");
    let mut history = History::in_folder(folder.path(), &rehearse::shop()).expect("it is there");
    // From before the doors opened until after the last thing that happened.
    let end = DOORS.plus_s(day.day_s + 1);
    history.running = vec![Span(DOORS.plus_ms(-60_000), end)];
    (day, history)
}

#[tokio::test(flavor = "current_thread")]
async fn a_rehearsed_hour_keeps_every_promise_and_leaves_no_order_stuck() {
    for (seed, faults) in [(1, false), (2, true), (3, true)] {
        let (day, history) = played(&hour(seed, faults)).await;
        must_hold(&history, &format!("seed {seed}"));
        assert_eq!((day.stuck, day.unlike), (0, 0), "{day:?}");
        assert_eq!(day.came, 110);
        let ended = day.collected + day.not_fetched + day.cancelled + day.not_chosen + day.not_made;
        assert_eq!(day.scanned, ended, "each order ended once: {day:?}");
        let elsewhere = day.turned_away() + day.came_late;
        assert_eq!(day.scanned + elsewhere, day.came, "nobody is forgotten");
        assert!(day.collected > 40, "{day:?}");
        assert_eq!(faults, day.repeated > 0 && day.dark > 0, "{day:?}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn the_same_seed_is_the_same_hour_and_another_one_is_not() {
    let plan = hour(5, true);
    let [first, second] = [played(&plan).await.0, played(&plan).await.0];
    let took_ms = first.took_ms;
    assert_eq!(first, Figures { took_ms, ..second });
    let (other, _) = played(&hour(6, true)).await;
    assert_ne!(first.journal, other.journal);
}

#[tokio::test(flavor = "current_thread")]
async fn a_folder_with_a_shop_in_it_is_never_rehearsed_in() {
    let folder = TempDir::new().expect("the system has a folder for temporary things");
    let plan = Plan {
        guests: 1,
        minutes: 10,
        ..Plan::default()
    };
    assert!(rehearse::play(&plan, folder.path()).await.is_ok());
    let again = rehearse::play(&plan, folder.path()).await;
    let why = again.expect_err("there is a database").to_string();
    assert!(why.contains("a folder of its own"), "{why}");
}

#[tokio::test(flavor = "current_thread")]
async fn at_a_pace_a_rehearsal_takes_as_long_as_it_says() {
    let folder = TempDir::new().expect("the system has a folder for temporary things");
    let plan = Plan {
        guests: 2,
        minutes: 10,
        speed: Some(2_000),
        ..Plan::default()
    };
    let day = rehearse::play(&plan, folder.path()).await.expect("played");
    assert!(day.times() <= 2_000 && day.times() > 400, "{day:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn the_report_is_one_page_that_asks_nobody_for_anything() {
    let plan = hour(1, false);
    let (day, _) = played(&plan).await;
    let answer = rehearse::ask(&plan, 100).await.expect("an answer");
    let page = rehearse::page(&plan, &day, &[answer]);
    for lacking in ["<script", "http", "src=", "url(", "@import"] {
        assert!(!page.contains(lacking), "{lacking}");
    }
    assert_eq!(page.matches("<svg").count(), 4);
    let told = format!("<dd>{}</dd>", day.collected);
    assert!(page.contains(&told), "{told}");
}
