//! A commit that fails: everyone is refused, and nothing is left of what was only thought.

use super::stage::{MORNING, Watched, barista, customer, journal, perform, shop, submit};
use crate::engine::{Error, ManualClock};
use crate::journal;
use presso_core::settings::Settings;
use presso_core::workflow::Command;

#[tokio::test]
async fn a_failed_commit_refuses_everyone_and_forgets_what_it_was_about() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let journal = Watched::new(journal(folder.path()).0);
    let fail = journal.fail.clone();
    perform(journal, &clock, async |stage| {
        let settings = Settings {
            capacity: 1,
            ..Settings::default()
        };
        stage.open(settings).await;
        let before = stage.hub.committed(&shop()).unwrap();
        *fail.lock() = Some(|| journal::Error::Full);
        // The second is refused only because of the first, which does not come to be.
        let (first, second) = tokio::join!(stage.scan(1), stage.scan(2));
        assert_eq!((first, second), (Err(Error::Storage), Err(Error::Storage)));
        assert_eq!(stage.hub.committed(&shop()).unwrap(), before);
        *fail.lock() = None;
        let order = stage.scan(2).await.unwrap();
        assert_eq!(stage.version(), before.version + 1);
        // Its deadline is known to the engine, the lost order's is not.
        stage.clock.advance_ms(300_000);
        stage.until(|s| s.state(order) == Some("timed_out")).await;
        assert_eq!(stage.version(), before.version + 2);
    })
    .await;
}

#[tokio::test]
async fn a_shop_whose_creation_failed_is_not_there_and_can_be_created() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let journal = Watched::new(journal(folder.path()).0);
    let fail = journal.fail.clone();
    perform(journal, &clock, async |stage| {
        *fail.lock() = Some(|| journal::Error::Full);
        let create = Command::CreateShop {
            settings: Settings::default(),
            menu: super::stage::menu(),
        };
        let failed = stage
            .command(presso_core::order::Actor::Operator, create)
            .await;
        assert_eq!(failed, Err(Error::Storage));
        assert!(stage.hub.shops().is_empty());
        *fail.lock() = None;
        stage.open(Settings::default()).await;
        stage.order(1).await;
    })
    .await;
}

#[tokio::test]
async fn a_name_whose_commit_failed_is_on_no_cup() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let journal = Watched::new(journal(folder.path()).0);
    let fail = journal.fail.clone();
    perform(journal, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let order = stage.scan(1).await.unwrap();
        let named = |name: &str| {
            crate::engine::Request::new(shop(), customer(1), submit(order))
                .named(Some(name.to_owned()))
        };
        *fail.lock() = Some(|| journal::Error::Full);
        assert!(stage.engine.command(named("Eve")).await.is_err());
        assert_eq!(stage.hub.order(order).unwrap().for_staff.name, None);
        *fail.lock() = None;
        stage.engine.command(named("Ada")).await.unwrap();
        let view = stage.hub.order(order).unwrap().for_staff;
        assert_eq!(view.name.as_deref(), Some("Ada"));
    })
    .await;
}

#[tokio::test]
async fn a_write_that_fails_takes_back_its_own_rows_only() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let (journal, reader) = journal(folder.path());
    perform(journal, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let bad = stage.engine.write(|db| {
            db.execute("INSERT INTO staff_names VALUES (x'01', 'Mallory')", [])?;
            db.execute("INSERT INTO nowhere VALUES (1)", [])
        });
        let good = stage
            .engine
            .write(|db| db.execute("INSERT INTO staff_names VALUES (x'02', 'Grace')", []));
        let command = stage.command(barista(), Command::CloseShop);
        let (bad, good, command) = tokio::join!(bad, good, command);
        assert_eq!((bad, good), (Err(Error::Storage), Ok(1)));
        assert!(command.is_ok());
    })
    .await;
    let names = reader.query(|db| {
        let mut statement = db.prepare("SELECT name FROM staff_names")?;
        statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(names.await.unwrap(), ["Grace"]);
}

#[tokio::test]
async fn a_disk_that_failed_to_sync_ends_the_process_after_everyone_was_refused() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    let journal = Watched::new(journal(folder.path()).0);
    let fail = journal.fail.clone();
    perform(journal, &clock, async |stage| {
        stage.open(Settings::default()).await;
        let fatal = || stage.fatal.load(std::sync::atomic::Ordering::Relaxed);
        *fail.lock() = Some(|| journal::Error::Full);
        assert_eq!(stage.scan(1).await, Err(Error::Storage));
        assert_eq!(fatal(), 0);
        *fail.lock() = Some(|| journal::Error::SyncFailed("EIO".into()));
        assert_eq!(stage.scan(1).await, Err(Error::Storage));
        assert_eq!(fatal(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_engine_on_its_own_thread_stops_and_lets_go_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(MORNING);
    for _ in 0..2 {
        let setup = super::stage::setup(super::stage::journal(folder.path()).0, &clock).0;
        let started = crate::engine::start(setup).await.unwrap();
        let engine = started.engine.clone();
        engine.write(|_| Ok(())).await.unwrap();
        started.stop().await;
        assert_eq!(engine.write(|_| Ok(())).await, Err(Error::Stopping));
    }
}
