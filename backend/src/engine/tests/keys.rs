//! Idempotency keys: a repeat does nothing and gets the same answer.

use super::stage::{MORNING, Stage, Watched, barista, journal, key, perform, shop};
use crate::engine::{Answer, Error, ManualClock, Request};
use presso_core::settings::Settings;
use presso_core::workflow::{Command, Rejection};

async fn scan(stage: &Stage, n: u32, key_n: u128, body: u8) -> Result<Answer, Error> {
    let request = stage.scan_request(n).keyed(key(key_n, body));
    stage.engine.command(request).await
}

#[tokio::test]
async fn a_repeat_gets_the_same_answer_and_the_journal_one_event() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let before = stage.version();
        // Two in the same commit, one after it.
        let (first, second) = tokio::join!(scan(&stage, 1, 1, 1), scan(&stage, 1, 1, 1));
        let third = scan(&stage, 1, 1, 1).await.unwrap();
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.body, second.body);
        assert_eq!(first.body, third.body);
        let repeated = (first.repeated, second.repeated, third.repeated);
        assert_eq!(repeated, (false, true, true));
        assert_eq!(stage.version(), before + 1);
    })
    .await;
    perform(journal(folder.path()).0, &clock, async |stage| {
        let again = scan(&stage, 1, 1, 1).await.unwrap();
        assert!(again.repeated, "a restart forgets no key");
    })
    .await;
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let (first, other) = tokio::join!(scan(&stage, 1, 1, 1), scan(&stage, 1, 1, 2));
        assert!(first.is_ok());
        assert_eq!(other, Err(Error::KeyReused));
        assert_eq!(scan(&stage, 1, 1, 2).await, Err(Error::KeyReused));
    })
    .await;
}

#[tokio::test]
async fn who_was_refused_under_a_key_is_refused_under_it_however_late_a_copy_comes() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let closed = Err(Error::Rejected(Rejection::ShopClosed));
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        stage.command(barista(), Command::CloseShop).await.unwrap();
        assert_eq!(scan(&stage, 1, 1, 1).await, closed);
        // A copy in the same commit as what would let it in, and one after it.
        let open = stage.command(barista(), Command::OpenShop);
        let (open, copy) = tokio::join!(open, scan(&stage, 1, 1, 1));
        assert!(open.is_ok());
        assert_eq!(copy, closed);
        assert_eq!(scan(&stage, 1, 1, 1).await, closed);
    })
    .await;
    perform(journal(folder.path()).0, &clock, async |stage| {
        assert_eq!(scan(&stage, 1, 1, 1).await, closed, "nor after a restart");
        // Who tries again draws another key.
        assert!(!scan(&stage, 1, 2, 1).await.unwrap().repeated);
        stage.clock.advance_ms(3_600_000);
        let forgotten = scan(&stage, 2, 1, 1).await;
        assert_ne!(forgotten, closed);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_that_could_not_be_written_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let watched = Watched::new(journal(folder.path()).0);
    let fail = watched.fail.clone();
    perform(watched, &clock, async |stage| {
        stage.open(Settings::default()).await;
        stage.command(barista(), Command::CloseShop).await.unwrap();
        *fail.lock() = Some(|| crate::journal::Error::Full);
        assert_eq!(scan(&stage, 1, 1, 1).await, Err(Error::Storage));
        *fail.lock() = None;
        stage.command(barista(), Command::OpenShop).await.unwrap();
        assert!(!scan(&stage, 1, 1, 1).await.unwrap().repeated);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let open = || Request::new(shop(), barista(), Command::OpenShop).keyed(key(1, 1));
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        assert!(!stage.engine.command(open()).await.unwrap().repeated);
        assert!(stage.engine.command(open()).await.unwrap().repeated);
        stage.clock.advance_ms(24 * 3_600_000);
        assert!(!stage.engine.command(open()).await.unwrap().repeated);
    })
    .await;
}
