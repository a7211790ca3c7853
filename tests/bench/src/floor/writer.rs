//! The floor's writer: one thread, which commits together whatever waits.

use super::store::{self, COLUMNS, Order};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use std::sync::mpsc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;

/// Where the outcome goes.
pub(super) type Reply = oneshot::Sender<rusqlite::Result<Order>>;

/// What to write.
pub(super) enum Work {
    Start,
    Submit(i64, String, Vec<String>),
    Complete(i64),
}

pub(super) struct Job {
    pub(super) work: Work,
    pub(super) reply: Reply,
}

/// Starts the thread; it ends when the last sender is gone.
pub(super) fn start(mut db: Connection) -> mpsc::Sender<Job> {
    let (sender, jobs) = mpsc::channel::<Job>();
    std::thread::spawn(move || {
        let mut tickets = 0;
        while let Ok(first) = jobs.recv() {
            let all = std::iter::once(first).chain(jobs.try_iter());
            // A failure drops the replies, which answers 503.
            if let Ok(written) = commit(&mut db, all, &mut tickets) {
                for (reply, outcome) in written {
                    let _ = reply.send(outcome);
                }
            }
        }
    });
    sender
}

type Written = Vec<(Reply, rusqlite::Result<Order>)>;

fn commit(
    db: &mut Connection,
    jobs: impl Iterator<Item = Job>,
    tickets: &mut i64,
) -> rusqlite::Result<Written> {
    let group = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let written = jobs
        .map(|job| (job.reply, write(&group, job.work, tickets)))
        .collect();
    group.commit()?;
    Ok(written)
}

fn write(group: &Transaction<'_>, work: Work, tickets: &mut i64) -> rusqlite::Result<Order> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_millis() as i64);
    let prepared = |sql: &str| group.prepare_cached(&format!("{sql} RETURNING {COLUMNS}"));
    match work {
        Work::Start => prepared("INSERT INTO \"order\" (state, started_at) VALUES ('choosing', ?1)")?
            .query_row(params![now], store::order),
        Work::Submit(id, drink, options) => {
            let order = prepared(
                "UPDATE \"order\" SET state = 'queued', ticket = ?2, drink = ?3, options = ?4,
                 submitted_at = ?5 WHERE id = ?1 AND state = 'choosing'",
            )?
            .query_row(
                params![id, *tickets + 1, drink, options.join(","), now],
                store::order,
            )?;
            *tickets += 1;
            Ok(order)
        }
        Work::Complete(id) => prepared(
            "UPDATE \"order\" SET state = 'ready', ready_at = ?2 WHERE id = ?1 AND state = 'queued'",
        )?
        .query_row(params![id, now], store::order),
    }
}
