//! A good day, made with the real `decide`, `evolve` and `publish`: Ada's order is handed over,
//! Bea's cancelled, Cy chooses nothing, Dee's is completed, taken back and completed again.

use crate::checker::{Answer, Asked, Came, History, Screen, Span, Told, What};
use presso_backend::verify::{OrderRow, Rows, ShopRow};
use presso_core::api::ScanAnswer;
use presso_core::board::{Audience, NoNames, Topic, order_view, publish, snapshot};
use presso_core::code::Window;
use presso_core::id::{CustomerId, EventId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Drink, Menu};
use presso_core::order::{Actor, CancelReason, StaffRole};
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, EventKind, decide, evolve};
use uuid::Uuid;

/// 2026-11-21, in the morning.
const MORNING: Timestamp = Timestamp(1_795_248_000_000);

pub(super) fn order(n: u128) -> OrderId {
    OrderId(Uuid::from_u128(n))
}

struct Day {
    now: Timestamp,
    shop: Shop,
    history: History,
    rows: Rows,
}

fn bo() -> Actor {
    Actor::Staff {
        staff: StaffId(Uuid::from_u128(50)),
        role: StaffRole::Manager,
        tablet: TabletId(Uuid::from_u128(70)),
    }
}

fn customer(n: u128) -> Actor {
    let customer = CustomerId(Uuid::from_u128(100 + n));
    Actor::guest(customer)
}

fn menu() -> Menu {
    let latte = Drink {
        id: "latte".parse().expect("a slug"),
        name: "Latte".into(),
        icon: "latte".into(),
        available: true,
        groups: vec![],
    };
    Menu {
        drinks: vec![latte],
        groups: vec![],
    }
}

fn submit(n: u128) -> Command {
    let drink = "latte".parse().expect("a slug");
    let choice = Choice {
        drink,
        options: vec![],
    };
    Command::Submit {
        order: order(n),
        choice,
    }
}

pub(super) fn a_good_day() -> History {
    let id = ShopId::parse("demo").expect("a slug");
    let mut day = Day {
        now: MORNING,
        shop: Shop::new(id.clone()),
        history: History {
            asked_is_all: true,
            running: vec![
                Span(MORNING, MORNING.plus_s(400)),
                Span(MORNING.plus_s(500), MORNING.plus_s(700)),
            ],
            ..History::of(id.clone(), vec![])
        },
        rows: Rows::default(),
    };
    let settings = Settings {
        capacity: 2,
        code_places: 3,
        ..Settings::default()
    };
    let menu = menu();
    day.does("", Actor::Operator, &Command::CreateShop { settings, menu });
    day.does("", bo(), &Command::OpenShop);
    day.watches();
    let cancel = Command::Cancel {
        order: order(2),
        reason: CancelReason::Other,
    };
    let complete = |n| Command::Complete { order: order(n) };
    day.scans("Ada", 1);
    day.does("Ada", customer(1), &submit(1));
    day.scans("Bea", 2);
    day.does("Bo", bo(), &Command::Claim { order: order(1) });
    day.does("Bo", bo(), &complete(1));
    day.does("Bo", bo(), &Command::Collect { order: order(1) });
    day.does("Bea", customer(2), &submit(2));
    day.does("Bea", customer(2), &cancel);
    day.scans("Cy", 3);
    day.now = day.now.plus_s(300);
    day.does("", Actor::Clock, &Command::PassDeadlines { limit: 9 });
    day.scans("Dee", 4);
    day.does("Dee", customer(4), &submit(4));
    day.does("Bo", bo(), &complete(4));
    day.does("Bo", bo(), &Command::Undo { order: order(4) });
    day.rows.snapshot = Some(day.shop.clone());
    day.does("Bo", bo(), &complete(4));
    day.rows.shop = Some(ShopRow {
        version: day.shop.version,
        next_deadline: day.shop.next_deadline(),
    });
    day.history.rows = Some(day.rows);
    day.history
}

impl Day {
    fn scans(&mut self, who: &str, n: u128) {
        let window = Some(Window::at(self.now, 300));
        let order = order(n);
        self.does(who, customer(n), &Command::Scan { window, order });
    }

    fn watches(&mut self) {
        let shop = self.shop.id.clone();
        for (who, topic) in [
            ("the board", Topic::Board(shop.clone())),
            ("Bo's tablet", Topic::Queue(shop)),
        ] {
            let (version, view) = snapshot(&self.shop, &topic, &NoNames).expect("a topic");
            self.history.screens.push(Screen {
                who: who.into(),
                topic,
                told: vec![Told::Whole(version, view)],
                is_live: true,
            });
        }
    }

    /// As the engine does it; it is in a log when it was somebody's.
    fn does(&mut self, who: &str, actor: Actor, command: &Command) {
        let kinds = decide(&self.shop, &actor, command, self.now).expect("a good day");
        for kind in kinds {
            let version = self.shop.version + 1;
            let event = Event {
                id: EventId(Uuid::from_u128(0xE000 + u128::from(version))),
                version,
                at: self.now,
                actor,
                kind,
            };
            self.happens(event);
        }
        if !who.is_empty() {
            self.log(who, command);
        }
    }

    fn happens(&mut self, event: Event) {
        let touched = evolve(&mut self.shop, &event);
        let undone = matches!(event.kind, EventKind::OrderUndone { .. });
        for (id, before) in &touched.orders {
            let order = &self.shop.orders[id];
            if *before == 0 || undone || order.state.ended() {
                let first = self.rows.orders.get(id).map(|row| row.first_version);
                let row = OrderRow {
                    shop: self.shop.id.clone(),
                    customer: order.customer,
                    state: order.state.name().into(),
                    first_version: first.unwrap_or(event.version),
                    version: event.version,
                    view: order_view(&self.shop, order, Audience::Staff, &NoNames),
                };
                self.rows.orders.insert(*id, row);
            }
        }
        for update in publish(&self.shop, &touched, &NoNames, |_| true).updates {
            let screens = self.history.screens.iter_mut();
            for screen in screens.filter(|screen| screen.topic == update.topic) {
                screen.told.push(Told::Step(update.clone()));
            }
        }
        self.history.journal.push(event);
    }

    fn log(&mut self, who: &str, command: &Command) {
        let (what, answer) = match command {
            Command::Scan { order, .. } => {
                let answer = ScanAnswer {
                    order: *order,
                    expires_at: self.shop.orders[order].submit_by,
                };
                (What::Scan, Answer::Started(answer))
            }
            _ => {
                let (verb, order) = command.verb().expect("a verb on an order");
                let order = &self.shop.orders[&order];
                let view = order_view(&self.shop, order, Audience::Staff, &NoNames);
                (What::Verb(verb, order.id), Answer::Order(Box::new(view)))
            }
        };
        self.history.asked.push(Asked {
            who: who.into(),
            key: Uuid::from_u128(0xA000 + self.history.asked.len() as u128),
            what,
            came: Came::Answered(answer),
        });
    }
}
