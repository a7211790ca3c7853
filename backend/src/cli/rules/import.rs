//! `presso rules import`: what EventBridge has kept, spelled as it is here.

use presso_core::bus::import;
use presso_core::pattern::Pattern;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};

/// What was read.
#[derive(Default)]
struct Seen {
    events: u64,
    left_out: u64,
    kinds: BTreeMap<String, u64>,
    orders: BTreeSet<String>,
    unreadable: Vec<String>,
}

/// How many lines that cannot be read are told one by one.
const TOLD: usize = 10;

/// Reads an envelope a line, writes each that matches as it is spelled here, and tells on standard
/// error what there was. False when a line could not be read.
///
/// # Errors
/// Why reading or writing failed.
pub(super) fn run(
    archive: impl BufRead,
    pattern: Option<&Pattern>,
    mut out: impl Write,
) -> Result<bool, String> {
    let mut seen = Seen::default();
    for (number, line) in (1_u64..).zip(archive.lines()) {
        let line = line.map_err(|why| format!("line {number}: {why}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let read = serde_json::from_str::<Value>(&line).map_err(|why| why.to_string());
        match read.and_then(|one| import(one).map_err(|bad| bad.to_string())) {
            Ok(envelope) if pattern.is_none_or(|pattern| pattern.matches(&envelope)) => {
                seen.count(&envelope);
                writeln!(out, "{envelope}").map_err(|why| format!("standard output: {why}"))?;
            }
            Ok(_) => seen.left_out += 1,
            Err(why) => seen.unreadable.push(format!("line {number}: {why}")),
        }
    }
    seen.tell();
    Ok(seen.unreadable.is_empty())
}

impl Seen {
    fn count(&mut self, envelope: &Value) {
        self.events += 1;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        *self
            .kinds
            .entry(text(&envelope["detail-type"]))
            .or_default() += 1;
        if let Some(order) = envelope["detail"]["orderId"].as_str() {
            self.orders.insert(order.to_owned());
        }
    }

    fn tell(&self) {
        let (events, orders, left_out) = (self.events, self.orders.len(), self.left_out);
        eprintln!("{events} events of {orders} orders; {left_out} left out by the pattern");
        for (kind, count) in &self.kinds {
            eprintln!("{count:>8} {kind}");
        }
        for line in self.unreadable.iter().take(TOLD) {
            eprintln!("presso: {line}");
        }
        if self.unreadable.len() > TOLD {
            eprintln!("presso: and {} lines more", self.unreadable.len() - TOLD);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_archive_is_read_line_by_line_and_narrowed_by_a_pattern() {
        let envelope = |kind: &str| {
            json!({
                "id": "1", "detail-type": kind, "source": "awsserverlessda.serverlesspresso",
                "time": "2022-11-30T18:04:05Z", "detail": { "orderId": "7" },
            })
        };
        let lines = [
            envelope("OrderManager.Orderdemo-COMPLETED").to_string(),
            String::new(),
            envelope("OrderManager.MakeOrder").to_string(),
        ];
        let pattern = json!({ "detail": { "ORDERSTATE": ["demo-COMPLETED"] } }).to_string();
        let pattern = Pattern::parse(&pattern).unwrap();
        let mut out = Vec::new();
        let whole = run(lines.join("\n").as_bytes(), Some(&pattern), &mut out);
        assert_eq!(whole, Ok(true));
        let out: Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(out["detail-type"], "OrderManager.OrderCompleted");
        let broken = run("{}\nx\n".as_bytes(), None, Vec::new());
        assert_eq!(broken, Ok(false));
    }
}
