//! The shop behind the storm: real commands, decided, folded and published as the server does it.

use presso_core::board::{NoNames, Topic, Update, View, publish, snapshot};
use presso_core::code::{CodeSecret, Window};
use presso_core::id::{CustomerId, EventId, OrderId, ShopId, StaffId, TabletId};
use presso_core::menu::{Choice, Menu};
use presso_core::order::{Actor, CancelReason, StaffRole};
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, decide, evolve};
use uuid::Uuid;

pub const SECRET: CodeSecret = CodeSecret([9; 32]);
pub const URL: &str = "https://coffee.example";

/// What happens at the counter, by small numbers.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    pub what: u8,
    pub who: u8,
    pub which: u8,
}

/// What one event meant: the updates, and how every topic stood after it.
pub struct Told {
    pub updates: Vec<Update>,
    pub stood: Vec<(Topic, u64, View)>,
}

pub struct Counter {
    pub shop: Shop,
    pub orders: Vec<OrderId>,
    drawn: u128,
}

impl Counter {
    pub fn new(now: Timestamp) -> (Self, Vec<Told>) {
        let menu: Menu = serde_json::from_str(
            r#"{"drinks":[{"id":"latte","name":"Latte","groups":["milk"]},{"id":"tea","name":"Tea"}],
                "groups":[{"id":"milk","name":"Milk","choose":"single",
                           "options":[{"id":"oat","name":"Oat"}]}]}"#,
        )
        .unwrap();
        let settings = Settings {
            rotation_s: 60,
            capacity: 4,
            ..Settings::default()
        };
        let mut counter = Self {
            shop: Shop::new(ShopId::parse("demo").unwrap()),
            orders: Vec::new(),
            drawn: 0,
        };
        let create = Command::CreateShop { settings, menu };
        let mut published = counter.command(Actor::Operator, &create, now);
        published.extend(counter.command(Actor::Operator, &Command::OpenShop, now));
        (counter, published)
    }

    pub fn topics(&self) -> Vec<Topic> {
        let shop = || self.shop.id.clone();
        let of_shop = [
            Topic::Board(shop()),
            Topic::Queue(shop()),
            Topic::Menu(shop()),
            Topic::Code(shop()),
        ];
        let orders = self.orders.iter().map(|id| Topic::Order(*id));
        of_shop.into_iter().chain(orders).collect()
    }

    fn draw(&mut self) -> Uuid {
        self.drawn += 1;
        Uuid::from_u128(self.drawn)
    }

    /// A refusal changes nothing, and nothing is published.
    fn command(&mut self, actor: Actor, command: &Command, now: Timestamp) -> Vec<Told> {
        let kinds = decide(&self.shop, &actor, command, now).unwrap_or_default();
        let mut published = Vec::new();
        for kind in kinds {
            let event = Event {
                id: EventId(self.draw()),
                version: self.shop.version + 1,
                at: now,
                actor,
                kind,
            };
            let touched = evolve(&mut self.shop, &event);
            let updates = publish(&self.shop, &touched, &NoNames, |_| true).updates;
            let stood = self.topics().into_iter().filter_map(|topic| {
                let (version, view) = snapshot(&self.shop, &topic, &NoNames)?;
                Some((topic, version, view))
            });
            published.push(Told {
                updates,
                stood: stood.collect(),
            });
        }
        published
    }

    pub fn does(&mut self, deed: Deed, now: Timestamp) -> Vec<Told> {
        let passed = self.command(Actor::Clock, &Command::PassDeadlines { limit: 100 }, now);
        let customer = Actor::guest(CustomerId(Uuid::from_u128(u128::from(deed.who % 4))));
        let staff = Actor::Staff {
            staff: StaffId(Uuid::from_u128(100 + u128::from(deed.who % 2))),
            role: StaffRole::Manager,
            tablet: TabletId(Uuid::from_u128(200 + u128::from(deed.who % 2))),
        };
        let newest = self
            .orders
            .len()
            .checked_sub(1 + usize::from(deed.which % 5));
        let order = newest.map_or(OrderId(Uuid::nil()), |at| self.orders[at]);
        let owner = self
            .shop
            .orders
            .get(&order)
            .map(|o| Actor::guest(o.customer));
        let owner = owner.unwrap_or(customer);
        let (actor, command) = match deed.what % 14 {
            0 | 1 => {
                let order = OrderId(self.draw());
                self.orders.push(order);
                let window = Some(Window::at(now, self.shop.settings.rotation_s));
                (customer, Command::Scan { window, order })
            }
            2 | 3 => {
                let drink = if deed.which.is_multiple_of(2) {
                    "latte"
                } else {
                    "tea"
                };
                let choice = Choice {
                    drink: drink.parse().unwrap(),
                    options: vec![],
                };
                (owner, Command::Submit { order, choice })
            }
            4 => (staff, Command::Claim { order }),
            5 => (staff, Command::Unclaim { order }),
            6 => (staff, Command::Complete { order }),
            7 => (staff, Command::Collect { order }),
            8 => {
                let reason = CancelReason::Other;
                (owner, Command::Cancel { order, reason })
            }
            9 => (staff, Command::Undo { order }),
            10 => {
                let (drink, available) = ("tea".parse().unwrap(), deed.which.is_multiple_of(2));
                (staff, Command::SwitchDrink { drink, available })
            }
            11 => (staff, Command::CloseShop),
            12 => (staff, Command::OpenShop),
            _ => {
                let tablet = TabletId(Uuid::from_u128(200 + u128::from(deed.who % 2)));
                let command = if deed.which.is_multiple_of(2) {
                    Command::TabletFellSilent { tablet }
                } else {
                    Command::TabletCameBack { tablet }
                };
                (Actor::Clock, command)
            }
        };
        let mut published = passed;
        published.extend(self.command(actor, &command, now));
        published
    }
}
