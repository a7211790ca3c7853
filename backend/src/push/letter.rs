//! One message: what is told, to whom, until when, and its form on the way.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::api::PushMessage;
use presso_core::board::Alert;
use presso_core::id::{OrderId, ShopId};
use presso_core::time::Timestamp;
use uuid::Uuid;

/// Every message has this length before it is encrypted, so that its length tells nothing.
const LENGTH: usize = 256;

/// Something that a browser is still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// To which session.
    pub(super) family: Uuid,
    /// Where the order is.
    pub(super) shop: ShopId,
    /// About which order.
    pub(super) order: OrderId,
    /// Its version when this was decided.
    pub(super) version: u64,
    /// What.
    pub(super) alert: Alert,
    /// Later it is not worth telling.
    pub(super) until: Timestamp,
}

impl Due {
    /// Which queue it is in: of an order only the newest alert counts.
    pub(super) fn key(&self) -> (Uuid, OrderId) {
        (self.family, self.order)
    }
    /// The message as it is encrypted: JSON, filled up with spaces.
    pub(super) fn message(&self) -> Vec<u8> {
        let message = PushMessage {
            shop: self.shop.clone(),
            order: self.order,
            alert: self.alert.clone(),
        };
        let mut text = serde_json::to_vec(&message).expect("a message has text keys");
        text.resize(text.len().max(LENGTH), b' ');
        text
    }
    /// The `Topic` header: at the push service a newer message of the same order replaces this one.
    pub(super) fn topic(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.order.0)
    }
    /// The `TTL` header: how long the push service shall try, seconds.
    pub(super) fn ttl_s(&self, now: Timestamp) -> i64 {
        (self.until.ms_since(now) / 1000).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use presso_core::order::{CancelReason, Ticket};

    fn due(alert: Alert) -> Due {
        Due {
            family: Uuid::nil(),
            shop: ShopId::parse("a-shop-with-the-longest-name-of-all")
                .unwrap_or_else(|_| ShopId::parse("abcdefghijklmnopqrstuvwxyz012345").unwrap()),
            order: OrderId(Uuid::max()),
            version: 7,
            alert,
            until: Timestamp(90_500),
        }
    }

    #[test]
    fn all_messages_are_of_one_length_and_still_json() {
        for alert in Alert::all(Ticket(u32::MAX)) {
            let text = due(alert.clone()).message();
            assert_eq!(text.len(), LENGTH);
            let read: PushMessage = serde_json::from_slice(&text).unwrap();
            assert_eq!(read.alert, alert);
        }
    }

    #[test]
    fn the_topic_is_as_short_as_push_services_ask_and_time_to_live_ends_with_its_worth() {
        let due = due(Alert::Cancelled {
            reason: CancelReason::Closing,
        });
        assert!(due.topic().len() <= 32);
        assert_eq!(due.ttl_s(Timestamp(30_000)), 60);
        assert_eq!(due.ttl_s(Timestamp(95_000)), 1);
    }
}
