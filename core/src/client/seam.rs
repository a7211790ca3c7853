//! What a page in a native window and its shell say to each other, beside [`Call`] and [`Seen`].
//! The shell drives the client, the page draws; no token is among these types.
//!
//! [`Call`]: crate::api::Call
//! [`Seen`]: super::Seen

mod glance;

pub use glance::{CameraDevice, Glance};

use crate::api::{Problem, Who};
use crate::realtime::Status;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a page is told when it begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beginning {
    /// The server, as `https://coffee.example`; none before somebody named one.
    pub server: Option<String>,
    /// Where the page is to stand, path and fragment: where it stood last, or where a link led.
    pub place: Option<String>,
    /// Who is signed in.
    pub who: Option<Who>,
    /// Their name, where they have one.
    pub name: Option<String>,
    /// What the page kept on this device, by key.
    pub kept: BTreeMap<String, String>,
    /// Does the session outlive the app? Not where the device has no keychain.
    pub session_is_kept: bool,
}

/// Who came in: a session's answer, without its tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub who: Who,
    /// Their name, where they have one.
    pub name: Option<String>,
}

/// Somebody whose session a device holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub who: Who,
    /// Their name, where they have one.
    pub name: Option<String>,
    /// Can their PIN be told here without a network?
    pub knows_pin: bool,
}

/// What a page is told while it lives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum News {
    /// How fresh what is shown is, and the server's time.
    Status {
        /// How fresh.
        status: Status,
        /// The server's time.
        now: Timestamp,
    },
    /// Somebody signed in or out.
    Who {
        /// Who is signed in now.
        who: Option<Who>,
        /// Their name, where they have one.
        name: Option<String>,
    },
    /// A link was opened: go there.
    Go(Way),
    /// A link was opened and leads nowhere.
    LostWay(Problem),
    /// Whether the session outlives the app has changed.
    SessionIsKept {
        /// The keychain has it.
        kept: bool,
    },
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Path and fragment.
    pub place: Option<String>,
    /// To another server: the page must begin anew.
    pub anew: bool,
}
