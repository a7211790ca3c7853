//! Events: what happened. Past tense; the journal is a list of them. They carry identifiers,
//! numbers and enumerated reasons, never names or free text (the menu's and the shop's own aside).

use super::Verb;
use crate::code::Window;
use crate::id::{CustomerId, DrinkId, EventId, OptionId, OrderId, TabletId};
use crate::menu::{Choice, Menu};
use crate::order::{Actor, CancelReason, Claim, Ticket, TimeOutCause};
use crate::settings::Settings;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One entry of a shop's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique in the world.
    pub id: EventId,
    /// Its place in the shop's stream: 1, 2, 3 …
    pub version: u64,
    /// When; never before the event in front of it.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventKind {
    /// The shop was set up, closed.
    ShopCreated {
        /// With these settings.
        settings: Settings,
        /// And this menu.
        menu: Menu,
    },
    /// The settings were replaced.
    SettingsChanged {
        /// All of them.
        settings: Settings,
    },
    /// The menu was replaced.
    MenuReplaced {
        /// All of it.
        menu: Menu,
    },
    /// A drink was switched on or off.
    DrinkSwitched {
        /// Which.
        drink: DrinkId,
        /// On?
        available: bool,
    },
    /// An option was switched on or off.
    OptionSwitched {
        /// Which.
        option: OptionId,
        /// On?
        available: bool,
    },
    /// The shop opened.
    ShopOpened,
    /// The shop closed.
    ShopClosed,
    /// Ticket numbers start again from 1.
    PeriodStarted {
        /// The new period's number.
        period: u32,
        /// The local day in which it began, days since 1970-01-01.
        day: i64,
    },
    /// A code was scanned: a place was taken and an order begun.
    OrderStarted {
        /// The order.
        order: OrderId,
        /// Whose.
        customer: CustomerId,
        /// The code's window.
        window: Window,
        /// The how-many-eth place of the code it took, from 1.
        place: u32,
        /// By when it must be ordered.
        submit_by: Timestamp,
    },
    /// The drink was ordered and its ticket drawn.
    OrderSubmitted {
        /// The order.
        order: OrderId,
        /// What.
        choice: Choice,
        /// Its number.
        ticket: Ticket,
        /// By when it must be made.
        make_by: Timestamp,
    },
    /// Its customer signed in, and is another one of this shop's from now on.
    OrderHandedOver {
        /// The order.
        order: OrderId,
        /// Whose it is now.
        customer: CustomerId,
    },
    /// A barista took it.
    OrderClaimed {
        /// The order.
        order: OrderId,
        /// Whose it is now.
        claim: Claim,
    },
    /// The barista gave it back.
    OrderUnclaimed {
        /// The order.
        order: OrderId,
    },
    /// Another barista took over from a silent tablet.
    OrderTakenOver {
        /// The order.
        order: OrderId,
        /// Whose it was.
        from: Claim,
        /// Whose it is now.
        claim: Claim,
    },
    /// It stands on the counter.
    OrderCompleted {
        /// The order.
        order: OrderId,
        /// When it leaves the board.
        sweep_at: Timestamp,
    },
    /// It was handed over.
    OrderCollected {
        /// The order.
        order: OrderId,
    },
    /// It was called off.
    OrderCancelled {
        /// The order.
        order: OrderId,
        /// Why.
        reason: CancelReason,
        /// Its place on the code was given back.
        place_returned: bool,
    },
    /// A deadline passed.
    OrderTimedOut {
        /// The order.
        order: OrderId,
        /// Who let it pass.
        cause: TimeOutCause,
        /// Its place on the code was given back.
        place_returned: bool,
    },
    /// Nobody came for it.
    OrderSwept {
        /// The order.
        order: OrderId,
    },
    /// The last verb was taken back.
    OrderUndone {
        /// The order.
        order: OrderId,
        /// Which verb.
        verb: Verb,
        /// A place on the code was taken again.
        place_retaken: bool,
    },
    /// A tablet with claims has not been heard of for too long.
    TabletSilent {
        /// Which.
        tablet: TabletId,
    },
    /// It is back.
    TabletBack {
        /// Which.
        tablet: TabletId,
    },
}

impl EventKind {
    /// What it is called where it is written: its `type`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ShopCreated { .. } => "shop_created",
            Self::SettingsChanged { .. } => "settings_changed",
            Self::MenuReplaced { .. } => "menu_replaced",
            Self::DrinkSwitched { .. } => "drink_switched",
            Self::OptionSwitched { .. } => "option_switched",
            Self::ShopOpened => "shop_opened",
            Self::ShopClosed => "shop_closed",
            Self::PeriodStarted { .. } => "period_started",
            Self::OrderStarted { .. } => "order_started",
            Self::OrderSubmitted { .. } => "order_submitted",
            Self::OrderHandedOver { .. } => "order_handed_over",
            Self::OrderClaimed { .. } => "order_claimed",
            Self::OrderUnclaimed { .. } => "order_unclaimed",
            Self::OrderTakenOver { .. } => "order_taken_over",
            Self::OrderCompleted { .. } => "order_completed",
            Self::OrderCollected { .. } => "order_collected",
            Self::OrderCancelled { .. } => "order_cancelled",
            Self::OrderTimedOut { .. } => "order_timed_out",
            Self::OrderSwept { .. } => "order_swept",
            Self::OrderUndone { .. } => "order_undone",
            Self::TabletSilent { .. } => "tablet_silent",
            Self::TabletBack { .. } => "tablet_back",
        }
    }
    /// The order it is about, if any.
    #[must_use]
    pub const fn order(&self) -> Option<OrderId> {
        match self {
            Self::OrderStarted { order, .. }
            | Self::OrderSubmitted { order, .. }
            | Self::OrderHandedOver { order, .. }
            | Self::OrderClaimed { order, .. }
            | Self::OrderUnclaimed { order }
            | Self::OrderTakenOver { order, .. }
            | Self::OrderCompleted { order, .. }
            | Self::OrderCollected { order }
            | Self::OrderCancelled { order, .. }
            | Self::OrderTimedOut { order, .. }
            | Self::OrderSwept { order }
            | Self::OrderUndone { order, .. } => Some(*order),
            _ => None,
        }
    }
}
