//! Folds a shop's events and compares on the way: an order's row with the order as it was at the
//! row's version, the snapshot with the shop at its. So it holds the living only, however long the
//! journal is.

use super::rows::{Models, OrderRow};
use presso_core::board::{Audience, NoNames, order_view};
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::shop::Shop;
use presso_core::workflow::{Event, evolve};
use std::collections::BTreeMap;
use std::fmt;

/// Something beside the journal says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In which shop.
    pub shop: ShopId,
    /// What it is about: `order …`, `snapshot`, `version …`.
    pub place: String,
    /// Who says what.
    pub why: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shop {}, {}: {}", self.shop, self.place, self.why)
    }
}

/// An order whose row is still to be judged.
struct Open {
    row: Option<OrderRow>,
    customer: CustomerId,
    began: u64,
    /// As the journal has it now.
    state: &'static str,
    ended: bool,
    version: u64,
    /// The row was compared with the order at the row's version.
    met: bool,
}

/// A replay under way.
pub struct Replay<M> {
    shop: Shop,
    models: M,
    snapshot: Option<Shop>,
    open: BTreeMap<OrderId, Open>,
    began: u64,
    differences: Vec<Difference>,
}

impl<M: Models> Replay<M> {
    /// Before the first event.
    ///
    /// # Errors
    /// When the models cannot be read.
    pub fn new(shop: ShopId, models: M) -> Result<Self, M::Error> {
        Ok(Self {
            shop: Shop::new(shop),
            snapshot: models.snapshot()?,
            models,
            open: BTreeMap::new(),
            began: 0,
            differences: Vec::new(),
        })
    }

    /// Takes in the next event.
    ///
    /// # Errors
    /// When the models cannot be read.
    pub fn event(&mut self, event: &Event) -> Result<(), M::Error> {
        let touched = evolve(&mut self.shop, event);
        for (id, before) in &touched.orders {
            self.touch(*id, *before == 0)?;
        }
        for id in &touched.forgotten {
            self.close(*id);
        }
        let is_due = |snapshot: &Shop| snapshot.version == event.version;
        if let Some(snapshot) = self.snapshot.take_if(|snapshot| is_due(snapshot))
            && snapshot != self.shop
        {
            let why = format!("it is not the shop of version {}", event.version);
            self.differ("snapshot".into(), why);
        }
        Ok(())
    }

    /// Something about the journal itself.
    pub fn differ(&mut self, place: String, why: String) {
        let shop = self.shop.id.clone();
        self.differences.push(Difference { shop, place, why });
    }

    /// The version of the last event taken in.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.shop.version
    }

    /// How many orders began.
    #[must_use]
    pub const fn orders(&self) -> u64 {
        self.began
    }

    /// After the last event: all that differs.
    ///
    /// # Errors
    /// When the models cannot be read.
    pub fn finish(mut self) -> Result<Vec<Difference>, M::Error> {
        let open: Vec<OrderId> = self.open.keys().copied().collect();
        open.into_iter().for_each(|id| self.close(id));
        let (version, deadline) = (self.shop.version, self.shop.next_deadline());
        match self.models.shop()? {
            None => self.differ("its row".into(), "there is none".into()),
            Some(row) => {
                if row.version != version {
                    let why = format!("it says version {}, the journal {version}", row.version);
                    self.differ("its row".into(), why);
                }
                if row.next_deadline != deadline {
                    let says = row.next_deadline;
                    let why = format!("it says {says:?} is due next, the journal {deadline:?}");
                    self.differ("its row".into(), why);
                }
            }
        }
        if let Some(snapshot) = self.snapshot.take() {
            let why = format!(
                "it is of version {}, the journal ends at {version}",
                snapshot.version
            );
            self.differ("snapshot".into(), why);
        }
        let (rows, began) = (self.models.orders()?, self.began);
        if rows > began {
            let why = format!("there are {rows}, and {began} orders in the journal");
            self.differ("orders' rows".into(), why);
        }
        Ok(self.differences)
    }

    fn touch(&mut self, id: OrderId, begins: bool) -> Result<(), M::Error> {
        let Some(order) = self.shop.orders.get(&id) else {
            return Ok(());
        };
        if begins {
            self.began += 1;
            let open = Open {
                row: self.models.order(id)?,
                customer: order.customer,
                began: order.version,
                state: order.state.name(),
                ended: false,
                version: order.version,
                met: false,
            };
            self.open.insert(id, open);
        }
        let Some(open) = self.open.get_mut(&id) else {
            return Ok(());
        };
        (open.state, open.ended) = (order.state.name(), order.state.ended());
        open.version = order.version;
        let Some(row) = open.row.as_ref().filter(|row| row.version == order.version) else {
            return Ok(());
        };
        open.met = true;
        if row.view != order_view(&self.shop, order, Audience::Staff, &NoNames) {
            let why = format!("its row shows it as it was not at version {}", row.version);
            self.differ(format!("order {id}"), why);
        }
        Ok(())
    }

    /// Nothing more happens to this order.
    fn close(&mut self, id: OrderId) {
        let Some(open) = self.open.remove(&id) else {
            return;
        };
        let shop = &self.shop.id;
        let why = match &open.row {
            None => Some("it has no row".to_owned()),
            Some(row) => wrong(&open, row, shop),
        };
        if let Some(why) = why {
            self.differ(format!("order {id}"), why);
        }
    }
}

/// The first thing that a row says wrongly, beside its view.
fn wrong(open: &Open, row: &OrderRow, shop: &ShopId) -> Option<String> {
    let says = |what: &str, row: &dyn fmt::Display, journal: &dyn fmt::Display| {
        Some(format!("its row says {what} {row}, the journal {journal}"))
    };
    let ended = row.view.state.ended();
    if row.shop != *shop {
        says("shop", &row.shop, shop)
    } else if row.customer != open.customer {
        says("customer", &row.customer, &open.customer)
    } else if row.first_version != open.began {
        says("it began at version", &row.first_version, &open.began)
    } else if row.state != row.view.state.name() {
        says("state", &row.state, &row.view.state.name())
    } else if ended != open.ended || (ended && row.state != open.state) {
        says("state", &row.state, &open.state)
    } else if ended && row.version != open.version {
        says("version", &row.version, &open.version)
    } else if !open.met {
        let why = "nothing happened to it then";
        Some(format!("its row is of version {}: {why}", row.version))
    } else {
        None
    }
}
