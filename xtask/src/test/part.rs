//! The parts of the tests, as data.

use crate::setup::Need;

/// One part: a `cargo test` with a name, a question and a budget.
pub(super) struct Part {
    pub(super) name: &'static str,
    /// The question it answers.
    pub(super) what: &'static str,
    pub(super) tests: Tests,
    pub(super) needs: &'static [Need],
    /// What running it may take, in seconds, built already; past it every process is ended.
    pub(super) budget_s: u64,
}

/// Which tests a part runs.
pub(super) enum Tests {
    /// Those beside the code, of these packages.
    Beside(&'static [&'static str]),
    /// Those beside the code of libraries.
    Libraries(&'static [&'static str]),
    /// Those beside the code of a program that has no library.
    Program(&'static str),
    /// One test target of a package.
    Target(&'static str, &'static str),
    /// One test target of a package that nobody else is built with, with this feature of its own.
    Featured(&'static str, &'static str, &'static str),
    /// All test targets of these packages.
    AllOf(&'static [&'static str]),
    /// All tests of these packages, beside the code and apart.
    Whole(&'static [&'static str]),
}

/// Selected together in every part but xtask's, so that cargo builds what they share once: the
/// features of a dependency follow from the packages that are selected.
pub(crate) const HOUSEHOLD: &[&str] = &[
    "presso-core",
    "presso-words",
    "presso-backend",
    "presso-frames",
    "presso-fuzz",
    "presso-tests",
];

/// What the screens are made of, as far as it runs without a browser.
const SCREENS: &[&str] = &[
    "presso-ui",
    "presso-customer",
    "presso-barista",
    "presso-display",
];

/// Test targets that are in no part, since they are no tests.
#[cfg(test)]
pub(super) const NOT_TESTS: &[&str] = &["shots", "measures"];

/// In the order in which they run: the cheap and telling ones first.
pub(super) const PARTS: &[Part] = &[
    Part {
        name: "house",
        what: "is the house in order?",
        tests: Tests::Target("presso-tests", "house"),
        needs: &[],
        budget_s: 60,
    },
    Part {
        name: "unit",
        what: "does each module do what it says?",
        tests: Tests::Beside(HOUSEHOLD),
        needs: &[],
        budget_s: 180,
    },
    Part {
        name: "xtask",
        what: "and this command itself?",
        tests: Tests::Program("xtask"),
        needs: &[],
        budget_s: 60,
    },
    Part {
        name: "screens",
        what: "does what the screens decide by themselves hold?",
        tests: Tests::Libraries(SCREENS),
        needs: &[],
        budget_s: 120,
    },
    Part {
        name: "laws",
        what: "do workflow, wire, words and server keep their laws?",
        tests: Tests::AllOf(&["presso-core", "presso-words", "presso-backend"]),
        needs: &[],
        budget_s: 300,
    },
    Part {
        name: "service",
        what: "are promises kept over HTTP and sockets?",
        tests: Tests::Target("presso-tests", "service"),
        needs: &[],
        budget_s: 300,
    },
    Part {
        name: "attacks",
        what: "does nobody get in where they do not belong?",
        tests: Tests::Target("presso-tests", "attacks"),
        needs: &[Need::Screens, Need::Proxy],
        budget_s: 300,
    },
    Part {
        name: "examples",
        what: "can a stranger add a consumer?",
        tests: Tests::Target("presso-tests", "extending"),
        needs: &[Need::Server],
        budget_s: 120,
    },
    Part {
        name: "crash",
        what: "is anything lost when it dies, or the disk fails?",
        tests: Tests::Target("presso-tests", "crash"),
        needs: &[Need::Server, Need::Tracer, Need::Disks, Need::Clocks],
        budget_s: 240,
    },
    Part {
        name: "simulation",
        what: "does the whole system keep its promises, whatever goes wrong?",
        tests: Tests::Featured("presso-simulation", "simulation", "planted"),
        needs: &[],
        budget_s: 180,
    },
    Part {
        name: "journeys",
        what: "can a person get a coffee?",
        tests: Tests::Target("presso-tests", "journeys"),
        needs: &[Need::Screens, Need::Browser, Need::NodeModules],
        budget_s: 480,
    },
    Part {
        name: "shells",
        what: "does what native windows are made of hold, without a window?",
        tests: Tests::Whole(&["presso-camera", "presso-shell"]),
        needs: &[Need::Shells],
        budget_s: 120,
    },
    Part {
        name: "native",
        what: "and in native windows, with a camera and a keychain?",
        tests: Tests::Target("presso-tests", "native"),
        needs: &[Need::Screens, Need::Shells, Need::Windows],
        budget_s: 420,
    },
];
