//! How long things may take on a socket, by the machine's time, since a peer that is gone is gone
//! whatever the clock of the shops says.

use presso_core::realtime::frame::{PING_EVERY_S, SILENT_AFTER_S};
use std::time::Duration;
use tokio::time::Instant;

/// Within which the hello must come.
const HELLO: Duration = Duration::from_secs(10);
/// How long a write may block: whoever does not read is let go.
pub(super) const WRITE: Duration = Duration::from_secs(10);
/// How many topics one socket may watch.
pub(super) const TOPICS: usize = 64;

/// When the peer was last heard of, and when to say something next.
pub(super) struct Pulse {
    greeted: bool,
    born_at: Instant,
    heard_at: Instant,
    ping_at: Instant,
}

/// What time asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing yet.
    Nothing,
    /// Say something.
    Ping,
    /// The peer is gone, or never said hello.
    Gone,
}

impl Pulse {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self {
            greeted: false,
            born_at: now,
            heard_at: now,
            ping_at: now + Duration::from_secs(PING_EVERY_S.into()),
        }
    }
    /// Something came.
    pub(super) fn heard(&mut self) {
        self.heard_at = Instant::now();
    }
    /// The hello came.
    pub(super) fn greeted(&mut self) {
        self.greeted = true;
    }
    fn gone_at(&self) -> Instant {
        if self.greeted {
            self.heard_at + Duration::from_secs(SILENT_AFTER_S.into())
        } else {
            self.born_at + HELLO
        }
    }
    /// When to look again.
    pub(super) fn next(&self) -> Instant {
        self.gone_at().min(self.ping_at)
    }
    /// What is due now.
    pub(super) fn due(&mut self) -> Due {
        let now = Instant::now();
        if now >= self.gone_at() {
            return Due::Gone;
        }
        if now < self.ping_at {
            return Due::Nothing;
        }
        self.ping_at = now + Duration::from_secs(PING_EVERY_S.into());
        if self.greeted {
            Due::Ping
        } else {
            Due::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_says_no_hello_for_ten_seconds_is_gone() {
        let mut pulse = Pulse::new();
        tokio::time::advance(Duration::from_millis(9_999)).await;
        pulse.heard(); // a ping is no hello
        assert_eq!(pulse.due(), Due::Nothing);
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!(pulse.due(), Due::Gone);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_is_pinged_every_fifteen_seconds_and_gone_after_forty_five() {
        let mut pulse = Pulse::new();
        pulse.greeted();
        for due in [Due::Ping, Due::Ping, Due::Gone] {
            tokio::time::advance(Duration::from_secs(15)).await;
            assert_eq!(pulse.due(), due);
        }
        pulse.heard();
        assert_eq!(pulse.due(), Due::Ping);
    }
}
