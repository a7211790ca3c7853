//! One-time codes on disk: who asked for which, how often anybody did, and whom a number belongs to.
//! Each of these runs in the writer's transaction, so that every limit is exact.

mod ask;
mod check;
mod marks;

pub use ask::{Asked, Caps, ask};
pub use check::{Checked, check, sign_in};
pub use marks::{Marks, PasscodeKey};

use presso_core::id::ShopId;
use uuid::Uuid;

/// How long a code is good, seconds.
pub const PASSCODE_S: u32 = 300;
/// When another one may be asked for, seconds after the one before.
pub const RESEND_S: u32 = 30;
/// How often one code may be tried.
pub const TRIES: u32 = 3;
/// How often codes for one number or address may be tried within [`GUESSES_S`], over all sessions,
/// shops and addresses.
pub const GUESSES: u32 = 5;
/// See [`GUESSES`].
pub const GUESSES_S: u32 = 600;

/// Who asks, and for whose number or address.
#[derive(Debug, Clone)]
pub struct Asker {
    /// The session: only it can use the code.
    pub family: Uuid,
    /// Where to sign in.
    pub shop: ShopId,
    /// The number or address.
    pub marks: Marks,
}

#[cfg(test)]
mod tests;
