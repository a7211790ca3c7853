//! What the server counts about itself, as OpenMetrics text. It names no person, token or address.

use crate::limits::Kind;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
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
}

impl Metrics {
    /// Nothing has happened yet.
    pub(crate) fn new(build: &str) -> Self {
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
        Self {
            registry,
            answered,
            took,
            too_often,
            connections,
            sockets,
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
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
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

    #[test]
    fn what_happened_is_told_by_name() {
        let metrics = Metrics::new("abc");
        metrics.answered(204, Duration::from_millis(3));
        metrics.answered(429, Duration::from_millis(3));
        metrics.too_often(Kind::Guests);
        let socket = metrics.socket();
        let gone = metrics.socket();
        drop(gone);
        let text = metrics.text().unwrap();
        for line in [
            "presso_requests_total{status=\"2xx\"} 1",
            "presso_requests_total{status=\"4xx\"} 1",
            "presso_requests_total{status=\"5xx\"} 0",
            "presso_request_seconds_count 2",
            "presso_too_often_total{limit=\"guests\"} 1",
            "presso_sockets 1",
            "presso_connections 0",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
        drop(socket);
    }
}
