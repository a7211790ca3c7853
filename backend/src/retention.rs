//! What shops keep no longer than they say (`names_kept_days`): looked through once a day, and at
//! the start. The database's log is emptied then, since it still has what was erased meanwhile.

use crate::app::App;
use crate::bus;
use crate::identity::{Broom, erase_old};

/// How often, milliseconds.
const DAY_MS: i64 = 86_400_000;
/// How often it is looked whether a day has passed, and after a failure, milliseconds.
const LOOK_MS: i64 = 3_600_000;

/// Works until the server stops.
pub async fn run(app: App) {
    let broom = Broom::every(DAY_MS);
    let mut stopping = app.stopping.subscribe();
    loop {
        if broom.is_due(app.clock.now()) && !sweep(&app).await {
            broom.again();
        }
        let next = app.clock.now().plus_ms(LOOK_MS);
        tokio::select! {
            () = app.clock.sleep_until(next) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}

/// Every shop, to its end, and then the log; false when something could not be written.
async fn sweep(app: &App) -> bool {
    for shop in app.hub.shops() {
        let Some(settings) = app.hub.settings(&shop) else {
            continue;
        };
        let now = app.clock.now();
        let before = now.plus_ms(-DAY_MS * i64::from(settings.names_kept_days));
        let mut rows = 0;
        loop {
            let of = shop.clone();
            let write = move |db: &rusqlite::Connection| erase_old(db, &of, before);
            let Ok((erased, more)) = app.engine.write(write).await else {
                return false; // the engine has logged why
            };
            app.hub.forget_names(&erased.orders);
            rows += erased.rows.iter().map(|(_, rows)| rows).sum::<usize>();
            if !more {
                break;
            }
        }
        if rows > 0 {
            tracing::info!(%shop, rows, "erased what is older than the shop keeps it");
        }
    }
    loop {
        let now = app.clock.now();
        let prune = move |db: &rusqlite::Connection| bus::prune_puts(db, now);
        match app.engine.write(prune).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return false, // the engine has logged why
        }
    }
    let scrubber = app.reader.scrubber().clone();
    match tokio::task::spawn_blocking(move || scrubber.empty_log()).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the log cannot be emptied");
            false
        }
        Err(_) => false, // the thread panicked, which is logged
    }
}
