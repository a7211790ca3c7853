//! What the server counts about itself, as OpenMetrics text. It names no person, token or address.

use crate::engine::Tally;
use crate::limits::Kind;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// The media type of [`Metrics::text`].
pub(crate) const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// One label: its name and its value.
type Label = [(&'static str, &'static str); 1];

/// Counters, gauges and times, and their names.
pub(crate) struct Metrics {
    registry: Registry,
    /// By the first digit of the status, from 1 on.
    answered: [Counter; 5],
    took: Histogram,
    too_often: Family<Label, Counter>,
    connections: Gauge,
    sockets: Gauge,
    seen: Seen,
}

/// What is looked at whenever somebody asks.
#[derive(Clone, Default)]
struct Seen {
    under_way: Gauge,
    alive: Gauge,
    oldest_s: Gauge<f64, AtomicU64>,
    wal: Gauge,
    room: Gauge,
}

/// What there is just now.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Now {
    /// Commands and writes that wait for their commit.
    pub(crate) under_way: usize,
    /// Orders that have not ended.
    pub(crate) alive: usize,
    /// How old the oldest of them is, milliseconds.
    pub(crate) oldest_ms: i64,
    /// How long the log is, bytes.
    pub(crate) wal_bytes: u64,
    /// How much room the data folder's disk has, bytes; none where that is not to be known.
    pub(crate) room_bytes: Option<u64>,
}

impl Metrics {
    /// Nothing has happened yet.
    pub(crate) fn new(build: &str, engine: &Tally) -> Self {
        let mut registry = Registry::with_prefix("presso");
        let facts = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("pages", build.to_owned()),
        ];
        registry.register("build", "Which build runs", Info::new(facts));
        let requests = Family::<Label, Counter>::default();
        let answered = ["1xx", "2xx", "3xx", "4xx", "5xx"]
            .map(|class| requests.get_or_create_owned(&[("status", class)]));
        registry.register("requests", "Requests answered, by status", requests);
        // From half a millisecond to 16 seconds.
        let took = Histogram::new(exponential_buckets(0.0005, 2.0, 16));
        let help = "How long requests took, seconds";
        registry.register("request_seconds", help, took.clone());
        let too_often = Family::<Label, Counter>::default();
        let help = "What was refused because it came too often, by limit";
        registry.register("too_often", help, too_often.clone());
        let (connections, sockets) = (Gauge::default(), Gauge::default());
        let help = "Connections that are open, sockets among them";
        registry.register("connections", help, connections.clone());
        let help = "WebSockets that are open";
        registry.register("sockets", help, sockets.clone());
        engine.register(&mut registry);
        let seen = Seen::default();
        let help = "Commands that wait for their commit";
        registry.register("under_way", help, seen.under_way.clone());
        let help = "Orders that have not ended";
        registry.register("orders_alive", help, seen.alive.clone());
        let help = "How old the oldest order is that has not ended, seconds";
        registry.register("oldest_order_seconds", help, seen.oldest_s.clone());
        let help = "How long the database's log is, bytes";
        registry.register("wal_bytes", help, seen.wal.clone());
        let help = "How much room the data folder's disk has, bytes";
        registry.register("disk_free_bytes", help, seen.room.clone());
        Self {
            registry,
            answered,
            took,
            too_often,
            connections,
            sockets,
            seen,
        }
    }
    /// A request was answered.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, self.answered.len());
        self.answered[class - 1].inc();
        self.took.observe(took.as_secs_f64());
    }
    /// Something was refused for coming too often.
    pub(crate) fn too_often(&self, kind: Kind) {
        self.too_often
            .get_or_create(&[("limit", kind.name())])
            .inc();
    }
    /// A connection is open, until this is dropped.
    pub(crate) fn connection(&self) -> Open {
        Open::new(&self.connections)
    }
    /// A socket is open, until this is dropped.
    pub(crate) fn socket(&self) -> Open {
        Open::new(&self.sockets)
    }
    /// Everything, as text.
    ///
    /// # Errors
    /// None that is known of: writing to memory.
    pub(crate) fn text(&self, now: Now) -> Result<String, std::fmt::Error> {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let Seen {
            under_way,
            alive,
            oldest_s,
            wal,
            room,
        } = &self.seen;
        under_way.set(whole(now.under_way as u64));
        alive.set(whole(now.alive as u64));
        oldest_s.set(now.oldest_ms.max(0) as f64 / 1000.0);
        wal.set(whole(now.wal_bytes));
        room.set(now.room_bytes.map_or(-1, whole));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// One of those that a gauge counts.
pub(crate) struct Open(Gauge);

impl Open {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::id::EventId;
    use presso_core::order::Actor;
    use presso_core::time::Timestamp;
    use presso_core::workflow::{Event, EventKind};

    #[test]
    fn what_happened_is_told_by_name() {
        let engine = Tally::default();
        let metrics = Metrics::new("abc", &engine);
        metrics.answered(204, Duration::from_millis(3));
        metrics.answered(429, Duration::from_millis(3));
        metrics.too_often(Kind::Guests);
        let socket = metrics.socket();
        let gone = metrics.socket();
        drop(gone);
        let now = Now {
            under_way: 3,
            alive: 2,
            oldest_ms: 1500,
            wal_bytes: 4096,
            room_bytes: None,
        };
        let text = metrics.text(now).unwrap();
        for line in [
            "presso_requests_total{status=\"2xx\"} 1",
            "presso_requests_total{status=\"4xx\"} 1",
            "presso_requests_total{status=\"5xx\"} 0",
            "presso_request_seconds_count 2",
            "presso_too_often_total{limit=\"guests\"} 1",
            "presso_sockets 1",
            "presso_connections 0",
            "presso_under_way 3",
            "presso_orders_alive 2",
            "presso_oldest_order_seconds 1.5",
            "presso_wal_bytes 4096",
            "presso_disk_free_bytes -1",
            "presso_commits_total{outcome=\"failed\"} 0",
            "presso_commit_seconds_count 0",
            "presso_deadline_late_seconds_count 0",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
        drop(socket);
    }

    #[test]
    fn every_name_in_the_alert_rules_is_told() {
        let engine = Tally::default();
        engine.happened(&[Event {
            id: EventId(uuid::Uuid::nil()),
            version: 1,
            at: Timestamp(0),
            actor: Actor::Operator,
            kind: EventKind::ShopOpened,
        }]);
        let metrics = Metrics::new("abc", &engine);
        metrics.too_often(Kind::Guests);
        let text = metrics.text(Now::default()).unwrap();
        let rules = include_str!("../../deploy/presso-alerts.yml");
        let names = rules.split(|c: char| !c.is_ascii_lowercase() && c != '_');
        let names: Vec<&str> = names.filter(|name| name.starts_with("presso_")).collect();
        assert!(names.len() > 10, "{names:?}");
        for name in names {
            let name = name.trim_end_matches("_total").trim_end_matches("_bucket");
            assert!(text.contains(&format!("# HELP {name} ")), "{name}");
        }
    }
}
