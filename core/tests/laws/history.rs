//! What can happen in a generated history: small numbers stand for people, orders and instants, so
//! that a failing history shrinks to one that a person can read.

use proptest::prelude::*;

/// One step of a history.
#[derive(Debug, Clone)]
pub enum Step {
    Wait {
        seconds: u32,
    },
    WaitUntilNextDeadline {
        short_by_ms: i64,
    },
    PassDeadlines,
    Open {
        staff: u8,
    },
    Close {
        staff: u8,
    },
    StartPeriod,
    Settings {
        variant: u8,
    },
    ReplaceMenu {
        variant: u8,
    },
    SwitchDrink {
        drink: u8,
        on: bool,
    },
    SwitchOption {
        option: u8,
        on: bool,
    },
    Scan {
        customer: u8,
        back: u8,
    },
    Submit {
        customer: u8,
        order: u8,
        choice: u8,
    },
    SignsIn {
        customer: u8,
        to: u8,
    },
    CustomerCancels {
        customer: u8,
        order: u8,
    },
    CustomerUndoes {
        customer: u8,
        order: u8,
    },
    Staff {
        staff: u8,
        order: u8,
        verb: StaffVerb,
    },
    TabletFallsSilent {
        staff: u8,
    },
    TabletComesBack {
        staff: u8,
    },
}

/// The staff's verbs.
#[derive(Debug, Clone, Copy)]
pub enum StaffVerb {
    Claim,
    Unclaim,
    TakeOver,
    Complete,
    Collect,
    Cancel,
    Undo,
}

/// How many customers and how many staff (the last one is a manager).
pub const CUSTOMERS: u8 = 4;
pub const STAFF: u8 = 3;

/// Stands for "the customer whose order it is".
pub const OWNER: u8 = u8::MAX;

/// Histories: mostly orders moving, seldom the shop itself. Orders are named by how recent they are,
/// so that verbs meet live orders.
pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..60).prop_map(|mut steps| {
        steps.insert(0, Step::Open { staff: 0 });
        steps
    })
}

fn step() -> impl Strategy<Value = Step> {
    let customer = 0..CUSTOMERS;
    let staff = 0..STAFF;
    let whose = prop_oneof![6 => Just(OWNER), 1 => 0..CUSTOMERS];
    let order = prop_oneof![3 => Just(0_u8), 1 => 1..6_u8];
    let verb = prop_oneof![
        3 => Just(StaffVerb::Claim),
        1 => Just(StaffVerb::Unclaim),
        2 => Just(StaffVerb::TakeOver),
        3 => Just(StaffVerb::Complete),
        2 => Just(StaffVerb::Collect),
        1 => Just(StaffVerb::Cancel),
        3 => Just(StaffVerb::Undo),
    ];
    let wait = prop::sample::select(vec![
        0_u32, 1, 5, 9, 10, 11, 30, 60, 120, 290, 300, 600, 900, 50_000,
    ]);
    prop_oneof![
        6 => wait.prop_map(|seconds| Step::Wait { seconds }),
        1 => (-1_i64..=1).prop_map(|short_by_ms| Step::WaitUntilNextDeadline { short_by_ms }),
        2 => Just(Step::PassDeadlines),
        3 => staff.clone().prop_map(|staff| Step::Open { staff }),
        1 => staff.clone().prop_map(|staff| Step::Close { staff }),
        1 => Just(Step::StartPeriod),
        1 => (0_u8..7).prop_map(|variant| Step::Settings { variant }),
        1 => (0_u8..2).prop_map(|variant| Step::ReplaceMenu { variant }),
        1 => (0_u8..3, any::<bool>()).prop_map(|(drink, on)| Step::SwitchDrink { drink, on }),
        1 => (0_u8..4, any::<bool>()).prop_map(|(option, on)| Step::SwitchOption { option, on }),
        12 => (customer.clone(), prop_oneof![8 => Just(0_u8), 1 => 1..4_u8])
            .prop_map(|(customer, back)| Step::Scan { customer, back }),
        10 => (whose.clone(), order.clone(), prop_oneof![4 => Just(0_u8), 1 => 1..6_u8])
            .prop_map(|(customer, order, choice)| Step::Submit { customer, order, choice }),
        2 => (customer, 0..CUSTOMERS)
            .prop_map(|(customer, to)| Step::SignsIn { customer, to }),
        2 => (whose.clone(), order.clone())
            .prop_map(|(customer, order)| Step::CustomerCancels { customer, order }),
        2 => (whose, order.clone())
            .prop_map(|(customer, order)| Step::CustomerUndoes { customer, order }),
        24 => (staff.clone(), order, verb)
            .prop_map(|(staff, order, verb)| Step::Staff { staff, order, verb }),
        4 => staff.clone().prop_map(|staff| Step::TabletFallsSilent { staff }),
        2 => staff.prop_map(|staff| Step::TabletComesBack { staff }),
    ]
}
