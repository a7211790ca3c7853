//! The pulse of one connection: when to ping, when the peer counts as gone, when to renew the token.

use super::frame::{PING_EVERY_S, SILENT_AFTER_S};
use crate::time::Timestamp;

/// A peer that was asked whether it is still there has this long, milliseconds.
const PROBE_MS: i64 = 5_000;
/// The token is renewed at most this long ahead of its end, milliseconds.
const RENEW_AHEAD_MS: i64 = 60_000;
/// A renewal that did not come is asked for again after this long, milliseconds.
const ASK_AGAIN_MS: i64 = 5_000;

/// The instants that a living connection goes by; all by the client's own clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pulse {
    said_at: Timestamp,
    /// When it counts as gone, if nothing is heard until then.
    pub(super) gone_at: Timestamp,
    renew_at: Option<Timestamp>,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Say something.
    Ping,
    /// Ask for a newer token.
    Renew,
    /// Give up on this connection.
    Gone,
}

impl Pulse {
    /// A connection that was just made.
    pub(super) fn new(now: Timestamp) -> Self {
        Self {
            said_at: now,
            gone_at: now.plus_s(SILENT_AFTER_S),
            renew_at: None,
        }
    }
    /// Something was said.
    pub(super) fn said(&mut self, now: Timestamp) {
        self.said_at = now;
    }
    /// Something was heard.
    pub(super) fn heard(&mut self, now: Timestamp) {
        self.gone_at = now.plus_s(SILENT_AFTER_S);
    }
    /// A ping was sent whose answer must come soon.
    pub(super) fn probe(&mut self, now: Timestamp) {
        self.said(now);
        self.gone_at = self.gone_at.min(now.plus_ms(PROBE_MS));
    }
    /// The token ends at an instant: it is renewed a minute ahead, or after two thirds of its time
    /// when that is less than three minutes.
    pub(super) fn expires(&mut self, at: Option<Timestamp>, now: Timestamp) {
        let renew_at = |at: Timestamp| {
            let left_ms = at.ms_since(now).max(0);
            now.plus_ms(left_ms - (left_ms / 3).min(RENEW_AHEAD_MS))
        };
        self.renew_at = at.map(renew_at);
    }
    /// When something is due next.
    pub(super) fn next(&self) -> Timestamp {
        let ping_at = self.said_at.plus_s(PING_EVERY_S);
        let first = self.gone_at.min(ping_at);
        self.renew_at.map_or(first, |at| at.min(first))
    }
    /// What is due now, one thing at a time.
    pub(super) fn due(&mut self, now: Timestamp) -> Option<Due> {
        if now >= self.gone_at {
            return Some(Due::Gone);
        }
        if self.renew_at.is_some_and(|at| now >= at) {
            self.renew_at = Some(now.plus_ms(ASK_AGAIN_MS));
            return Some(Due::Renew);
        }
        if now >= self.said_at.plus_s(PING_EVERY_S) {
            self.said(now);
            return Some(Due::Ping);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_peer_is_pinged_every_15_s_and_given_up_after_45() {
        let mut pulse = Pulse::new(Timestamp(0));
        assert_eq!(pulse.due(Timestamp(14_999)), None);
        assert_eq!(pulse.due(Timestamp(15_000)), Some(Due::Ping));
        assert_eq!(pulse.due(Timestamp(15_001)), None);
        pulse.heard(Timestamp(15_100));
        assert_eq!(pulse.due(Timestamp(60_099)), Some(Due::Ping));
        assert_eq!(pulse.due(Timestamp(60_100)), Some(Due::Gone));
    }

    #[test]
    fn a_probed_peer_has_5_s() {
        let mut pulse = Pulse::new(Timestamp(0));
        pulse.probe(Timestamp(1_000));
        assert_eq!(pulse.next(), Timestamp(6_000));
        pulse.heard(Timestamp(1_050));
        assert_eq!(pulse.due(Timestamp(6_000)), None);
    }

    #[test]
    fn a_token_is_renewed_a_minute_or_a_third_of_its_time_ahead() {
        for (lasts_ms, renewed_at) in [(900_000, 840_000), (90_000, 60_000), (0, 0), (-5, 0)] {
            let mut pulse = Pulse::new(Timestamp(0));
            pulse.expires(Some(Timestamp(lasts_ms)), Timestamp(0));
            pulse.heard(Timestamp(renewed_at));
            pulse.said(Timestamp(renewed_at - 1));
            assert_eq!(pulse.due(Timestamp(renewed_at - 1)), None, "{lasts_ms}");
            assert_eq!(pulse.due(Timestamp(renewed_at)), Some(Due::Renew));
            assert_eq!(pulse.due(Timestamp(renewed_at)), None, "asked once");
        }
    }
}
