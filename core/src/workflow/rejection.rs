//! Rejections: why a command was refused. Data with a stable code; the sentences that people read
//! live in the apps' words.

use super::Verb;
use crate::id::{DrinkId, OptionId, OrderId, StaffId};
use crate::menu::{BadMenu, OffMenu};
use crate::order::OrderState;
use crate::settings::BadSettings;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a command was refused; nothing changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, JsonSchema)]
#[serde(tag = "rejection", rename_all = "snake_case")]
pub enum Rejection {
    /// There is no such shop.
    #[error("there is no such shop")]
    ShopUnknown,
    /// A shop of this name is there already.
    #[error("a shop of this name is there already")]
    ShopExists,
    /// The shop is closed.
    #[error("the shop is closed")]
    ShopClosed,
    /// As many orders in progress as it can take.
    #[error("the shop has {capacity} orders in progress and takes no more at the moment")]
    ShopFull {
        /// The limit.
        capacity: u32,
    },
    /// All places of this code are taken.
    #[error("all {places} places of this code are taken; wait for the next one")]
    CodeUsedUp {
        /// The limit.
        places: u32,
    },
    /// It was a code of this shop, but has rotated.
    #[error("this code has expired; scan the one that the screen shows now")]
    CodeExpired,
    /// Not a code of this shop.
    #[error("this is not a code of this shop")]
    CodeUnknown,
    /// The customer has an unfinished order.
    #[error("you already have an order")]
    AlreadyOrdered {
        /// Which.
        order: OrderId,
    },
    /// The customer's limit for the day is reached.
    #[error("at most {limit} orders a day")]
    DailyLimit {
        /// The limit.
        limit: u32,
    },
    /// The shop takes orders only of those who have signed in.
    #[error("this shop asks you to sign in before you order")]
    SignInNeeded,
    /// There is no such order, or it is none of the actor's business.
    #[error("there is no such order")]
    OrderUnknown,
    /// The actor may not do this.
    #[error("you may not do this")]
    NotAllowed,
    /// Not on the menu.
    #[error("this is not on the menu: {why:?}")]
    NotOnMenu {
        /// Why not.
        why: OffMenu,
    },
    /// Somebody else has claimed it.
    #[error("this order is already claimed")]
    OrderAlreadyClaimed {
        /// Who.
        by: StaffId,
    },
    /// It is not the actor's claim.
    #[error("this order is somebody else's")]
    NotYourClaim,
    /// Its barista's tablet is not silent.
    #[error("this order's barista is at work; it cannot be taken over")]
    NotTakeable,
    /// A customer cannot cancel any more.
    #[error("this order is being made already")]
    OrderBeingMade,
    /// The order is over.
    #[error("this order has ended: {state:?}")]
    OrderEnded {
        /// How.
        state: OrderState,
    },
    /// The verb does not apply in this state.
    #[error("{verb:?} is not possible while the order is {state:?}")]
    WrongState {
        /// The state.
        state: OrderState,
        /// The verb.
        verb: Verb,
    },
    /// The deadline passed a moment ago.
    #[error("the time for this has passed")]
    DeadlinePassed,
    /// This reason is not one for this side to give.
    #[error("this reason is not one for you to give")]
    ReasonNotYours,
    /// Nothing to undo, or not the actor's last verb, or something happened since.
    #[error("there is nothing of yours to undo on this order")]
    NothingToUndo,
    /// Too late to undo.
    #[error("it can be undone for {within_s} seconds only")]
    UndoTooLate {
        /// For how long it could.
        within_s: u32,
    },
    /// Undoing "cancel" or "complete" would break the customer's limit.
    #[error("the customer has ordered again since")]
    CustomerHasOther,
    /// Tickets cannot start again while orders are alive.
    #[error("ticket numbers cannot start again while orders are alive")]
    OrdersAlive,
    /// A shop with an empty menu cannot open.
    #[error("a shop with an empty menu cannot open")]
    MenuEmpty,
    /// No such drink on the menu.
    #[error("there is no drink {drink} on the menu")]
    DrinkUnknown {
        /// Which.
        drink: DrinkId,
    },
    /// No such option on the menu.
    #[error("there is no option {option} on the menu")]
    OptionUnknown {
        /// Which.
        option: OptionId,
    },
    /// Settings out of range.
    #[error("{0}")]
    BadSettings(#[serde(rename = "bad")] BadSettings),
    /// A menu that cannot be used.
    #[error("{0}")]
    BadMenu(#[serde(rename = "bad")] BadMenu),
}
