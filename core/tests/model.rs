//! Is there any road at all on which the workflow breaks? All of them are walked: three customers,
//! a barista, a shop that takes two orders, one command under a key that arrives twice, one crash,
//! and deadlines, with the real `decide` and `evolve` ([stateright] keeps the books).
//!
//! What makes it finite, and why nothing is lost by it:
//!
//! - *Time goes in strides* of ten seconds, and every limit is a small number of strides. What can
//!   be told apart about time is its order, and the strides bring every order of deadline, verb and
//!   undo that the limits allow.
//! - *Time counts from now.* Two mornings are one when everything that is still to come lies equally
//!   far ahead (`model/alike.rs`). Versions, identifiers, tickets already drawn and whatever ended
//!   beyond undoing decide nothing and are left out; that they decide nothing is a law of
//!   `workflow_laws`.
//! - *Customers are alike*: they are sorted.
//! - *The code stays.* What comes of its rotation is a law of `workflow_laws`; here it has once too
//!   few places, and once enough.
//! - *A key that nobody sends any more is spent*, whatever it was for, and so is the crash.
//! - *Nobody sends what would be refused*: until it is taken it changes nothing, and whoever sends it
//!   only then walks the same road.
//! - *Each customer may begin one order*, so every road ends: with three customers for two orders at
//!   once, each limit is met, and lifted.
//!
//! [stateright]: https://www.stateright.rs

#![allow(unreachable_pub, reason = "the parts of one test share everything")]

#[path = "model/alike.rs"]
mod alike;
#[path = "model/books.rs"]
mod books;
#[path = "model/morning.rs"]
mod morning;
#[path = "model/promises.rs"]
mod promises;
#[path = "model/shop.rs"]
mod shop;

use morning::{Act, Key, Model as Counter, Morning};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::time::{Duration, Instant};

/// A walk that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(240);

impl Model for Counter {
    type State = Morning;
    type Action = Act;
    fn init_states(&self) -> Vec<Morning> {
        vec![Morning::with_places(self.places)]
    }
    fn actions(&self, morning: &Morning, acts: &mut Vec<Act>) {
        morning.acts(self, acts);
    }
    fn next_state(&self, morning: &Morning, act: Act) -> Option<Morning> {
        morning.after(act)
    }
    fn properties(&self) -> Vec<Property<Self>> {
        promises::all(self)
    }
}

/// Walks every road; answers how many different mornings there are.
fn walk(counter: Counter, what: &str) -> usize {
    let start = Instant::now();
    let checker = counter
        .checker()
        .threads(std::thread::available_parallelism().map_or(1, usize::from))
        .finish_when(HasDiscoveries::AnyFailures)
        .timeout(PATIENCE)
        .spawn_bfs()
        .join();
    println!(
        "{what}: {} mornings, {} steps between them, {} deep, in {:.1} s",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth(),
        start.elapsed().as_secs_f64()
    );
    checker.assert_properties();
    assert!(start.elapsed() < PATIENCE, "the walk was given up");
    checker.unique_state_count()
}

#[test]
fn no_road_breaks_a_promise() {
    let (keyed, places) = (true, shop::PLACES);
    let all = walk(
        Counter { keyed, places },
        "with a doubled command and a crash, and two places",
    );
    let (keyed, places) = (false, shop::AMPLE);
    let calm = walk(Counter { keyed, places }, "without, and three places");
    assert!(calm < all);
}

/// A model that sees nothing would be content with everything: each way of breaking a rule, put
/// into one step, is seen.
#[test]
fn a_broken_rule_is_seen() {
    for (rule, broken) in books::broken_steps() {
        assert!(broken.is_some(), "{rule} was broken, and nobody saw it");
    }
}

#[test]
fn a_key_that_was_answered_is_not_decided_again() {
    let key = Key::example();
    assert!(key.taken && key.copies > 0);
    let morning = Morning {
        key: Some(key),
        ..Morning::begin()
    };
    let after = morning.after(Act::Arrives).expect("a copy is on its way");
    assert_eq!(after.shop, morning.shop);
}
