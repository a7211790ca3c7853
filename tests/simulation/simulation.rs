//! Does the whole system keep its promises, whatever goes wrong? A short form of `cargo xtask
//! simulate`, and the question whether its laws would see if it did not. Built with the feature
//! `planted`, and with nothing planted the same as the product.

use presso_simulation::report::{Plan, play_all};
use presso_simulation::{Fault, Outcome, play};
use std::time::Duration;

/// Which seeds once broke a law, for how long they ran, and what they found.
const FOUND: &str = include_str!("found.txt");

/// Seeds of the short form, and how long that may take on a slow day.
const SEEDS: u64 = 300;
const WITHIN: Duration = Duration::from_secs(20);
const HOURS: f64 = 0.2;

fn held(outcome: &Outcome) {
    let (seed, law) = (outcome.seed, outcome.law(1000));
    assert!(law.is_empty(), "seed {seed}: {law}");
}

#[test]
fn every_law_holds_on_every_seed() {
    let plan = Plan {
        first: 1,
        seeds: SEEDS,
        hours: HOURS,
        within: Some(WITHIN),
    };
    let sum = play_all(&plan, || ());
    sum.lines().iter().for_each(|line| println!("{line}"));
    sum.broken.iter().for_each(held);
    assert!(sum.seeds >= 50, "only {} seeds were played", sum.seeds);
    let never: Vec<_> = Fault::ALL
        .into_iter()
        .filter(|fault| !sum.faults.0.contains_key(fault))
        .collect();
    assert!(never.is_empty(), "faults that never came: {never:?}");
    assert!(sum.answered > 20 * sum.seeds, "hardly anybody was served");
}

#[test]
fn the_same_seed_writes_the_same_journal() {
    for seed in 1..=12 {
        let [first, second] = [(); 2].map(|()| play(seed, HOURS, false));
        assert_eq!(first.hash, second.hash, "seed {seed}");
        assert_eq!((first.steps, first.laws), (second.steps, second.laws));
        assert!(first.events > 2, "seed {seed} did nothing");
    }
    assert_ne!(play(1, HOURS, false).hash, play(2, HOURS, false).hash);
}

/// What was found once is never found again.
#[test]
fn seeds_that_broke_a_law_once_keep_it_now() {
    let mut played = 0;
    for line in FOUND
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let mut words = line.split_whitespace();
        let seed = words.next().and_then(|word| word.parse().ok());
        let hours = words.next().and_then(|word| word.parse().ok());
        let (Some(seed), Some(hours)) = (seed, hours) else {
            panic!("not SEED HOURS WHAT: {line}");
        };
        held(&play(seed, hours, false));
        played += 1;
    }
    assert!(played > 0, "there is nothing in the file");
}

#[cfg(feature = "planted")]
mod planted {
    use super::{HOURS, Outcome, play};
    use presso_simulation::planted::{Fault, plant};

    /// So many seeds see every fault, or the laws are blind.
    const ENOUGH: u64 = 200;

    fn found(fault: Fault, by: &[&str]) {
        let broken = |seed| -> Option<Outcome> {
            plant(Some(fault));
            let outcome = play(seed, HOURS, false);
            plant(None);
            outcome.broken.is_some().then_some(outcome)
        };
        let first = (1..=ENOUGH).find_map(broken);
        let outcome = first.unwrap_or_else(|| panic!("{fault:?} is not seen in {ENOUGH} seeds"));
        let (seed, law) = (outcome.seed, outcome.law(90));
        println!("{fault:?}: found after {seed} seeds: {law}");
        let law = outcome.broken.unwrap_or_default();
        assert!(
            by.iter().any(|words| law.contains(words)),
            "found by chance: {law}"
        );
    }

    #[test]
    fn a_lost_write_is_found() {
        found(Fault::LostWrite, &["the disk has"]);
    }

    #[test]
    fn an_early_deadline_is_found() {
        found(Fault::EarlyDeadline, &["too early"]);
    }

    #[test]
    fn a_doubled_delivery_is_found() {
        found(Fault::DoubledDelivery, &["I1", "its repeat refused"]);
    }

    #[test]
    fn a_stale_screen_is_found() {
        found(Fault::StaleScreen, &["the journal has", "I7"]);
    }

    #[test]
    fn a_capacity_race_is_found() {
        found(Fault::CapacityRace, &["orders in progress", "places"]);
    }
}
