//! What the engine counts about itself. It changes nothing that it does.

use crate::journal::Committed;
use presso_core::workflow::{Event, Rejection};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Instant;

/// One label: its name and its value.
type Label = [(&'static str, &'static str); 1];

/// Counters and times; clones count together.
#[derive(Clone)]
pub struct Tally {
    commits: Family<Label, Counter>,
    commit: Histogram,
    events: Family<Label, Counter>,
    refused: Family<Label, Counter>,
    late: Histogram,
}

impl Default for Tally {
    fn default() -> Self {
        // From a tenth of a millisecond to 3 s, and from a millisecond to 2 minutes.
        let commit = Histogram::new(exponential_buckets(0.0001, 2.0, 16));
        let late = Histogram::new(exponential_buckets(0.001, 2.0, 18));
        Self {
            commits: Family::default(),
            commit,
            events: Family::default(),
            refused: Family::default(),
            late,
        }
    }
}

impl Tally {
    /// Under which names they are told.
    pub(crate) fn register(&self, registry: &mut Registry) {
        for outcome in ["done", "failed"] {
            drop(self.commits.get_or_create(&[("outcome", outcome)]));
        }
        let help = "Commits, by what became of them";
        registry.register("commits", help, self.commits.clone());
        let help = "How long commits took, seconds";
        registry.register("commit_seconds", help, self.commit.clone());
        let help = "What happened, by kind; orders end collected, cancelled, timed out or swept";
        registry.register("events", help, self.events.clone());
        let help = "Commands that the workflow refused, by rule";
        registry.register("refused", help, self.refused.clone());
        let help = "How late deadlines took effect, seconds";
        registry.register("deadline_late_seconds", help, self.late.clone());
    }
    /// A commit, from its beginning to its end.
    pub(super) fn commit<F>(&self, ends: F) -> impl Future<Output = Committed> + use<F>
    where
        F: Future<Output = Committed>,
    {
        let (began, took, commits) = (Instant::now(), self.commit.clone(), self.commits.clone());
        async move {
            let committed = ends.await;
            took.observe(began.elapsed().as_secs_f64());
            let outcome = if committed.1.is_ok() {
                "done"
            } else {
                "failed"
            };
            commits.get_or_create(&[("outcome", outcome)]).inc();
            committed
        }
    }
    /// It is on disk.
    pub(crate) fn happened(&self, events: &[Event]) {
        for event in events {
            let kind = [("type", event.kind.name())];
            self.events.get_or_create(&kind).inc();
        }
    }
    /// The workflow refused a command.
    pub(super) fn refused(&self, rejection: &Rejection) {
        let rule = [("rule", rejection.code())];
        self.refused.get_or_create(&rule).inc();
    }
    /// A deadline takes effect, so late.
    pub(super) fn late(&self, late_ms: i64) {
        // Milliseconds fit whatever a double holds exactly.
        self.late.observe(late_ms.max(0) as f64 / 1000.0);
    }
}
