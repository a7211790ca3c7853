//! Reading beside the writer: a few read-only connections, each on a thread of its own. They see
//! committed rows only.

use super::Scrubber;
use super::load;
use super::schema::configure_reader;
use crate::journal::{Error, StoredOrder};
use parking_lot::Mutex;
use presso_core::api::EndedHow;
use presso_core::board::OrderView;
use presso_core::id::{CustomerId, OrderId, ShopId};
use presso_core::order::OrderState;
use presso_core::workflow::Event;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use tokio::sync::oneshot;
use uuid::Uuid;

/// How many connections read.
const CONNECTIONS: usize = 2;
/// How many reads may wait.
const WAITING: usize = 512;
/// How many orders are on a page.
const PAGE: usize = 50;

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// Reads; cheap to clone. Its threads end with its last clone.
#[derive(Clone)]
pub struct Reader {
    jobs: SyncSender<Job>,
    scrubber: Scrubber,
}

/// Some orders, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Newest first, at most 50.
    pub orders: Vec<StoredOrder>,
    /// The next page is after this one; none at the end.
    pub next: Option<OrderId>,
}

/// What is looked for among a shop's orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Those of this ticket, one a period.
    Ticket(u32),
    /// This one.
    Order(OrderId),
}

/// A connection that cannot write.
pub(super) fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    configure_reader(&db)?;
    Ok(db)
}

impl Reader {
    pub(super) fn open(path: &Path, scrubber: Scrubber) -> Result<Self, Error> {
        let (jobs, queue) = sync_channel::<Job>(WAITING);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..CONNECTIONS {
            let db = connect(path)?;
            let queue = Arc::clone(&queue);
            let thread = std::thread::Builder::new().name("reader".into());
            thread
                .spawn(move || work(&db, &queue))
                .map_err(|why| super::file_error(path, why))?;
        }
        Ok(Self { jobs, scrubber })
    }

    /// What cleans the files that are read here of what was erased.
    #[must_use]
    pub const fn scrubber(&self) -> &Scrubber {
        &self.scrubber
    }

    /// Runs a query of your own. The connection refuses to write.
    ///
    /// # Errors
    /// [`Error::Overloaded`] when too many reads wait; else what SQLite says.
    pub async fn query<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.run(move |db| Ok(read(db)?)).await
    }

    /// An order, over or not.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub async fn order(&self, order: OrderId) -> Result<Option<StoredOrder>, Error> {
        self.query(move |db| {
            let sql = format!("{SELECT} WHERE orders.order_id = ?1");
            let mut statement = db.prepare_cached(&sql)?;
            statement.query_row(params![order.0], stored).optional()
        })
        .await
    }

    /// A customer's orders, newest first: of all the pseudonyms given, one for each shop.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub async fn orders_of(
        &self,
        pseudonyms: Vec<(ShopId, CustomerId)>,
        after: Option<OrderId>,
    ) -> Result<Page, Error> {
        self.query(move |db| {
            let find = "SELECT order_id FROM orders INDEXED BY orders_by_shop
                        WHERE shop = ?1 AND customer = ?2 AND order_id < ?3
                        ORDER BY order_id DESC LIMIT ?4";
            let mut find = db.prepare_cached(find)?;
            let before = before(after);
            let mut ids: Vec<Uuid> = Vec::new();
            for (shop, customer) in pseudonyms {
                let row = params![shop.as_str(), customer.0, before, PAGE + 1];
                for id in find.query_map(row, |row| row.get(0))? {
                    ids.push(id?);
                }
            }
            ids.sort_unstable_by(|a, b| b.cmp(a));
            ids.truncate(PAGE + 1);
            let sql = format!("{SELECT} WHERE orders.order_id = ?1");
            let mut statement = db.prepare_cached(&sql)?;
            let orders = ids.iter().map(|id| statement.query_row([id], stored));
            Ok(page(orders.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// A shop's orders, newest first; only those in one state, if given.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub async fn orders_at(
        &self,
        shop: ShopId,
        state: Option<OrderState>,
        after: Option<OrderId>,
    ) -> Result<Page, Error> {
        self.query(move |db| {
            let sql = match state {
                Some(_) => format!(
                    "{SELECT} WHERE orders.shop = ?1 AND orders.order_id < ?2 AND state = ?4
                     ORDER BY orders.order_id DESC LIMIT ?3"
                ),
                None => format!(
                    "{SELECT} WHERE orders.shop = ?1 AND orders.order_id < ?2
                     ORDER BY orders.order_id DESC LIMIT ?3"
                ),
            };
            let mut statement = db.prepare_cached(&sql)?;
            let (shop, before, limit) = (shop.as_str(), before(after), PAGE + 1);
            let rows = match state {
                Some(state) => {
                    statement.query_map(params![shop, before, limit, state.name()], stored)?
                }
                None => statement.query_map(params![shop, before, limit], stored)?,
            };
            Ok(page(rows.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// A shop's orders that ended so, newest first; of them only what is looked for, if given.
    ///
    /// # Errors
    /// As [`Self::query`].
    pub async fn orders_over(
        &self,
        shop: ShopId,
        how: EndedHow,
        search: Option<Search>,
        after: Option<OrderId>,
    ) -> Result<Page, Error> {
        self.query(move |db| {
            // The row of a living order is that of its beginning.
            let over = OrderState::ALL.iter().filter(|state| state.ended());
            let over: Vec<_> = over.map(|state| format!("'{}'", state.name())).collect();
            let over = over.join(", ");
            let sql = format!(
                "{SELECT} WHERE orders.shop = ?1 AND orders.order_id < ?2
                 AND state IN ({over})
                 AND (?4 IS NULL OR state = ?4)
                 AND (?5 IS NULL OR ?5 IN (view ->> '$.ending.by', view ->> '$.ending.cause'))
                 AND (?6 IS NULL OR view ->> '$.ticket' = ?6)
                 AND (?7 IS NULL OR orders.order_id = ?7)
                 ORDER BY orders.order_id DESC LIMIT ?3"
            );
            let mut statement = db.prepare_cached(&sql)?;
            let (ticket, order) = match search {
                None => (None, None),
                Some(Search::Ticket(ticket)) => (Some(ticket), None),
                Some(Search::Order(order)) => (None, Some(order.0)),
            };
            let row = params![
                shop.as_str(),
                before(after),
                PAGE + 1,
                how.state().map(OrderState::name),
                how.side(),
                ticket,
                order
            ];
            let rows = statement.query_map(row, stored)?;
            Ok(page(rows.collect::<Result<_, _>>()?))
        })
        .await
    }

    /// An order's events, first thing first; empty when there is no such order.
    ///
    /// # Errors
    /// As [`Self::query`], and [`Error::Damaged`].
    pub async fn events_of(&self, order: OrderId) -> Result<Vec<Event>, Error> {
        self.run(move |db| {
            // The row of a living order is that of its beginning: everything since may be its own.
            let sql = "SELECT shop, first_version, iif(view ->> '$.ended_at' IS NULL, ?2, version)
                       FROM orders WHERE order_id = ?1";
            let mut statement = db.prepare_cached(sql)?;
            let read = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?));
            let found = statement
                .query_row(params![order.0, i64::MAX], read)
                .optional()?;
            let Some((shop, first, last)) = found else {
                return Ok(Vec::new());
            };
            load::events(db, &load::shop_id(&shop)?, first, last, Some(order))
        })
        .await
    }

    /// A shop's events from a version on, first thing first, at most `limit`.
    ///
    /// # Errors
    /// As [`Self::query`], and [`Error::Damaged`].
    pub async fn events_at(
        &self,
        shop: ShopId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<Event>, Error> {
        let to = from.saturating_add(limit.into()).saturating_sub(1);
        self.run(move |db| load::events(db, &shop, from, to, None))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            // Whoever does not wait any more needs no answer.
            let _ = reply.send(read(db));
        });
        self.jobs.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) | TrySendError::Disconnected(_) => Error::Overloaded,
        })?;
        answer.await.map_err(|_| Error::Overloaded)?
    }
}

fn work(db: &Connection, queue: &Mutex<Receiver<Job>>) {
    loop {
        let job = queue.lock().recv();
        match job {
            Ok(job) => job(db),
            Err(_) => return,
        }
    }
}

const SELECT: &str = "SELECT orders.shop, customer, view, names.name, staff_names.name FROM orders
    LEFT JOIN names ON names.order_id = orders.order_id
    LEFT JOIN staff_names ON staff_names.staff = unhex(view ->> '$.claim.staff', '-')";

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredOrder> {
    let unreadable = |column, why: Box<dyn std::error::Error + Send + Sync>| {
        let text = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, text, why)
    };
    let shop: String = row.get(0)?;
    let shop = ShopId::parse(&shop).map_err(|bad| unreadable(0, bad.into()))?;
    let view = row.get_ref(2)?.as_str()?;
    let mut view: OrderView =
        serde_json::from_str(view).map_err(|bad| unreadable(2, bad.into()))?;
    view.name = row.get(3)?;
    if let Some(claim) = view.claim.as_mut() {
        claim.name = row.get(4)?;
    }
    Ok(StoredOrder {
        shop,
        customer: CustomerId(row.get(1)?),
        view,
    })
}

fn before(after: Option<OrderId>) -> Uuid {
    after.map_or(Uuid::max(), |order| order.0)
}

fn page(mut orders: Vec<StoredOrder>) -> Page {
    let more = orders.len() > PAGE;
    orders.truncate(PAGE);
    let next = orders.last().filter(|_| more).map(|last| last.view.order);
    Page { orders, next }
}
