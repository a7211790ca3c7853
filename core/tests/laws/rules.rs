//! The laws. Each recounts from the journal with means of its own, and none trusts the shop's sums.

use crate::history::{CUSTOMERS, STAFF};
use crate::world::{SECRET_NAME, SameName, World, choices, customer, replay, staff};
use presso_core::board::{Audience, Topic, View, facts, snapshot};
use presso_core::id::{CustomerId, OrderId};
use presso_core::journey::{graph, journey};
use presso_core::order::{Actor, OrderState};
use presso_core::workflow::{Command, EventKind, Verb, decide, offers};
use std::collections::{BTreeMap, BTreeSet};

type Law = fn(&World) -> Result<(), String>;

/// Laws that cost little.
pub fn after_each_step(world: &World) -> Result<(), String> {
    let laws: [(&str, Law); 4] = [
        (
            "law_screens_never_miss_a_step",
            law_screens_never_miss_a_step,
        ),
        ("law_nothing_is_early_or_late", law_nothing_is_early_or_late),
        (
            "law_counts_agree_with_the_orders",
            law_counts_agree_with_the_orders,
        ),
        (
            "law_decide_accepts_exactly_what_offers_offered",
            law_offers_for_the_newest,
        ),
    ];
    check(world, &laws)
}

/// All laws.
pub fn at_the_end(world: &World) -> Result<(), String> {
    let laws: [(&str, Law); 10] = [
        ("law_replay_equals_live", law_replay_equals_live),
        ("law_screen_equals_journal", law_screen_equals_journal),
        ("law_never_more_than_places", law_never_more_than_places),
        (
            "law_never_more_than_capacity_or_a_customers_share",
            law_capacity,
        ),
        ("law_tickets_have_no_gaps", law_tickets_have_no_gaps),
        (
            "law_decide_accepts_exactly_what_offers_offered",
            law_offers_for_all,
        ),
        (
            "law_nobody_sees_more_than_they_may",
            law_nobody_sees_more_than_they_may,
        ),
        (
            "law_deadlines_keep_their_instants",
            law_deadlines_keep_their_instants,
        ),
        ("law_a_journey_is_drawn_whole", law_a_journey_is_drawn_whole),
        ("law_every_order_ends", law_every_order_ends),
    ];
    check(world, &laws)
}

fn check(world: &World, laws: &[(&str, Law)]) -> Result<(), String> {
    laws.iter()
        .try_for_each(|(name, law)| law(world).map_err(|why| format!("{name}: {why}")))
}

fn hold(holds: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why()) }
}

fn law_replay_equals_live(world: &World) -> Result<(), String> {
    hold(replay(&world.events) == world.shop, || {
        "another shop".into()
    })
}

fn law_screens_never_miss_a_step(world: &World) -> Result<(), String> {
    world.lost.clone().map_or(Ok(()), Err)
}

fn law_nothing_is_early_or_late(world: &World) -> Result<(), String> {
    world.untimely.clone().map_or(Ok(()), Err)
}

fn law_screen_equals_journal(world: &World) -> Result<(), String> {
    for (topic, (version, view)) in &world.screens {
        let Some((at, truth)) = snapshot(&world.shop, topic, &SameName) else {
            continue;
        };
        hold(*version == at && *view == truth, || {
            format!("{topic} at {version} shows\n{view:?}\nthe journal at {at} says\n{truth:?}")
        })?;
    }
    Ok(())
}

fn law_counts_agree_with_the_orders(world: &World) -> Result<(), String> {
    let shop = &world.shop;
    let counted = shop
        .orders
        .values()
        .filter(|o| o.state.in_progress())
        .count();
    hold(counted == shop.in_progress as usize, || {
        format!("{counted} ≠ {}", shop.in_progress)
    })?;
    let deadlines: BTreeSet<_> = shop
        .orders
        .values()
        .filter_map(|o| o.deadline().map(|at| (at, o.id)))
        .collect();
    hold(deadlines == shop.deadlines, || {
        format!("{deadlines:?} ≠ {:?}", shop.deadlines)
    })
}

/// Places handed out and not returned, recounted from the events alone.
fn law_never_more_than_places(world: &World) -> Result<(), String> {
    let mut limit = crate::world::settings(0).code_places;
    let mut taken = BTreeMap::new();
    let mut of_order = BTreeMap::new();
    for event in &world.events {
        match &event.kind {
            EventKind::SettingsChanged { settings } => limit = settings.code_places,
            EventKind::OrderStarted {
                order,
                window,
                place,
                ..
            } => {
                of_order.insert(*order, *window);
                let count = taken.entry(*window).or_insert(0_u32);
                *count += 1;
                hold(*count <= limit && *place == *count, || {
                    format!("place {place}, {count} taken of {limit}")
                })?;
            }
            EventKind::OrderCancelled {
                order,
                place_returned: true,
                ..
            }
            | EventKind::OrderTimedOut {
                order,
                place_returned: true,
                ..
            } => {
                *taken.entry(of_order[order]).or_insert(0) -= 1;
            }
            EventKind::OrderUndone {
                order,
                place_retaken: true,
                ..
            } => {
                let count = taken.entry(of_order[order]).or_insert(0);
                *count += 1;
                hold(*count <= limit, || {
                    format!("{count} of {limit} after an undo")
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// In progress, recounted from the events by a model that knows nothing but their kinds.
fn law_capacity(world: &World) -> Result<(), String> {
    let mut settings = crate::world::settings(0);
    let mut live: BTreeMap<OrderId, CustomerId> = BTreeMap::new();
    let mut whose = BTreeMap::new();
    for event in &world.events {
        let grows = match &event.kind {
            EventKind::SettingsChanged { settings: new } => {
                settings = new.clone();
                false
            }
            EventKind::OrderStarted {
                order, customer, ..
            } => {
                whose.insert(*order, *customer);
                live.insert(*order, *customer).is_none()
            }
            EventKind::OrderHandedOver { order, customer } => {
                whose.insert(*order, *customer);
                let works = live.contains_key(order);
                works && live.insert(*order, *customer).is_some()
            }
            EventKind::OrderCompleted { order, .. }
            | EventKind::OrderCancelled { order, .. }
            | EventKind::OrderTimedOut { order, .. } => {
                live.remove(order);
                false
            }
            EventKind::OrderUndone {
                order,
                verb: Verb::Complete,
                ..
            } => live.insert(*order, whose[order]).is_none(),
            EventKind::OrderUndone {
                order,
                verb: Verb::Cancel,
                ..
            } => {
                // Back to the counter, or back to work: the journey knows.
                let path = journey(*order, &world.events, Audience::Staff);
                let step = path.steps.iter().find(|s| s.version == event.version);
                let works = step.is_some_and(|s| s.to.in_progress());
                works && live.insert(*order, whose[order]).is_none()
            }
            _ => false,
        };
        if !grows {
            continue;
        }
        let customer = event.kind.order().map(|o| whose[&o]);
        let own = live.values().filter(|c| Some(**c) == customer).count();
        // Handed over, it is one more of theirs and not of the shop's.
        let another = !matches!(event.kind, EventKind::OrderHandedOver { .. });
        hold(!another || live.len() <= settings.capacity as usize, || {
            format!("{} in progress of {}", live.len(), settings.capacity)
        })?;
        hold(own <= settings.orders_per_customer as usize, || {
            format!("{own} of one customer")
        })?;
    }
    Ok(())
}

fn law_tickets_have_no_gaps(world: &World) -> Result<(), String> {
    let mut next = 1;
    for event in &world.events {
        match &event.kind {
            EventKind::PeriodStarted { .. } => next = 1,
            EventKind::OrderSubmitted { ticket, .. } => {
                hold(ticket.0 == next, || {
                    format!("ticket {ticket} where {next} was due")
                })?;
                next += 1;
            }
            _ => {}
        }
    }
    Ok(())
}

fn law_offers_for_the_newest(world: &World) -> Result<(), String> {
    world
        .orders
        .iter()
        .rev()
        .take(2)
        .try_for_each(|order| offers_equal(world, *order))
}

fn law_offers_for_all(world: &World) -> Result<(), String> {
    world
        .orders
        .iter()
        .try_for_each(|order| offers_equal(world, *order))
}

/// What a screen's redacted view offers is what `decide` accepts: for each actor and verb.
fn offers_equal(world: &World, order: OrderId) -> Result<(), String> {
    if !world.shop.orders.contains_key(&order) {
        return Ok(()); // forgotten: nothing is offered by a screen that no longer shows it
    }
    let facts = facts(&world.shop);
    let owner = world.shop.orders[&order].customer;
    let queue = match &world.screens[&Topic::Queue(world.shop.id.clone())].1 {
        View::Queue(queue) => queue.orders.iter().find(|o| o.order == order),
        _ => None,
    };
    let staff_view = queue.ok_or_else(|| format!("{order} is not in the queue's view"))?;
    let own_view = world
        .view(order)
        .ok_or_else(|| format!("{order} has no view"))?;
    let people = (0..STAFF).map(staff).chain((0..CUSTOMERS).map(customer));
    for actor in people {
        let view = match actor {
            Actor::Customer { customer, .. } if customer == owner => own_view,
            Actor::Customer { .. } => continue, // sees no view of it; tested by the table
            _ => staff_view,
        };
        let offered: Vec<Verb> = offers(view, &facts, &actor, world.now)
            .iter()
            .map(|o| o.verb)
            .collect();
        for verb in Verb::ALL {
            let Some(command) = command(world, verb, order) else {
                continue;
            };
            let decision = decide(&world.shop, &actor, &command, world.now);
            hold(decision.is_ok() == offered.contains(&verb), || {
                format!(
                    "{actor:?} {verb:?} {:?}: offered {offered:?}, decided {decision:?}",
                    view.state
                )
            })?;
        }
    }
    Ok(())
}

/// The verb as a command that only the order's state, time and limits can refuse.
fn command(world: &World, verb: Verb, order: OrderId) -> Option<Command> {
    use presso_core::order::CancelReason::Other;
    Some(match verb {
        Verb::Submit => {
            let choice = choices()
                .into_iter()
                .find(|c| world.shop.menu.check(c).is_ok())?;
            Command::Submit { order, choice }
        }
        Verb::Cancel => Command::Cancel {
            order,
            reason: Other,
        },
        Verb::Claim => Command::Claim { order },
        Verb::Unclaim => Command::Unclaim { order },
        Verb::TakeOver => Command::TakeOver { order },
        Verb::Complete => Command::Complete { order },
        Verb::Collect => Command::Collect { order },
        Verb::Undo => Command::Undo { order },
        Verb::TimeOut | Verb::Sweep => return None,
    })
}

fn law_nobody_sees_more_than_they_may(world: &World) -> Result<(), String> {
    for (topic, (_, view)) in &world.screens {
        let json = serde_json::to_string(view).map_err(|e| e.to_string())?;
        let hidden: Vec<String> = match topic {
            Topic::Board(_) => {
                let orders = world.orders.iter().map(ToString::to_string);
                orders
                    .chain(people(true, true))
                    .chain([SECRET_NAME.into()])
                    .collect()
            }
            Topic::Order(_) => people(true, true),
            _ => people(true, false),
        };
        for secret in hidden {
            hold(!json.contains(&secret), || {
                format!("{topic} shows {secret}")
            })?;
        }
    }
    Ok(())
}

fn people(customers: bool, with_staff: bool) -> Vec<String> {
    let ids = |actor: Actor| match actor {
        Actor::Customer { customer, .. } => vec![customer.to_string()],
        Actor::Staff { staff, tablet, .. } => vec![staff.to_string(), tablet.to_string()],
        _ => vec![],
    };
    let customers = (0..CUSTOMERS).filter(|_| customers).map(customer);
    customers
        .chain((0..STAFF).filter(|_| with_staff).map(staff))
        .flat_map(ids)
        .collect()
}

fn law_deadlines_keep_their_instants(world: &World) -> Result<(), String> {
    for event in &world.events {
        let (id, at) = match &event.kind {
            EventKind::OrderStarted {
                order, submit_by, ..
            } => (order, (Some(*submit_by), None)),
            EventKind::OrderSubmitted { order, make_by, .. } => (order, (None, Some(*make_by))),
            _ => continue,
        };
        let Some(order) = world.shop.orders.get(id) else {
            continue;
        };
        hold(at.0.is_none_or(|at| order.submit_by == at), || {
            format!("submit_by of {id}")
        })?;
        hold(at.1.is_none_or(|at| order.make_by == Some(at)), || {
            format!("make_by of {id}")
        })?;
    }
    Ok(())
}

/// A journey ends where its order stands and waits for its deadline, each of its steps is on exactly
/// one arrow of the graph, and its customer sees nobody of the staff in it.
fn law_a_journey_is_drawn_whole(world: &World) -> Result<(), String> {
    for order in world.shop.orders.values() {
        let path = journey(order.id, &world.events, Audience::Customer);
        let state = path.steps.last().map(|step| step.to);
        hold(state == Some(order.state), || {
            format!("{} is {:?} and not {state:?}", order.id, order.state)
        })?;
        let until = path.waiting.and_then(|waiting| waiting.until);
        hold(until == order.deadline(), || {
            format!("{} waits until {until:?}", order.id)
        })?;
        let arrows = graph(&path.steps).arrows;
        let mut taken: Vec<usize> = arrows.into_iter().flat_map(|arrow| arrow.taken).collect();
        taken.sort_unstable();
        let all: Vec<usize> = (1..=path.steps.len()).collect();
        hold(taken == all, || {
            format!("{} is drawn as {taken:?}", order.id)
        })?;
        let shown = serde_json::to_string(&path).map_err(|e| e.to_string())?;
        let seen = people(true, true).into_iter().find(|id| shown.contains(id));
        hold(seen.is_none(), || format!("{} shows {seen:?}", order.id))?;
    }
    Ok(())
}

/// Left alone, time ends every order, and each ending is an end.
fn law_every_order_ends(world: &World) -> Result<(), String> {
    let mut shop = world.shop.clone();
    let mut now = world.now;
    let mut ended: BTreeMap<OrderId, OrderState> = BTreeMap::new();
    for round in 0.. {
        let Some(next) = shop.next_deadline() else {
            break;
        };
        hold(round < 1_000, || "deadlines without end".into())?;
        now = now.max(next);
        let passed = decide(
            &shop,
            &Actor::Clock,
            &Command::PassDeadlines { limit: 2 },
            now,
        );
        for kind in passed.map_err(|r| format!("the clock was refused: {r}"))? {
            let version = shop.version + 1;
            let id = presso_core::id::EventId(uuid::Uuid::from_u128(u128::from(version)));
            let event = presso_core::workflow::Event {
                id,
                version,
                at: now,
                actor: Actor::Clock,
                kind,
            };
            presso_core::workflow::evolve(&mut shop, &event);
        }
        ended.extend(shop.orders.values().map(|o| (o.id, o.state)));
    }
    let alive: Vec<_> = ended.iter().filter(|(_, state)| !state.ended()).collect();
    let left = shop.orders.values().filter(|o| !o.state.ended()).count();
    hold(
        left == 0 && shop.in_progress == 0 && !shop.has_live_orders(),
        || format!("{left} orders alive after the last deadline: {alive:?}"),
    )
}
