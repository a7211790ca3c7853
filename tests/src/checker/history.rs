//! What the checker reads: a journal, and what everybody else says they saw.

use presso_backend::verify::{Folder, Rows};
use presso_core::api::ScanAnswer;
use presso_core::board::{OrderView, Topic, Update, View};
use presso_core::id::{OrderId, ShopId};
use presso_core::time::Timestamp;
use presso_core::workflow::{Event, Verb};
use std::path::Path;
use uuid::Uuid;

/// All that is known of one shop.
#[derive(Debug, Clone)]
pub struct History {
    /// Which.
    pub shop: ShopId,
    /// Its events, all of them.
    pub journal: Vec<Event>,
    /// The rows beside them; none where nobody looked.
    pub rows: Option<Rows>,
    /// What clients asked, in the order in which each asked.
    pub asked: Vec<Asked>,
    /// All that anybody ever asked of orders is in `asked`; then nothing may have been done twice.
    pub asked_is_all: bool,
    /// What subscribers were told, one entry a subscriber and topic.
    pub screens: Vec<Screen>,
    /// When the server ran, by its own time; empty where nobody watched the clock.
    pub running: Vec<Span>,
}

/// From, and until just before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(pub Timestamp, pub Timestamp);

/// One command, and what came of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// By whom, for messages.
    pub who: String,
    /// Under which idempotency key: the same one again is a repeat.
    pub key: Uuid,
    /// What.
    pub what: What,
    /// What came back.
    pub came: Came,
}

/// A command on an order; others are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A code was scanned.
    Scan,
    /// A verb on an order.
    Verb(Verb, OrderId),
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub enum Came {
    /// 2xx.
    Answered(Answer),
    /// Another status.
    Refused(u16),
    /// Nothing, or not all of it: it may have been done.
    Nothing,
}

/// A 2xx answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To a scan.
    Started(ScanAnswer),
    /// To a verb.
    Order(Box<OrderView>),
}

/// One subscriber of one topic.
#[derive(Debug, Clone)]
pub struct Screen {
    /// Whose, for messages.
    pub who: String,
    /// Of which topic.
    pub topic: Topic,
    /// What it was told, also over several connections, as long as it asked from where it was.
    pub told: Vec<Told>,
    /// It was connected to the end, and waited until nothing more came.
    pub is_live: bool,
}

/// One frame about the topic.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// All of it, replacing what there was.
    Whole(u64, View),
    /// One step.
    Step(Update),
}

impl History {
    /// Of a journal alone.
    #[must_use]
    pub fn of(shop: ShopId, journal: Vec<Event>) -> Self {
        Self {
            shop,
            journal,
            rows: None,
            asked: Vec::new(),
            asked_is_all: false,
            screens: Vec::new(),
            running: Vec::new(),
        }
    }

    /// As a data folder has it, whose server may be running; nobody's log yet.
    ///
    /// # Errors
    /// When the folder cannot be read, as a sentence.
    pub fn in_folder(folder: &Path, shop: &ShopId) -> Result<Self, String> {
        let said = |why: presso_backend::journal::Error| why.to_string();
        let folder = Folder::open(folder).map_err(said)?;
        let damages = folder.damages().map_err(said)?;
        if !damages.is_empty() {
            return Err(format!("the database is damaged: {}", damages.join("; ")));
        }
        let journal = folder.events(shop).map_err(said)?;
        let rows = Some(folder.rows(shop).map_err(said)?);
        Ok(Self {
            rows,
            ..Self::of(shop.clone(), journal)
        })
    }
}
