//! The parts of the tests, as data.

use crate::setup::Need;

/// One part: a `cargo test` with a name, a question and a budget.
pub(super) struct Part {
    pub(super) name: &'static str,
    /// The question it answers.
    pub(super) what: &'static str,
    /// What follows `cargo test`.
    pub(super) cargo: &'static [&'static str],
    /// The package and test target it runs, if it is one target (`*`: any of the package).
    pub(super) target: Option<(&'static str, &'static str)>,
    pub(super) needs: &'static [Need],
    /// What running it may take, in seconds, built already; past it every process is ended.
    pub(super) budget_s: u64,
}

/// In the order in which they run: the cheap and telling ones first.
pub(super) const PARTS: &[Part] = &[
    Part {
        name: "house",
        what: "is the house in order?",
        cargo: &["-p", "presso-tests", "--test", "house"],
        target: Some(("presso-tests", "house")),
        needs: &[],
        budget_s: 60,
    },
    Part {
        name: "unit",
        what: "does each module do what it says?",
        cargo: &[
            "--lib",
            "--bins",
            "-p",
            "presso-core",
            "-p",
            "presso-words",
            "-p",
            "presso-backend",
            "-p",
            "presso-tests",
            "-p",
            "xtask",
        ],
        target: None,
        needs: &[],
        budget_s: 180,
    },
    Part {
        name: "laws",
        what: "does the workflow keep its laws, does resuming survive storms, did the wire change?",
        cargo: &["-p", "presso-core", "--test", "*"],
        target: Some(("presso-core", "*")),
        needs: &[],
        budget_s: 300,
    },
    Part {
        name: "service",
        what: "are promises kept over HTTP and sockets?",
        cargo: &["-p", "presso-tests", "--test", "service"],
        target: Some(("presso-tests", "service")),
        needs: &[],
        budget_s: 300,
    },
    Part {
        name: "journeys",
        what: "can a person get a coffee?",
        cargo: &["-p", "presso-tests", "--test", "journeys"],
        target: Some(("presso-tests", "journeys")),
        needs: &[Need::Screens, Need::Browser, Need::NodeModules],
        budget_s: 480,
    },
];
