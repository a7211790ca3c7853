//! The client: one name, two bodies. On a native host it drives reqwest and tokio-tungstenite, in
//! a browser `fetch` and the browser's WebSocket; what differs stands in `native` and `web`.
//!
//! A [`Client`] sends requests ([`Client::send`]) and watches topics ([`Client::watch`]); all
//! topics share one socket. It keeps the tokens and never hands them out.

mod error;
mod exchange;
mod feed;
mod greeting;
mod hands;
pub mod seam;
mod send;
mod session;
mod tokens;
mod watch;

#[cfg(not(target_arch = "wasm32"))]
#[path = "client/native.rs"]
mod host;
#[cfg(target_arch = "wasm32")]
#[path = "client/web.rs"]
mod host;

pub use crate::realtime::Status;
pub use error::Error;
pub use greeting::{Greeting, greet};
pub use tokens::{InMemory, TokenStore};
pub use watch::{Seen, Statuses, Watch};

use crate::time::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a client needs to know.
pub struct Config {
    /// Where the server is, without a path: `https://coffee.example`.
    pub base_url: String,
    /// The app's name and version, for the server's log: `customer/0.1.0`.
    pub app: String,
    /// Where the session outlives the app.
    pub tokens: Arc<dyn TokenStore>,
}

/// A client of one server, cheap to clone; clones share session and socket.
///
/// On a native host it is used inside a tokio runtime.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    app: String,
    http: exchange::Http,
    tokens: tokens::Held,
    checks: Mutex<hands::Checks>,
    feeds: Mutex<feed::Feeds>,
    status: tokio::sync::watch::Sender<Status>,
    server: Mutex<Server>,
}

/// What the server said of itself.
#[derive(Default)]
struct Server {
    offset_ms: Option<i64>,
    build: Option<String>,
}

impl Client {
    /// A client, signed in as whoever the store remembers. Connects nowhere yet.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let since = host::now();
        Self {
            inner: Arc::new(Inner {
                app: config.app,
                http: exchange::Http::new(&config.base_url),
                tokens: tokens::Held::new(config.tokens),
                checks: Mutex::default(),
                feeds: Mutex::default(),
                status: tokio::sync::watch::Sender::new(Status::Stale { since }),
                server: Mutex::default(),
            }),
        }
    }

    /// The time by the server's clock, by which countdowns run; by this device's own until the
    /// first topic was watched.
    #[must_use]
    pub fn server_now(&self) -> Timestamp {
        host::now().plus_ms(held(&self.inner.server).offset_ms.unwrap_or(0))
    }
    /// The build that the server said it was, once a topic was watched: a page of another build
    /// may want to reload.
    #[must_use]
    pub fn server_build(&self) -> Option<String> {
        held(&self.inner.server).build.clone()
    }
}

/// Locks, also after a panic elsewhere: what is behind these locks is whole at every step.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A random number, uniform over its range.
fn chance() -> u32 {
    // The low 62 bits of a version 4 UUID are random.
    uuid::Uuid::new_v4().as_u64_pair().1 as u32
}
