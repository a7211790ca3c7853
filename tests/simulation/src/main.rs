//! `simulate --seeds N --hours H`, or `simulate --seed S` for the story of one.

use clap::Parser;
use presso_simulation::play;
use presso_simulation::report::{Plan, play_all};
use std::process::ExitCode;
use std::time::Duration;

/// Plays the whole system on virtual time, with faults, and asks the laws after every step.
#[derive(Parser)]
#[command(name = "cargo xtask simulate")]
struct Words {
    /// How many seeds.
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    first: u64,
    /// How long each is played with faults, simulated hours; then until everything has ended.
    #[arg(long, default_value_t = 0.5)]
    hours: f64,
    /// No seed is begun after so many seconds.
    #[arg(long)]
    within: Option<u64>,
    /// This one alone, with its story.
    #[arg(long)]
    seed: Option<u64>,
}

fn main() -> ExitCode {
    let words = Words::parse();
    let broken = match words.seed {
        Some(seed) => one(seed, words.hours),
        None => many(&words),
    };
    if broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn one(seed: u64, hours: f64) -> bool {
    let outcome = play(seed, hours, true);
    for line in &outcome.story {
        println!("{line}");
    }
    println!("\nseed {seed}: journal {}", outcome.hash);
    match &outcome.broken {
        Some(law) => println!("broken: {law}"),
        None => println!("every law held"),
    }
    outcome.broken.is_some()
}

fn many(words: &Words) -> bool {
    let plan = Plan {
        first: words.first,
        seeds: words.seeds,
        hours: words.hours,
        within: words.within.map(Duration::from_secs),
    };
    let sum = play_all(&plan, || ());
    for line in sum.lines() {
        println!("{line}");
    }
    if let Some(outcome) = sum.broken.first() {
        let (seed, hours) = (outcome.seed, words.hours);
        println!("\nits story: cargo xtask simulate --seed {seed} --hours {hours}");
    }
    !sum.broken.is_empty()
}
