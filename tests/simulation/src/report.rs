//! Many seeds, on as many threads as the machine has, and what is said of them.

use crate::{Fault, Faults, Outcome, play};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

/// Which seeds, and how long each.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The first.
    pub first: u64,
    /// How many.
    pub seeds: u64,
    /// With faults, simulated hours; then until everything has ended.
    pub hours: f64,
    /// No seed is begun after this.
    pub within: Option<Duration>,
}

/// What came of many.
#[derive(Debug, Default)]
pub struct Sum {
    /// How many were played.
    pub seeds: u64,
    /// Which broke a law: the smallest first.
    pub broken: Vec<Outcome>,
    /// All together.
    pub faults: Faults,
    /// Simulated, milliseconds.
    pub passed_ms: i64,
    /// Laws asked.
    pub laws: u64,
    /// Steps taken.
    pub steps: u64,
    /// Orders begun.
    pub orders: u64,
    /// Events.
    pub events: u64,
    /// Commands answered 2xx.
    pub answered: u64,
    /// How long it took.
    pub took: Duration,
}

/// Plays them; on each thread `before` runs first. Stops at the first that breaks a law.
#[must_use]
pub fn play_all(plan: &Plan, before: fn()) -> Sum {
    let (start, next) = (Instant::now(), AtomicU64::new(0));
    let found = AtomicBool::new(false);
    let (to, outcomes) = channel::<Outcome>();
    let mut sum = Sum::default();
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            let (to, next, found) = (to.clone(), &next, &found);
            scope.spawn(move || {
                before();
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let late = plan.within.is_some_and(|within| start.elapsed() > within);
                    if nth >= plan.seeds || late || found.load(Ordering::Relaxed) {
                        return;
                    }
                    let outcome = play(plan.first + nth, plan.hours, false);
                    found.fetch_or(outcome.broken.is_some(), Ordering::Relaxed);
                    if to.send(outcome).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to);
        for outcome in outcomes {
            sum.add(outcome);
        }
    });
    sum.broken.sort_by_key(|outcome| outcome.seed);
    sum.took = start.elapsed();
    sum
}

impl Outcome {
    /// The law that was broken, in so many letters at the most; its story has it whole.
    #[must_use]
    pub fn law(&self, letters: usize) -> String {
        let law = self.broken.as_deref().unwrap_or_default();
        law.chars().take(letters).collect()
    }
}

impl Sum {
    fn add(&mut self, outcome: Outcome) {
        self.seeds += 1;
        self.faults.add(&outcome.faults);
        self.passed_ms += outcome.passed_ms;
        self.laws += outcome.laws;
        self.steps += outcome.steps;
        self.orders += outcome.orders;
        self.events += outcome.events;
        self.answered += outcome.answered;
        if outcome.broken.is_some() {
            self.broken.push(outcome);
        }
    }

    /// How much quicker than the world.
    #[must_use]
    pub fn times_real_time(&self) -> f64 {
        self.passed_ms as f64 / 1000.0 / self.took.as_secs_f64().max(0.001)
    }

    /// For people.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let hours = self.passed_ms as f64 / 3_600_000.0;
        let mut lines = vec![
            format!(
                "{} seeds, {hours:.1} simulated hours in {:.1} s: {:.0} times real time",
                self.seeds,
                self.took.as_secs_f64(),
                self.times_real_time()
            ),
            format!(
                "{} orders, {} commands answered, {} events, {} steps, laws asked {} times",
                self.orders, self.answered, self.events, self.steps, self.laws
            ),
        ];
        let count = |fault: &Fault| self.faults.0.get(fault).copied().unwrap_or(0);
        let all: u64 = Fault::ALL.iter().map(count).sum();
        lines.push(format!("{all} faults:"));
        for row in Fault::ALL.chunks(3) {
            let cells = row
                .iter()
                .map(|fault| format!("{:>8} {fault:<24}", count(fault)));
            lines.push(cells.collect::<String>().trim_end().to_owned());
        }
        for outcome in &self.broken {
            let law = outcome.law(300);
            lines.push(format!("seed {} breaks a law: {law}", outcome.seed));
        }
        lines
    }
}
