//! The workflow: what may happen to an order, when, and by whom.
//!
//! ```text
//!            submit            claim                complete            collect
//! Choosing ─────────▶ Queued ─────────▶ Making ──────────────▶ Ready ──────────▶ Collected
//!    │                 │  ▲               │ │ ▲                 │ └─ 10 min ────▶ Swept
//!    │                 │  └── unclaim ────┘ └─┘ take over       │
//!    ├─ cancel ────────┴── cancel (customer only until Making) ─┴──────────────▶ Cancelled
//!    └─ 5 min (customer) / Queued, Making: 15 min (barista) ───────────────────▶ TimedOut
//! ```
//!
//! `complete` on a queued order claims it on the way. Undo goes one step back, for 10 seconds, for
//! whoever took that step. [`TRANSITIONS`] is this picture as data: [`decide()`], [`offers()`] and the
//! diagrams all read it.

mod command;
mod decide;
mod event;
mod evolve;
mod offers;
mod picture;
mod rejection;
mod transitions;

pub use command::Command;
pub use decide::decide;
pub use event::{Event, EventKind};
pub use evolve::{Touched, evolve};
pub use offers::{Offer, ShopOffer, offers, shop_offers};
pub use picture::{mermaid, svg};
pub use rejection::Rejection;
pub use transitions::{TRANSITIONS, To, Transition, Verb, transition};
