//! The realtime protocol `presso.1`: its frames, and (sans-IO) the session that survives drops.

mod backoff;
mod cursor;
pub mod frame;
mod pulse;
mod session;

pub use backoff::Backoff;
pub use session::{Behind, Input, Output, Session, Status};
