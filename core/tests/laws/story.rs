//! A history told in sentences: what a person reads when a law is broken.

use crate::history::{OWNER, Step};
use crate::world::{START, World, choices};
use presso_core::id::OrderId;
use presso_core::workflow::EventKind;

/// How many kinds of events there are.
pub const KINDS: usize = 22;

/// The name of an event's kind, as on the wire.
pub fn type_of(kind: &EventKind) -> String {
    let json = serde_json::to_value(kind).expect("an event is JSON");
    json["type"].as_str().expect("it has a type").to_owned()
}

/// The whole history, a line a step, with what came of it.
pub fn tell(steps: &[Step]) -> String {
    let mut world = World::new();
    steps.iter().map(|step| line(&mut world, step)).collect()
}

fn line(world: &mut World, step: &Step) -> String {
    let at = world.now.ms_since(START) / 1000;
    let clock = format!("{:02}:{:02}:{:02}", at / 3600, at / 60 % 60, at % 60);
    let what = sentence(world, step);
    world.take(step);
    let outcome = match &world.last {
        None => String::new(),
        Some(Ok(kinds)) if kinds.is_empty() => " → nothing".into(),
        Some(Ok(kinds)) => {
            let told: Vec<_> = kinds.iter().map(|kind| happened(world, kind)).collect();
            format!(" → {}", told.join(", "))
        }
        Some(Err(rejection)) => format!(" → refused: {}", rejection.code()),
    };
    format!("{clock}  {what}{outcome}\n")
}

fn number(world: &World, order: OrderId) -> String {
    let at = world.orders.iter().position(|o| *o == order);
    at.map_or_else(|| "a new order".into(), |n| format!("order {n}"))
}

fn sentence(world: &World, step: &Step) -> String {
    let order = |n: &u8| {
        world
            .order(*n)
            .map_or_else(|| "no order".into(), |o| number(world, o))
    };
    let on = |on: &bool| if *on { "on" } else { "off" };
    let who = |c: &u8| {
        if *c == OWNER {
            "its customer".into()
        } else {
            format!("customer {c}")
        }
    };
    match step {
        Step::Wait { seconds } => format!("{seconds} s pass"),
        Step::WaitUntilNextDeadline { short_by_ms } => {
            format!("time passes until {short_by_ms} ms before the next deadline")
        }
        Step::PassDeadlines => "the clock looks for deadlines".into(),
        Step::Open { staff } => format!("barista {staff} opens the shop"),
        Step::Close { staff } => format!("barista {staff} closes the shop"),
        Step::StartPeriod => "the manager starts a new period".into(),
        Step::Settings { variant } => format!("the manager takes settings {variant}"),
        Step::ReplaceMenu { variant } => format!("the operator imports menu {variant}"),
        Step::SwitchDrink { drink, on: to } => format!("drink {drink} is switched {}", on(to)),
        Step::SwitchOption { option, on: to } => format!("option {option} is switched {}", on(to)),
        Step::Scan { customer, back: 0 } => format!("customer {customer} scans the code"),
        Step::Scan { customer, back } => {
            format!("customer {customer} scans the code {back} before")
        }
        Step::Submit {
            customer,
            order: n,
            choice,
        } => {
            let choice = &choices()[usize::from(*choice)];
            let options: String = choice.options.iter().map(|o| format!(", {o}")).collect();
            format!(
                "{} submits {} ({}{options})",
                who(customer),
                order(n),
                choice.drink
            )
        }
        Step::SignsIn { customer, to } => format!("customer {customer} signs in as {to}"),
        Step::CustomerCancels { customer, order: n } => {
            format!("{} cancels {}", who(customer), order(n))
        }
        Step::CustomerUndoes { customer, order: n } => {
            format!("{} undoes on {}", who(customer), order(n))
        }
        Step::Staff {
            staff,
            order: n,
            verb,
        } => format!("barista {staff}: {verb:?} {}", order(n)),
        Step::TabletFallsSilent { staff } => format!("the tablet of barista {staff} is silent"),
        Step::TabletComesBack { staff } => format!("the tablet of barista {staff} is back"),
    }
}

fn happened(world: &World, kind: &EventKind) -> String {
    let order = kind.order().map(|o| number(world, o)).unwrap_or_default();
    match kind {
        EventKind::PeriodStarted { period, .. } => format!("period {period} started"),
        EventKind::ShopOpened => "opened".into(),
        EventKind::ShopClosed => "closed".into(),
        EventKind::OrderStarted { place, .. } => format!("{order} started, place {place}"),
        EventKind::OrderSubmitted { ticket, .. } => format!("{order} got ticket {ticket}"),
        EventKind::OrderTimedOut { cause, .. } => format!("{order} timed out ({cause:?})"),
        EventKind::OrderUndone { verb, .. } => format!("{order}: {verb:?} undone"),
        _ if kind.order().is_some() => {
            format!("{order} {}", type_of(kind).trim_start_matches("order_"))
        }
        _ => type_of(kind),
    }
}
