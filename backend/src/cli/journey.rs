//! `presso journey`: one order's history as a table, its ends and its present in words.

use super::door::Door;
use super::{Error, print};
use presso_core::api::GetJourney;
use presso_core::bus::instant_text;
use presso_core::id::OrderId;
use presso_core::journey::{Awaited, Journey, Step};
use presso_core::order::Role;
use presso_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;

pub(super) async fn run(door: &Door, order: OrderId, json: bool) -> Result<(), Error> {
    let found = door.send(&GetJourney { order }).await?;
    print::answer(json, &found, |found| {
        println!("{}\n", head(found));
        print::columns(&table(found));
        if let Some(last) = last(found) {
            println!("\n{last}");
        }
    });
    Ok(())
}

/// `ticket 7, 2026-11-25, times are UTC`
fn head(journey: &Journey) -> String {
    let ticket = journey.ticket;
    let ticket = ticket.map_or("no ticket yet".into(), |ticket| format!("ticket {ticket}"));
    let day = journey.steps.first().map(|step| instant_text(step.at));
    let day = day.unwrap_or_default();
    let day = day.split('T').next().unwrap_or_default();
    format!("{ticket}, {day}, times are UTC")
}

fn table(journey: &Journey) -> Vec<Vec<String>> {
    let names = [
        "#",
        "time",
        "after",
        "waited for",
        "who",
        "what",
        "state",
        "why",
    ];
    let mut rows = vec![names.map(str::to_owned).to_vec()];
    let spans = journey.steps.iter().map(|step| span(step.waited_ms));
    let widest = spans.map(|span| span.len()).max().unwrap_or_default();
    let widest = widest.max("after".len());
    let digits = journey.steps.len().to_string().len();
    for (number, step) in (1..).zip(&journey.steps) {
        let after = step.from.map(|_| span(step.waited_ms)).unwrap_or_default();
        rows.push(vec![
            format!("{number:>digits$}"),
            time(step.at),
            format!("{after:>widest$}"),
            step.waited_for.map(awaited).unwrap_or_default().into(),
            who(step),
            what(step),
            step.to.name().into(),
            why(step),
        ]);
    }
    rows
}

/// What it waits for, since when, and until when.
fn last(journey: &Journey) -> Option<String> {
    let waiting = journey.waiting?;
    let (awaited, since) = (awaited(waiting.awaited), time(waiting.since));
    let until = waiting
        .until
        .map(|at| format!(", until {} at the latest", time(at)));
    let until = until.unwrap_or_default();
    Some(format!("waits for {awaited} since {since}{until}"))
}

const fn awaited(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Choice => "the choice",
        Awaited::Barista => "a barista",
        Awaited::Drink => "the drink",
        Awaited::Collection => "its customer",
    }
}

fn who(step: &Step) -> String {
    let side = match step.by {
        Role::Customer => "customer",
        Role::Barista => "barista",
        Role::Clock => "clock",
        Role::Operator => "operator",
    };
    match &step.name {
        Some(name) => format!("{side} {name}"),
        None => side.to_owned(),
    }
}

fn what(step: &Step) -> String {
    match (step.verb, step.undid) {
        (None, _) => "scan".to_owned(),
        (Some(verb), Some(undid)) => format!("{} {}", verb.name(), undid.name()),
        (Some(verb), None) => verb.name().to_owned(),
    }
}

fn why(step: &Step) -> String {
    match (step.reason, step.cause) {
        (Some(reason), _) => word(reason),
        (None, Some(cause)) => format!("the {} was too late", word(cause)),
        (None, None) => String::new(),
    }
}

/// A word of the wire.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// `10:00:42`
fn time(at: Timestamp) -> String {
    let text = instant_text(at);
    let time = text.split_once('T').map_or("", |(_, time)| time);
    time.trim_end_matches('Z').to_owned()
}

/// `0:42`, and `1:00:42` from an hour on.
fn span(ms: i64) -> String {
    let s = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (s / 3600, s / 60 % 60, s % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn journey() -> Journey {
        let noon = 1_764_072_000_000_i64;
        let step = |after_s: i64, waited_s: i64, by: &str, verb: Value, from: Value, to: &str| {
            json!({ "version": 1, "at": noon + after_s * 1000, "waited_ms": waited_s * 1000,
                    "waited_for": null, "verb": verb, "undid": null, "by": by, "staff": null,
                    "name": null, "from": from, "to": to, "reason": null, "cause": null })
        };
        let mut claim = step(
            3724,
            3682,
            "barista",
            json!("claim"),
            json!("queued"),
            "making",
        );
        claim["name"] = json!("Bo");
        claim["waited_for"] = json!("barista");
        let mut cancel = step(
            3730,
            6,
            "barista",
            json!("cancel"),
            json!("making"),
            "cancelled",
        );
        cancel["reason"] = json!("out_of_stock");
        let steps = [
            step(0, 0, "customer", Value::Null, Value::Null, "choosing"),
            step(
                42,
                42,
                "customer",
                json!("submit"),
                json!("choosing"),
                "queued",
            ),
            claim,
            cancel,
        ];
        let order = "0193a1b2-0000-7000-8000-000000000001";
        let journey = json!({ "order": order, "ticket": 7, "steps": steps, "waiting": null });
        serde_json::from_value(journey).unwrap()
    }

    #[test]
    fn a_row_says_who_when_why_and_what_it_waited_for_in_columns() {
        let journey = journey();
        assert_eq!(head(&journey), "ticket 7, 2025-11-25, times are UTC");
        let rows = table(&journey);
        assert_eq!(rows[1][..3], ["1", "12:00:00", "       "]);
        assert_eq!(rows[2][1..3], ["12:00:42", "   0:42"]);
        let claim = [
            "3",
            "13:02:04",
            "1:01:22",
            "a barista",
            "barista Bo",
            "claim",
            "making",
            "",
        ];
        assert_eq!(rows[3], claim);
        assert_eq!(rows[4][5..], ["cancel", "cancelled", "out of stock"]);
        assert_eq!(last(&journey), None);
    }

    #[test]
    fn what_is_not_over_says_what_it_waits_for() {
        let mut journey = journey();
        journey.waiting = serde_json::from_value(
            json!({ "for": "drink", "since": 1_764_072_000_000_i64, "until": 1_764_072_900_000_i64 }),
        )
        .unwrap();
        let said = "waits for the drink since 12:00:00, until 12:15:00 at the latest";
        assert_eq!(last(&journey).as_deref(), Some(said));
    }
}
