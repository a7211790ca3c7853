//! What came of the day: read from its journal, but for those who never got into it.

use super::{DOORS, Plan};
use presso_core::id::OrderId;
use presso_core::order::TimeOutCause;
use presso_core::workflow::{Event, EventKind, Verb};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::Duration;

/// How long one point of the plots is.
pub(super) const QUARTER_MS: i64 = 15 * 60_000;

/// Who came and got no coffee, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Lost {
    /// The code was used up for as long as they tried.
    NoPlace,
    /// The shop was full for as long as they tried.
    ShopFull,
    /// It had closed.
    Closed,
}

/// A quarter of an hour.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Quarter {
    /// Who came.
    pub came: u32,
    /// Drinks put on the counter.
    pub ready: u32,
    /// Turned away: no place on the code, or none in the shop.
    pub turned_away: u32,
    /// Cancelled, by either side.
    pub cancelled: u32,
    /// Not chosen or not made in time.
    pub timed_out: u32,
    /// Made, and not fetched.
    pub not_fetched: u32,
    /// From ordered to ready, milliseconds, of what was ordered in it.
    #[serde(skip)]
    pub(super) waits_ms: Vec<i64>,
    /// Half of them took no longer, seconds; none where nothing was made.
    pub wait_p50_s: Option<u32>,
    /// Nine of ten took no longer.
    pub wait_p90_s: Option<u32>,
    /// How long hands were busy, milliseconds, all of them together.
    pub busy_ms: i64,
}

/// The day in numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    /// From the doors on; the last ones lie after they closed.
    pub quarters: Vec<Quarter>,
    /// How many made coffee.
    pub baristas: u32,
    /// Who came.
    pub came: u32,
    /// Who got a place, and ordered.
    pub scanned: u32,
    /// Of those.
    pub ordered: u32,
    /// Drinks put on the counter for good.
    pub made: u32,
    /// Drinks in somebody's hands.
    pub collected: u32,
    /// Made, and not fetched.
    pub not_fetched: u32,
    /// Cancelled by their customers.
    pub cancelled: u32,
    /// Scanned, and not ordered in time.
    pub not_chosen: u32,
    /// Ordered, and not made in time.
    pub not_made: u32,
    /// Got no place on a code.
    pub no_place: u32,
    /// Found the shop full.
    pub shop_full: u32,
    /// Came too late.
    pub came_late: u32,
    /// Neither fetched nor ended in any other way: there must be none.
    pub stuck: u32,
    /// From ordered to ready, seconds.
    pub wait_p50_s: u32,
    /// Nine of ten took no longer.
    pub wait_p90_s: u32,
    /// The mean.
    pub wait_mean_s: u32,
    /// The part of opening hours in which hands were busy, percent.
    pub load_percent: u32,
    /// Requests, those refused, those asked twice since their answer was lost; and of these those
    /// whose repeat was not answered alike, of which there must be none.
    pub asked: u32,
    /// Of them.
    pub refused: u32,
    /// Of them.
    pub repeated: u32,
    /// Of them.
    pub unlike: u32,
    /// How often a tablet failed, and how often its order was taken over.
    pub dark: u32,
    /// Of them.
    pub taken_over: u32,
    /// Events in the journal.
    pub events: u32,
    /// SHA-256 of the journal: the same seed, the same day.
    pub journal: String,
    /// How long the day was, until the last order had ended, seconds.
    pub day_s: u32,
    /// How long that took, milliseconds.
    pub took_ms: u64,
}

/// What is known of one order.
#[derive(Default)]
struct Told {
    submitted: Option<i64>,
    ready: Option<i64>,
    end: Option<(i64, End)>,
}

#[derive(Clone, Copy)]
enum End {
    Collected,
    Swept,
    Cancelled,
    NotChosen,
    NotMade,
}

impl Figures {
    pub(super) fn new(plan: &Plan, arrivals: &[i64]) -> Self {
        let mut figures = Self {
            baristas: plan.baristas,
            came: plan.guests,
            ..Self::default()
        };
        for at in arrivals {
            figures.quarter(*at).came += 1;
        }
        figures
    }

    fn quarter(&mut self, at: i64) -> &mut Quarter {
        let nth = usize::try_from((at - DOORS.0).div_euclid(QUARTER_MS)).unwrap_or(0);
        if self.quarters.len() <= nth {
            self.quarters.resize(nth + 1, Quarter::default());
        }
        &mut self.quarters[nth]
    }

    pub(super) fn lost(&mut self, at: i64, why: Lost) {
        match why {
            Lost::NoPlace => self.no_place += 1,
            Lost::ShopFull => self.shop_full += 1,
            Lost::Closed => self.came_late += 1,
        }
        if why != Lost::Closed {
            self.quarter(at).turned_away += 1;
        }
    }

    /// Hands were busy in this span, which may lie in several quarters.
    pub(super) fn worked(&mut self, mut from: i64, to: i64) {
        while from < to {
            let end = DOORS.0 + ((from - DOORS.0).div_euclid(QUARTER_MS) + 1) * QUARTER_MS;
            self.quarter(from).busy_ms += to.min(end) - from;
            from = to.min(end);
        }
    }

    pub(super) fn ended(&mut self, at: i64, took: Duration) {
        self.day_s = u32::try_from((at - DOORS.0) / 1000).unwrap_or(u32::MAX);
        self.took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    }

    /// Takes in the journal.
    pub(super) fn read(&mut self, plan: &Plan, journal: &[Event]) {
        let mut orders: HashMap<OrderId, Told> = HashMap::new();
        let mut hash = Sha256::new();
        for event in journal {
            hash.update(serde_json::to_vec(event).expect("events have text keys"));
            self.take(event, &mut orders);
        }
        self.events = u32::try_from(journal.len()).unwrap_or(u32::MAX);
        self.journal = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        for told in orders.values() {
            self.count(told);
        }
        let mut all: Vec<i64> = Vec::new();
        for quarter in &mut self.quarters {
            quarter.waits_ms.sort_unstable();
            quarter.wait_p50_s = rank(&quarter.waits_ms, 50);
            quarter.wait_p90_s = rank(&quarter.waits_ms, 90);
            all.extend(&quarter.waits_ms);
        }
        all.sort_unstable();
        self.wait_p50_s = rank(&all, 50).unwrap_or(0);
        self.wait_p90_s = rank(&all, 90).unwrap_or(0);
        let sum_ms: i64 = all.iter().sum();
        let mean_s = sum_ms / 1000 / i64::try_from(all.len().max(1)).unwrap_or(1);
        self.wait_mean_s = u32::try_from(mean_s).unwrap_or(0);
        let open_ms = i64::from(plan.minutes) * 60_000;
        let quarters = usize::try_from(open_ms / QUARTER_MS).unwrap_or(0);
        let busy_ms: i64 = self.quarters.iter().take(quarters).map(|q| q.busy_ms).sum();
        let hands_ms = open_ms * i64::from(plan.baristas.max(1));
        self.load_percent = u32::try_from(100 * busy_ms / hands_ms).unwrap_or(0);
    }

    fn take(&mut self, event: &Event, orders: &mut HashMap<OrderId, Told>) {
        let Some(order) = event.kind.order() else {
            return;
        };
        let (at, told) = (event.at.0, orders.entry(order).or_default());
        match &event.kind {
            EventKind::OrderSubmitted { .. } => told.submitted = Some(at),
            EventKind::OrderCompleted { .. } => told.ready = Some(at),
            EventKind::OrderCollected { .. } => told.end = Some((at, End::Collected)),
            EventKind::OrderSwept { .. } => told.end = Some((at, End::Swept)),
            EventKind::OrderCancelled { .. } => told.end = Some((at, End::Cancelled)),
            EventKind::OrderTimedOut { cause, .. } => {
                let end = match cause {
                    TimeOutCause::Customer => End::NotChosen,
                    TimeOutCause::Barista => End::NotMade,
                };
                told.end = Some((at, end));
            }
            EventKind::OrderTakenOver { .. } => self.taken_over += 1,
            EventKind::OrderUndone { verb, .. } => match verb {
                Verb::Complete => told.ready = None,
                _ => told.end = None,
            },
            _ => {}
        }
    }

    fn count(&mut self, told: &Told) {
        self.scanned += 1;
        if let Some(submitted) = told.submitted {
            self.ordered += 1;
            if let Some(ready) = told.ready {
                self.made += 1;
                self.quarter(ready).ready += 1;
                self.quarter(submitted).waits_ms.push(ready - submitted);
            }
        }
        let Some((at, end)) = told.end else {
            self.stuck += 1;
            return;
        };
        match end {
            End::Collected => self.collected += 1,
            End::Swept => {
                self.not_fetched += 1;
                self.quarter(at).not_fetched += 1;
            }
            End::Cancelled => {
                self.cancelled += 1;
                self.quarter(at).cancelled += 1;
            }
            End::NotChosen => {
                self.not_chosen += 1;
                self.quarter(at).timed_out += 1;
            }
            End::NotMade => {
                self.not_made += 1;
                self.quarter(at).timed_out += 1;
            }
        }
    }

    /// How many times as fast as time.
    #[must_use]
    pub fn times(&self) -> u64 {
        u64::from(self.day_s) * 1000 / self.took_ms.max(1)
    }

    /// Turned away for want of places or of room.
    #[must_use]
    pub const fn turned_away(&self) -> u32 {
        self.no_place + self.shop_full
    }

    /// For people, a line each.
    #[must_use]
    pub fn lines(&self) -> Vec<(String, String)> {
        let row = |what: &str, told: String| (what.to_owned(), told);
        let mut rows = vec![
            row("came", format!("{}", self.came)),
            row(
                "turned away",
                format!(
                    "{} (no place on the code {}, shop full {}), {} after it closed",
                    self.turned_away(),
                    self.no_place,
                    self.shop_full,
                    self.came_late
                ),
            ),
            row(
                "ordered",
                format!("{} of {} who scanned", self.ordered, self.scanned),
            ),
            row(
                "drinks",
                format!(
                    "{} made, {} fetched, {} not",
                    self.made, self.collected, self.not_fetched
                ),
            ),
            row(
                "lost",
                format!(
                    "{} cancelled, {} not chosen in time, {} not made in time",
                    self.cancelled, self.not_chosen, self.not_made
                ),
            ),
            row(
                "wait",
                format!(
                    "half within {}, nine of ten within {}",
                    minutes(self.wait_p50_s),
                    minutes(self.wait_p90_s)
                ),
            ),
            row(
                "staff",
                format!(
                    "{} baristas, busy {} % of the time",
                    self.baristas, self.load_percent
                ),
            ),
            row("orders stuck", self.stuck.to_string()),
        ];
        if self.dark + self.repeated > 0 {
            let told = format!(
                "{} tablets failed, {} orders taken over; {} answers lost and asked for again, {} answered otherwise",
                self.dark, self.taken_over, self.repeated, self.unlike
            );
            rows.push(row("faults", told));
        }
        rows
    }
}

/// `4 min 05 s`.
pub(super) fn minutes(seconds: u32) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// The smallest that so many percent do not exceed, seconds; of sorted milliseconds.
fn rank(sorted_ms: &[i64], percent: usize) -> Option<u32> {
    let at = (sorted_ms.len() * percent).div_ceil(100).max(1) - 1;
    u32::try_from(sorted_ms.get(at)? / 1000).ok()
}
