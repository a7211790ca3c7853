//! The frames: one JSON object a WebSocket text message, told apart by `t`.

use crate::api::Problem;
use crate::board::{Topic, Update, View};
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "presso.1";
/// The code of a `bye` to a client that speaks a newer protocol than the server; an older client
/// gets `protocol`.
pub const SERVER_TOO_OLD: &str = "server_too_old";
/// Either side says something at least this often, seconds.
pub const PING_EVERY_S: u32 = 15;
/// A peer silent for this long is gone, seconds.
pub const SILENT_AFTER_S: u32 = 45;

/// From a client.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// The first frame. The token is here and not in the URL, where logs would keep it.
    Hello {
        /// [`crate::api::PROTOCOL`] of the client.
        protocol: u32,
        /// Its name and version, for the server's log: `customer/0.1.0`.
        app: String,
        /// The access token; none for someone who watches public topics only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// A newer access token, before the last one expires.
    Reauth {
        /// The access token.
        token: String,
    },
    /// Watch a topic from now on.
    Watch {
        /// Which.
        topic: Topic,
        /// The last version seen, to get just what was missed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<u64>,
    },
    /// Watch it no more.
    Unwatch {
        /// Which.
        topic: Topic,
    },
    /// Still there?
    Ping,
    /// Still here.
    Pong,
}

/// From the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum ServerFrame {
    /// Answers the hello.
    Welcome {
        /// [`crate::api::PROTOCOL`] of the server.
        protocol: u32,
        /// The server's time, by which countdowns run.
        now: Timestamp,
        /// The build that serves the pages; a page of another one may reload.
        build: String,
        /// When the token given must have been renewed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<Timestamp>,
    },
    /// A topic as a whole: replaces what one had. Also how a topic is reset.
    Snapshot {
        /// Which.
        topic: Topic,
        /// Its version.
        version: u64,
        /// What it shows.
        view: View,
    },
    /// One step of a topic.
    Update(Update),
    /// A frame was refused; the connection stands unless a `bye` follows.
    Refused {
        /// The topic, where it was about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        topic: Option<Topic>,
        /// Why.
        problem: Problem,
    },
    /// The token given by `reauth` is taken.
    Reauthed {
        /// When it must have been renewed.
        expires_at: Timestamp,
    },
    /// Still there?
    Ping,
    /// Still here.
    Pong,
    /// The server closes, and why: `protocol` (update the app), `session` (sign in anew),
    /// `restarting` (come back soon), `slow` (did not read).
    Bye {
        /// Why.
        problem: Problem,
    },
}
