//! Deadlines: on time, none early, after a restart too, and many at once.

use super::stage::{MORNING, barista, customer, journal, perform, roomy, shop, submit};
use crate::engine::ManualClock;
use presso_core::settings::Settings;
use presso_core::workflow::Command;

#[tokio::test]
async fn an_order_times_out_when_its_time_has_come_and_not_a_millisecond_before() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let order = stage.scan(1).await.unwrap();
        stage.clock.advance_ms(299_999);
        // A command goes through the engine: had the deadline passed, it would be seen.
        stage.command(barista(), Command::OpenShop).await.unwrap();
        assert_eq!(stage.state(order), Some("choosing"));
        stage.clock.advance_ms(1);
        stage.until(|s| s.state(order) == Some("timed_out")).await;
        assert!(stage.command(customer(1), submit(order)).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_deadline_that_passed_while_the_server_was_down_takes_effect_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let mut order = None;
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        order = Some(stage.order(1).await);
    })
    .await;
    let order = order.unwrap();
    clock.advance_ms(900_000);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.until(|s| s.state(order) == Some("timed_out")).await;
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_deadlines_of_one_second_all_pass() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(roomy()).await;
        for crowd in 0..20 {
            let scans = (0..500).map(|n| stage.scan_request(crowd * 500 + n));
            let mut all = tokio::task::JoinSet::new();
            for scan in scans {
                let engine = stage.engine.clone();
                all.spawn(async move { engine.command(scan).await.unwrap() });
            }
            all.join_all().await;
        }
        let before = stage.hub.committed(&shop()).unwrap();
        assert_eq!(before.in_progress, 10_000);
        let began = std::time::Instant::now();
        stage.clock.advance_ms(300_000);
        stage
            .until(|s| !s.hub.committed(&shop()).unwrap().has_live_orders())
            .await;
        println!("10,000 deadlines passed in {:?}", began.elapsed());
        assert_eq!(stage.version(), before.version + 10_000);
    })
    .await;
}

#[tokio::test]
async fn whoever_looks_at_the_code_is_woken_when_it_rotates() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let mut listener = stage.hub.listener();
        listener
            .watch(presso_core::board::Topic::Code(shop()), None)
            .unwrap();
        let first = listener.read();
        listener.changed().await;
        assert_eq!((first.len(), listener.read().len()), (1, 0));
        stage.clock.advance_ms(300_000);
        listener.changed().await;
        let second = listener.read();
        assert_eq!(second.len(), 1);
        assert_ne!(first, second);
    })
    .await;
}

#[tokio::test]
async fn orders_that_end_together_are_written_as_ended_also_when_nothing_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let (journal, reader) = journal(folder.path());
    perform(journal, &clock, async |stage| {
        let settings = Settings {
            undo_within_s: 0,
            ..roomy()
        };
        stage.open(settings).await;
        let mut orders = Vec::new();
        for n in 0..5 {
            orders.push(stage.scan(n).await.unwrap());
        }
        stage.clock.advance_ms(300_000);
        stage
            .until(|s| !s.hub.committed(&shop()).unwrap().has_live_orders())
            .await;
        for order in orders {
            let stored = reader.order(order).await.unwrap().unwrap();
            assert_eq!(stored.view.state.name(), "timed_out");
        }
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_while_the_server_was_down_goes_on_from_the_journal() {
    use crate::engine::{Clock, SystemClock};
    let clock = SystemClock::new();
    let ahead = clock.now().plus_s(3600);
    clock.not_before(ahead);
    assert!(clock.now() >= ahead && clock.now() < ahead.plus_s(60));
    clock.not_before(MORNING);
    assert!(clock.now() >= ahead, "it never goes back");
}
