//! What it costs to find the rules that an event matches, among few and among many.
//!
//! The rules are those of many shops: each names the source, one of ten kinds of events and one
//! shop, and asks something of a value beside. Each event matches one rule, however many there
//! are, so that the figures differ by finding it and not by what is found.

use crate::finding::{Bar, Finding};
use presso_core::pattern::{Malformed, Pattern, Rules};
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How many rules; the ratio is that of the last two.
const SIZES: [usize; 3] = [1, 100, 10_000];
const KINDS: usize = 10;
const ROUNDS: usize = 9;
/// Of one measurement, at least.
const TIME: Duration = Duration::from_millis(60);

/// What the ratio of 10,000 rules to 100 may be.
const BAR: f64 = 3.0;

/// Measures and answers the figures.
///
/// # Errors
/// A pattern of ours that is malformed.
pub fn run() -> Result<Vec<Finding>, Malformed> {
    let events = events();
    let pinned = SIZES.map(|size| rules(size, pinned));
    let [one, hundred, all] = pinned;
    let pinned = [one?, hundred?, all?];
    let loose = [rules(SIZES[1], loose)?, rules(SIZES[2], loose)?];
    let mut times: [Vec<f64>; 6] = Default::default();
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        for (times, rules) in times.iter_mut().zip(pinned.iter().map(|(rules, _)| rules)) {
            times.push(time_ns(&events, |event| rules.matching(event).len()));
        }
        for (times, (rules, _)) in times[3..5].iter_mut().zip(&loose) {
            times.push(time_ns(&events, |event| rules.matching(event).len()));
        }
        let patterns = &pinned[2].1;
        times[5].push(time_ns(&events[..4], |event| {
            patterns
                .iter()
                .filter(|pattern| pattern.matches(event))
                .count()
        }));
        let last = |nth: usize| times[nth].last().copied().unwrap_or(f64::NAN);
        ratios.push(last(2) / last(1));
    }
    let ns = |what: &str, times: &[f64]| Finding::new(what.to_owned(), times, "ns", Bar::None);
    let [one, hundred, all, loose_hundred, loose_all, each] = &times;
    Ok(vec![
        ns("an event against 1 rule", one),
        ns("against 100 rules", hundred),
        ns("against 10,000 rules", all),
        Finding::new(
            "10,000 rules to 100".to_owned(),
            &ratios,
            "×",
            Bar::AtMost(BAR),
        ),
        ns("10,000 patterns tried one by one", each),
        ns("100 rules that pin only the source", loose_hundred),
        ns("10,000 rules that pin only the source", loose_all),
    ])
}

type Many = (Rules<usize>, Vec<Pattern>);

fn rules(size: usize, pattern: fn(usize) -> Value) -> Result<Many, Malformed> {
    let mut rules = Rules::new();
    let mut patterns = Vec::with_capacity(size);
    for nth in 0..size {
        let pattern = Pattern::parse(&pattern(nth).to_string())?;
        rules.insert(nth, pattern.clone());
        patterns.push(pattern);
    }
    Ok((rules, patterns))
}

fn kind(nth: usize) -> String {
    format!("OrderManager.Kind{}", nth % KINDS)
}

fn shop(nth: usize) -> String {
    format!("shop-{}", nth / KINDS)
}

fn pinned(nth: usize) -> Value {
    json!({
        "source": ["awsserverlessda.serverlesspresso"],
        "detail-type": [kind(nth)],
        "detail": {
            "eventId": [shop(nth)],
            "drinkOrder": {"drink": [{"anything-but": "water"}]},
            "TS": [{"numeric": [">", 0]}],
        },
    })
}

/// The same, but for a shop that is only found by trying.
fn loose(nth: usize) -> Value {
    json!({
        "source": ["awsserverlessda.serverlesspresso"],
        "detail": {"eventId": [{"wildcard": format!("{}*-{}", shop(nth), kind(nth))}]},
    })
}

/// One of each kind in each of ten shops, as Serverlesspresso writes them.
fn events() -> Vec<Value> {
    let event = |nth: usize| {
        json!({
            "version": "0",
            "id": format!("6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f{nth:04}"),
            "detail-type": kind(nth),
            "source": "awsserverlessda.serverlesspresso",
            "account": "000000000000",
            "time": "2026-11-25T10:00:00Z",
            "region": "local",
            "resources": [],
            "detail": {
                "orderId": format!("9d440d8d-3f5e-4f7b-9d44-0d8d1f6f{nth:04}"),
                "orderNumber": nth.to_string(),
                "state": format!("{}-CREATED", shop(nth)),
                "drinkOrder": {"userId": "u", "drink": "latte", "modifiers": ["oat", "large"]},
                "userId": "u",
                "eventId": shop(nth),
                "TS": 1_800_000_000_000_u64,
                "Message": "A message that nobody matches on",
            },
        })
    };
    (0..10 * KINDS).map(event).collect()
}

/// Nanoseconds an event.
fn time_ns(events: &[Value], mut work: impl FnMut(&Value) -> usize) -> f64 {
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed() < TIME {
        for event in events {
            black_box(work(black_box(event)));
            done += 1;
        }
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_matches_one_rule_once_there_are_enough() {
        let (hundred, _) = rules(SIZES[1], pinned).expect("well-formed");
        for (nth, event) in events().iter().enumerate() {
            assert_eq!(hundred.matching(event), [nth]);
        }
    }
}
