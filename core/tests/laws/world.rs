//! A shop, its journal, and the screens that watch it, driven by the steps of a history.

use crate::history::{CUSTOMERS, OWNER, STAFF, StaffVerb, Step};
use presso_core::board::{Names, OrderView, Topic, View, publish, snapshot};
use presso_core::code::Window;
use presso_core::id::{CustomerId, DrinkId, EventId, OptionId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Menu};
use presso_core::order::{Actor, CancelReason, StaffRole};
use presso_core::settings::{Settings, SignIn};
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, Rejection, decide, evolve};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Where every history begins: 2026-06-01T08:00:00Z, a local day that turns during long ones.
pub const START: Timestamp = Timestamp(1_780_300_800_000);
/// A name that must never be seen where it does not belong.
pub const SECRET_NAME: &str = "Zebedee";

pub struct World {
    pub now: Timestamp,
    pub shop: Shop,
    pub events: Vec<Event>,
    /// Orders in the order in which they started.
    pub orders: Vec<OrderId>,
    /// Whose each is.
    pub owners: BTreeMap<OrderId, Actor>,
    /// What screens show that saw every update since the shop was created.
    pub screens: BTreeMap<Topic, (u64, View)>,
    /// What the last step came to.
    pub last: Option<Result<Vec<EventKind>, Rejection>>,
    /// The first time a screen could not follow.
    pub lost: Option<String>,
    /// The first legal step that was refused, or illegal one that was taken, by time.
    pub untimely: Option<String>,
}

/// Everybody has the same name here.
pub struct SameName;
impl Names for SameName {
    fn on_cup(&self, _: OrderId) -> Option<String> {
        Some(SECRET_NAME.into())
    }
    fn of_staff(&self, _: StaffId) -> Option<String> {
        Some(SECRET_NAME.into())
    }
}

pub fn shop_id() -> ShopId {
    ShopId::parse("demo").expect("a slug")
}
pub fn customer(n: u8) -> Actor {
    Actor::Customer {
        customer: CustomerId(Uuid::from_u128(0xC000 + u128::from(n))),
        // The last ones have signed in.
        verified: n >= CUSTOMERS - 2,
    }
}
pub fn tablet(n: u8) -> TabletId {
    TabletId(Uuid::from_u128(0x7000 + u128::from(n)))
}
pub fn staff(n: u8) -> Actor {
    let role = if n + 1 == STAFF {
        StaffRole::Manager
    } else {
        StaffRole::Barista
    };
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(0x5000 + u128::from(n))),
        role,
        tablet: tablet(n),
    }
}

pub fn menu() -> Menu {
    serde_json::from_str(include_str!("menu.json")).expect("the test menu")
}

pub fn choices() -> Vec<Choice> {
    let choice = |drink: &str, options: &[&str]| Choice {
        drink: DrinkId::parse(drink).expect("a slug"),
        options: options
            .iter()
            .map(|o| OptionId::parse(o).expect("a slug"))
            .collect(),
    };
    vec![
        choice("latte", &["oat"]),
        choice("espresso", &[]),
        choice("latte", &[]),
        choice("latte", &["oat", "whole"]),
        choice("tea", &[]),
        choice("latte", &["oat", "shot", "vanilla"]),
    ]
}

pub fn settings(variant: u8) -> Settings {
    let base = Settings {
        code_places: 4,
        capacity: 5,
        ..Settings::default()
    };
    match variant {
        1 => Settings {
            code_places: 2,
            ..base
        },
        2 => Settings {
            capacity: 2,
            ..base
        },
        3 => Settings {
            rotation_s: 60,
            grace_s: 0,
            undo_within_s: 0,
            ..base
        },
        4 => Settings {
            orders_per_customer: 2,
            undo_within_s: 60,
            collect_within_s: 30,
            ..base
        },
        5 => Settings {
            orders_per_customer_per_day: 2,
            utc_offset_minutes: 600,
            ..base
        },
        6 => Settings {
            sign_in: SignIn::Verified,
            orders_per_customer_per_day: 3,
            ..base
        },
        _ => base,
    }
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            now: START,
            shop: Shop::new(shop_id()),
            events: vec![],
            orders: vec![],
            owners: BTreeMap::new(),
            screens: BTreeMap::new(),
            last: None,
            lost: None,
            untimely: None,
        };
        world.put(
            Actor::Operator,
            &Command::CreateShop {
                settings: settings(0),
                menu: menu(),
            },
        );
        for topic in [
            Topic::Board(shop_id()),
            Topic::Queue(shop_id()),
            Topic::Menu(shop_id()),
        ] {
            let seen = snapshot(&world.shop, &topic, &SameName).expect("the shop's own topics");
            world.screens.insert(topic, seen);
        }
        world
    }

    /// The order that stands `n` before the newest.
    pub fn order(&self, n: u8) -> Option<OrderId> {
        self.orders
            .len()
            .checked_sub(usize::from(n) + 1)
            .map(|i| self.orders[i])
    }

    pub fn view(&self, order: OrderId) -> Option<&OrderView> {
        match self.screens.get(&Topic::Order(order)) {
            Some((_, View::Order(view))) => Some(view),
            _ => None,
        }
    }

    pub fn take(&mut self, step: &Step) {
        self.last = None;
        match step {
            Step::Wait { seconds } => self.now = self.now.plus_s(*seconds),
            Step::WaitUntilNextDeadline { short_by_ms } => {
                if let Some(at) = self.shop.next_deadline() {
                    self.now = self.now.max(at.plus_ms(-short_by_ms));
                }
            }
            _ => {
                if let Some((actor, command)) = self.meaning(step) {
                    self.put(actor, &command);
                }
            }
        }
    }

    /// Who does what, in the words of the workflow; none when there is no such order yet.
    pub fn meaning(&self, step: &Step) -> Option<(Actor, Command)> {
        let order = |n: &u8| self.order(*n);
        let by = |c: &u8, n: &u8| match self.order(*n).and_then(|o| self.owners.get(&o)) {
            Some(owner) if *c == OWNER => *owner,
            _ => customer(*c),
        };
        Some(match step {
            Step::Wait { .. } | Step::WaitUntilNextDeadline { .. } => return None,
            Step::PassDeadlines => (Actor::Clock, Command::PassDeadlines { limit: 3 }),
            Step::Open { staff: s } => (staff(*s), Command::OpenShop),
            Step::Close { staff: s } => (staff(*s), Command::CloseShop),
            Step::StartPeriod => (staff(STAFF - 1), Command::StartPeriod),
            Step::Settings { variant } => (
                staff(STAFF - 1),
                Command::ChangeSettings {
                    settings: settings(*variant),
                },
            ),
            Step::ReplaceMenu { variant } => {
                let mut menu = menu();
                menu.drinks.truncate(usize::from(*variant) + 1);
                (Actor::Operator, Command::ReplaceMenu { menu })
            }
            Step::SwitchDrink { drink, on } => {
                let drink = menu().drinks[usize::from(*drink) % 2].id.clone();
                (
                    staff(0),
                    Command::SwitchDrink {
                        drink,
                        available: *on,
                    },
                )
            }
            Step::SwitchOption { option, on } => {
                let all = menu()
                    .groups
                    .into_iter()
                    .flat_map(|g| g.options)
                    .collect::<Vec<_>>();
                let option = all[usize::from(*option) % all.len()].id.clone();
                (
                    staff(1),
                    Command::SwitchOption {
                        option,
                        available: *on,
                    },
                )
            }
            Step::Scan { customer: c, back } => {
                let current = Window::at(self.now, self.shop.settings.rotation_s);
                let window = Window {
                    index: current.index - i64::from(*back),
                    ..current
                };
                let order = OrderId(Uuid::from_u128(self.orders.len() as u128 + 1));
                (
                    customer(*c),
                    Command::Scan {
                        window: (*back < 3).then_some(window),
                        order,
                    },
                )
            }
            Step::Submit {
                customer: c,
                order: n,
                choice,
            } => {
                let choice = choices()[usize::from(*choice)].clone();
                (
                    by(c, n),
                    Command::Submit {
                        order: order(n)?,
                        choice,
                    },
                )
            }
            Step::SignsIn { customer: c, to } => {
                let Actor::Customer { customer: to, .. } = customer(*to) else {
                    return None;
                };
                (customer(*c), Command::HandOver { to })
            }
            Step::CustomerCancels {
                customer: c,
                order: n,
            } => {
                let reason = CancelReason::ChangedMind;
                (
                    by(c, n),
                    Command::Cancel {
                        order: order(n)?,
                        reason,
                    },
                )
            }
            Step::CustomerUndoes {
                customer: c,
                order: n,
            } => (by(c, n), Command::Undo { order: order(n)? }),
            Step::Staff {
                staff: s,
                order: n,
                verb,
            } => {
                let order = order(n)?;
                let command = match verb {
                    StaffVerb::Claim => Command::Claim { order },
                    StaffVerb::Unclaim => Command::Unclaim { order },
                    StaffVerb::TakeOver => Command::TakeOver { order },
                    StaffVerb::Complete => Command::Complete { order },
                    StaffVerb::Collect => Command::Collect { order },
                    StaffVerb::Cancel => Command::Cancel {
                        order,
                        reason: CancelReason::OutOfStock,
                    },
                    StaffVerb::Undo => Command::Undo { order },
                };
                (staff(*s), command)
            }
            Step::TabletFallsSilent { staff: s } => (
                Actor::Clock,
                Command::TabletFellSilent { tablet: tablet(*s) },
            ),
            Step::TabletComesBack { staff: s } => {
                (Actor::Clock, Command::TabletCameBack { tablet: tablet(*s) })
            }
        })
    }

    /// Decides, and where accepted folds and shows, as the engine does.
    pub fn put(&mut self, actor: Actor, command: &Command) {
        let decision = decide(&self.shop, &actor, command, self.now);
        for kind in decision.iter().flatten() {
            self.check_time(kind);
            let version = self.shop.version + 1;
            let id = EventId(Uuid::from_u128(0xE000_0000 + u128::from(version)));
            let event = Event {
                id,
                version,
                at: self.now,
                actor,
                kind: kind.clone(),
            };
            if let EventKind::OrderStarted { order, .. } = kind {
                self.orders.push(*order);
                self.owners.insert(*order, actor);
            }
            if let EventKind::OrderHandedOver {
                order,
                customer: to,
            } = kind
            {
                let is_it = |actor: &Actor| matches!(actor, Actor::Customer { customer, .. } if customer == to);
                let owner = (0..CUSTOMERS).map(customer).find(is_it);
                self.owners.extend(owner.map(|owner| (*order, owner)));
            }
            let touched = evolve(&mut self.shop, &event);
            for update in publish(&self.shop, &touched, &SameName, |_| true).updates {
                let first = matches!(update.topic, Topic::Order(_)) && update.prev == 0;
                if self.events.is_empty() || first {
                    let seen = snapshot(&self.shop, &update.topic, &SameName);
                    self.screens
                        .extend(seen.map(|seen| (update.topic.clone(), seen)));
                    continue;
                }
                let Some((cursor, view)) = self.screens.get_mut(&update.topic) else {
                    continue;
                };
                if update.prev != *cursor || !view.apply(&update.change) {
                    let at = format!(
                        "{} at {}, update {}→{}",
                        update.topic, cursor, update.prev, update.version
                    );
                    self.lost.get_or_insert(at);
                }
                *cursor = update.version;
            }
            self.events.push(event);
        }
        self.last = Some(decision);
    }

    /// Deadlines act at their instant or later, people before it.
    fn check_time(&mut self, kind: &EventKind) {
        let Some(order) = kind.order().and_then(|id| self.shop.orders.get(&id)) else {
            return;
        };
        let passed = order.deadline().is_none_or(|at| at <= self.now);
        let by_time = matches!(
            kind,
            EventKind::OrderTimedOut { .. } | EventKind::OrderSwept { .. }
        );
        let timely = if order.state.ended() {
            !by_time
        } else {
            by_time == passed
        };
        if !timely {
            self.untimely
                .get_or_insert(format!("{kind:?} at {:?}, {order:?}", self.now));
        }
    }
}

/// Folds a journal from nothing.
pub fn replay(events: &[Event]) -> Shop {
    let mut shop = Shop::new(shop_id());
    for event in events {
        evolve(&mut shop, event);
    }
    shop
}
