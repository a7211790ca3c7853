//! Who is who: sessions, single-use links, tokens, and the pseudonyms and names of people.
//!
//! Reading happens once, at start; every write is a [`Write`] that the engine's writer applies by
//! [`apply`] in the transaction of its batch. Nothing secret is at rest in the clear but the
//! signing keys, in files of their own that only the server's user can read.

mod erase;
mod key;
mod listing;
mod pairing;
pub mod passcode;
pub mod pin;
mod prune;
mod pseudonym;
mod ring;
mod rows;
mod secret;
mod seed;
mod sessions;
mod share;
mod staff;
mod token;
mod write;

pub use erase::{Erased, KnownAs, erase_customer, erase_old, erase_shop, staff_ids_of};
pub use key::Key;
pub use listing::{Listed, end_these, sessions_as, sessions_at, sessions_of};
pub use pairing::{Approved, Asked, INTERVAL_S, PAIRING_S, Pairings, UserCode};
pub use prune::{Broom, PRUNE_EVERY_MS, prune};
pub use pseudonym::pseudonym;
pub use ring::{KEY_FILE, Ring};
pub use rows::{apply, ended_since, whose};
pub use secret::{Hash, Secret};
pub use seed::{Error as KeyError, open as open_seed};
pub use sessions::Sessions;
pub use share::{Share, share, shared, unshare};
pub use staff::{Member, changed_since, staff_of};
pub use token::{ACCESS_S, OPERATOR_S, Refused, Session};
pub use write::{GRACE_MS, NewFamily, SESSION_MS, SHIFT_MS, Switch, Write, Written};
