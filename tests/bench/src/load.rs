//! The load: clients who order, one order after the other, on one thread.

use super::plan::{Client, Outcome, Plan};
use super::usage::Usage;
use super::wire::{Answer, Ask, Wire};
use serde::Deserialize;
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::task::LocalSet;
use uuid::Uuid;

/// What is ordered, wherever.
pub const DRINK: &str = "latte";
/// With what.
pub const OPTION: &str = "oat";

/// How long an order took, once counting has begun.
#[derive(Default)]
struct Tally {
    counting: Cell<bool>,
    over: Cell<bool>,
    took_us: RefCell<Vec<u64>>,
}

/// Runs the round to its end. Stops at the first answer that is not the expected one: a bench of
/// refusals measures nothing.
///
/// # Errors
/// Those of the network, unexpected answers, a server that ended.
pub async fn run(plan: Plan) -> io::Result<Outcome> {
    let local = LocalSet::new();
    local.run_until(drive(plan)).await
}

async fn drive(plan: Plan) -> io::Result<Outcome> {
    let (plan, tally) = (Rc::new(plan), Rc::new(Tally::default()));
    let mut clients = Vec::new();
    for client in &plan.clients {
        let client = Ordering {
            customer: Wire::to(plan.address).await?,
            barista: Wire::to(plan.address).await?,
            client: client.clone(),
            served: 0,
            plan: Rc::clone(&plan),
        };
        let tally = Rc::clone(&tally);
        clients.push(tokio::task::spawn_local(client.go_on(tally)));
    }
    tokio::time::sleep(Duration::from_secs_f64(plan.warm_up_s)).await;
    let own = std::process::id();
    let before = (Usage::of(plan.pid)?, Usage::of(own)?);
    let (start, wall) = (Instant::now(), SystemTime::now());
    tally.counting.set(true);
    tokio::time::sleep(Duration::from_secs_f64(plan.seconds)).await;
    tally.counting.set(false);
    let seconds = start.elapsed().as_secs_f64();
    let after = (Usage::of(plan.pid)?, Usage::of(own)?);
    tally.over.set(true);
    for client in clients {
        client.await??;
    }
    let mut took_us = tally.took_us.take();
    took_us.sort_unstable();
    let since_1970 = wall.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Outcome {
        orders: took_us.len() as u64,
        seconds,
        p50_ms: percentile_ms(&took_us, 50),
        p99_ms: percentile_ms(&took_us, 99),
        server: after.0.since(before.0),
        load: after.1.since(before.1),
        began_unix_s: since_1970.as_secs_f64(),
    })
}

/// Nearest rank; 0 of nothing.
fn percentile_ms(sorted_us: &[u64], percent: usize) -> f64 {
    let rank = (sorted_us.len() * percent).div_ceil(100);
    let us = rank.checked_sub(1).and_then(|at| sorted_us.get(at));
    us.map_or(0.0, |us| *us as f64 / 1000.0)
}

/// One client at work.
struct Ordering {
    customer: Wire,
    barista: Wire,
    client: Client,
    /// Customers so far.
    served: usize,
    plan: Rc<Plan>,
}

/// Of the answer to a scan, what is needed.
#[derive(Deserialize)]
struct Started {
    order: String,
}

impl Ordering {
    async fn go_on(mut self, tally: Rc<Tally>) -> io::Result<()> {
        while !tally.over.get() {
            let start = Instant::now();
            self.order().await?;
            if tally.counting.get() {
                let us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
                tally.took_us.borrow_mut().push(us);
            }
        }
        Ok(())
    }

    async fn order(&mut self) -> io::Result<()> {
        let Plan { shop, code, .. } = &*self.plan;
        let tokens = self.client.tokens.as_ref();
        let (customer, barista) = (
            tokens.map(|tokens| tokens.customers[self.served % tokens.customers.len()].as_str()),
            tokens.map(|tokens| tokens.barista.as_str()),
        );
        self.served += 1;
        let post = |path, token: Option<_>, body| Ask {
            method: "POST",
            path,
            token,
            key: token.map(|_| Uuid::new_v4()),
            body,
        };
        let (path, body) = (
            format!("/v1/shops/{shop}/scans"),
            format!("{{\"code\":\"{code}\"}}"),
        );
        let scanned = self.customer.ask(post(&path, customer, &body)).await?;
        let started: Started = serde_json::from_slice(good(scanned, "")?)?;
        let order = format!("/v1/orders/{}", started.order);

        let (path, body) = (
            format!("{order}/submit"),
            format!("{{\"drink\":\"{DRINK}\",\"options\":[\"{OPTION}\"]}}"),
        );
        let submitted = self.customer.ask(post(&path, customer, &body)).await?;
        good(submitted, "\"state\":\"queued\"")?;

        let path = format!("{order}/complete");
        let completed = self.barista.ask(post(&path, barista, "{}")).await?;
        good(completed, "\"state\":\"ready\"")?;

        let read = Ask {
            method: "GET",
            path: &order,
            token: customer,
            key: None,
            body: "",
        };
        good(self.customer.ask(read).await?, "\"state\":\"ready\"").map(drop)
    }
}

/// The body, if the status is 2xx and the body holds these words.
fn good<'a>(answer: Answer<'a>, words: &str) -> io::Result<&'a [u8]> {
    let held = words.is_empty()
        || answer
            .body
            .windows(words.len())
            .any(|piece| piece == words.as_bytes());
    if (200..300).contains(&answer.status) && held {
        return Ok(answer.body);
    }
    let body = String::from_utf8_lossy(answer.body);
    let what = format!("wanted {words}, was answered {}: {body}", answer.status);
    Err(io::Error::other(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let took: Vec<u64> = (1..=200).map(|ms| ms * 1000).collect();
        assert_eq!(percentile_ms(&took, 50), 100.0);
        assert_eq!(percentile_ms(&took, 99), 198.0);
        assert_eq!(percentile_ms(&[], 99), 0.0);
    }

    #[test]
    fn a_refusal_and_another_state_end_the_round() {
        let answer = |status, body| Answer { status, body };
        assert!(good(answer(200, b"{\"state\":\"ready\"}"), "\"state\":\"ready\"").is_ok());
        assert!(good(answer(200, b"{}"), "\"state\":\"ready\"").is_err());
        assert!(good(answer(409, b"{}"), "").is_err());
    }
}
