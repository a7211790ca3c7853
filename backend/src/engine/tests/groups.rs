//! Many at once: they share commits, and limits and numbers stay exact.

use super::stage::{MORNING, Stage, Watched, journal, perform, roomy, shop, submit};
use crate::engine::handle::WAITING;
use crate::engine::{Answer, Error, ManualClock, Request};
use presso_core::board::OrderView;
use presso_core::id::OrderId;
use presso_core::settings::Settings;
use presso_core::workflow::Rejection;
use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::sync::atomic::Ordering;
use std::task::Poll;

async fn at_once(stage: &Stage, requests: Vec<Request>) -> Vec<Result<Answer, Error>> {
    let mut all = tokio::task::JoinSet::new();
    for request in requests {
        let engine = stage.engine.clone();
        all.spawn(async move { engine.command(request).await });
    }
    all.join_all().await
}

#[tokio::test]
async fn a_thousand_submits_at_once_share_few_commits_and_leave_no_gap() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let (inner, reader) = journal(folder.path());
    let journal = Watched::new(inner);
    let commits = journal.commits.clone();
    perform(journal, &clock, async |stage| {
        stage.open(roomy()).await;
        let opened_at = stage.version();
        let scans = (0..1000).map(|n| stage.scan_request(n)).collect();
        let before = commits.load(Ordering::Relaxed);
        let scanned = at_once(&stage, scans).await;
        let orders: Vec<OrderId> = scanned
            .into_iter()
            .map(|answer| {
                let body = answer.unwrap().body;
                let answer: presso_core::api::ScanAnswer = serde_json::from_slice(&body).unwrap();
                answer.order
            })
            .collect();
        let whose = |order| stage.hub.order(order).unwrap().customer;
        let submits = orders.iter().map(|order| {
            let actor = presso_core::order::Actor::guest(whose(*order));
            Request::new(shop(), actor, submit(*order)).answering(super::stage::view)
        });
        let submitted = at_once(&stage, submits.collect()).await;
        let tickets: BTreeSet<u32> = submitted
            .into_iter()
            .map(|answer| {
                let view: OrderView = serde_json::from_slice(&answer.unwrap().body).unwrap();
                view.ticket.unwrap().0
            })
            .collect();
        assert_eq!(tickets, (1..=1000).collect());
        let commits = commits.load(Ordering::Relaxed) - before;
        assert!(commits <= 100, "{commits} commits for 2,000 commands");
        assert_eq!(stage.version(), opened_at + 2000);
    })
    .await;
    let events = reader.events_at(shop(), 1, 10_000).await.unwrap();
    let versions: Vec<u64> = events.iter().map(|event| event.version).collect();
    assert_eq!(versions, (1..=events.len() as u64).collect::<Vec<_>>());
    assert!(events.windows(2).all(|pair| pair[0].at <= pair[1].at));
}

#[tokio::test]
async fn two_hundred_scans_at_once_of_ten_places_start_ten_orders() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let scans = (0..200).map(|n| stage.scan_request(n)).collect();
        let answers = at_once(&stage, scans).await;
        assert_eq!(answers.iter().filter(|a| a.is_ok()).count(), 10);
        let used_up = Err(Error::Rejected(Rejection::CodeUsedUp { places: 10 }));
        assert_eq!(answers.iter().filter(|a| **a == used_up).count(), 190);
    })
    .await;
}

#[tokio::test]
async fn too_many_waiting_are_told_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    perform(journal(folder.path()).0, &clock, async |stage| {
        stage.open(roomy()).await;
        let before = stage.version();
        let mut asked: Vec<_> = (0..2000)
            .map(|n| Box::pin(stage.engine.command(stage.scan_request(n))))
            .collect();
        // Each is sent once, before the engine gets its turn on this thread.
        let refused = poll_fn(|context| {
            let answers = asked.iter_mut().map(|ask| ask.as_mut().poll(context));
            let overloaded = Poll::Ready(Err(Error::Overloaded { retry_after_s: 1 }));
            Poll::Ready(answers.filter(|answer| *answer == overloaded).count())
        });
        assert_eq!(refused.await, 2000 - WAITING);
        for ask in asked.into_iter().take(WAITING) {
            ask.await.unwrap();
        }
        assert_eq!(stage.version(), before + WAITING as u64);
        assert!(stage.scan(5000).await.is_ok(), "and then it goes on");
    })
    .await;
}
