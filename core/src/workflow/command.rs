//! Commands: what someone wants. Imperative; refused or turned into events by `decide`.

use super::Verb;
use crate::code::Window;
use crate::id::{CustomerId, DrinkId, OptionId, OrderId, TabletId};
use crate::menu::{Choice, Menu};
use crate::order::CancelReason;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What someone wants of a shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    /// Set up the shop.
    CreateShop {
        /// With these settings.
        settings: Settings,
        /// And this menu.
        menu: Menu,
    },
    /// Replace the settings.
    ChangeSettings {
        /// All of them.
        settings: Settings,
    },
    /// Replace the menu.
    ReplaceMenu {
        /// All of it.
        menu: Menu,
    },
    /// Switch a drink on or off.
    SwitchDrink {
        /// Which.
        drink: DrinkId,
        /// On?
        available: bool,
    },
    /// Switch an option on or off.
    SwitchOption {
        /// Which.
        option: OptionId,
        /// On?
        available: bool,
    },
    /// Admit scans. The first time in a local day, tickets start again from 1.
    OpenShop,
    /// Admit no more scans; orders already started go on.
    CloseShop,
    /// Start ticket numbers again from 1, now.
    StartPeriod,
    /// Redeem the code of a window: takes a place and starts an order.
    Scan {
        /// The window whose code it is; none when it is no code of this shop.
        window: Option<Window>,
        /// The new order's identifier.
        order: OrderId,
    },
    /// Order what was chosen.
    Submit {
        /// The order.
        order: OrderId,
        /// What.
        choice: Choice,
    },
    /// Call it off.
    Cancel {
        /// The order.
        order: OrderId,
        /// Why.
        reason: CancelReason,
    },
    /// A guest has signed in and is another customer from now on: what is alive of theirs goes
    /// along.
    HandOver {
        /// Whom they are from now on.
        to: CustomerId,
    },
    /// Start making it.
    Claim {
        /// The order.
        order: OrderId,
    },
    /// Give it back to the queue.
    Unclaim {
        /// The order.
        order: OrderId,
    },
    /// Take the claim of a silent tablet.
    TakeOver {
        /// The order.
        order: OrderId,
    },
    /// Put it on the counter.
    Complete {
        /// The order.
        order: OrderId,
    },
    /// Hand it over.
    Collect {
        /// The order.
        order: OrderId,
    },
    /// Take back one's last verb on this order.
    Undo {
        /// The order.
        order: OrderId,
    },
    /// Let every deadline that has passed take its effect, at most `limit` of them.
    PassDeadlines {
        /// How many at once, so that a crowd of them shares a few commits.
        limit: u32,
    },
    /// A tablet has not been heard of for too long.
    TabletFellSilent {
        /// Which.
        tablet: TabletId,
    },
    /// A silent tablet is back.
    TabletCameBack {
        /// Which.
        tablet: TabletId,
    },
}

impl Command {
    /// The verb and the order, where the command is about one.
    #[must_use]
    pub const fn verb(&self) -> Option<(Verb, OrderId)> {
        Some(match self {
            Self::Submit { order, .. } => (Verb::Submit, *order),
            Self::Cancel { order, .. } => (Verb::Cancel, *order),
            Self::Claim { order } => (Verb::Claim, *order),
            Self::Unclaim { order } => (Verb::Unclaim, *order),
            Self::TakeOver { order } => (Verb::TakeOver, *order),
            Self::Complete { order } => (Verb::Complete, *order),
            Self::Collect { order } => (Verb::Collect, *order),
            Self::Undo { order } => (Verb::Undo, *order),
            _ => return None,
        })
    }
}
