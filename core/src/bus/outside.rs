//! Events that others put on the bus: envelopes of the same two forms, under their own name. They
//! are in no shop's stream, so that nothing can ever fold one into an order.

use super::eventbridge::{ACCOUNT, DETAIL_TYPES, REGION, SOURCE};
use super::{Format, instant};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

/// The longest name of a source or a detail-type, bytes.
pub const MAX_NAME: usize = 64;

/// An event that an outside source put on the bus.
#[derive(Debug, Clone, PartialEq)]
pub struct OutsideEvent {
    /// Unique in the world.
    pub id: Uuid,
    /// When it was put.
    pub at: Timestamp,
    /// On whose bus.
    pub shop: ShopId,
    /// Who put it.
    pub source: String,
    /// What it is.
    pub detail_type: String,
    /// What it says: an object.
    pub detail: Value,
}

/// A name that an outside source may not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadName {
    /// No name at all.
    #[error("is 1 to 64 of letters, digits, '.', '-' and '_', and begins with a letter or digit")]
    Form,
    /// Somebody would be taken in.
    #[error("is one of Presso's own; choose another")]
    Ours,
}

/// May an outside source be called so?
///
/// # Errors
/// [`BadName`].
pub fn check_source(name: &str) -> Result<(), BadName> {
    check_form(name)?;
    let small = name.to_ascii_lowercase();
    let ours = ["presso", "aws"].iter().any(|own| {
        let rest = small.strip_prefix(own);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    if ours || small.starts_with(SOURCE) {
        return Err(BadName::Ours);
    }
    Ok(())
}

/// May an outside source say that this happened? What only Presso can know is Presso's to say, so
/// that a rule that forgets to name its source is not taken in, either.
///
/// # Errors
/// [`BadName`].
pub fn check_detail_type(name: &str) -> Result<(), BadName> {
    check_form(name)?;
    let small = name.to_ascii_lowercase();
    let ours = |own: &&str| own.eq_ignore_ascii_case(name);
    if small.starts_with("presso.") || DETAIL_TYPES.iter().any(ours) {
        return Err(BadName::Ours);
    }
    Ok(())
}

fn check_form(name: &str) -> Result<(), BadName> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if begins && name.len() <= MAX_NAME && name.chars().all(plain) {
        Ok(())
    } else {
        Err(BadName::Form)
    }
}

impl OutsideEvent {
    /// As an envelope.
    #[must_use]
    pub fn envelope(&self, format: Format) -> Value {
        match format {
            // `shop` is an extension: the source is the sender's own.
            Format::Cloudevents => json!({
                "specversion": "1.0",
                "id": self.id,
                "type": self.detail_type,
                "source": self.source,
                "time": instant::millis(self.at),
                "datacontenttype": "application/json",
                "shop": self.shop,
                "data": self.detail,
            }),
            Format::Eventbridge => json!({
                "version": "0",
                "id": self.id,
                "detail-type": self.detail_type,
                "source": self.source,
                "account": ACCOUNT,
                "time": instant::seconds(self.at),
                "region": REGION,
                "resources": [],
                "detail": self.detail,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_outside_takes_a_name_of_pressos() {
        for ours in [
            "presso",
            "Presso.orders",
            "presso-2",
            "aws.events",
            "awsserverlessda.serverlesspresso",
            "AWSserverlessda.serverlesspresso.x",
        ] {
            assert_eq!(check_source(ours), Err(BadName::Ours), "{ours}");
        }
        for bad in ["", "/shops/demo", "a b", ".x", "é", &"a".repeat(65)] {
            assert_eq!(check_source(bad), Err(BadName::Form), "{bad}");
        }
        for good in ["waiting.times", "pressure", "loyalty-2", "a", "awesome"] {
            assert_eq!(check_source(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn nobody_outside_says_that_an_order_moved() {
        for ours in [
            "OrderManager.OrderCompleted",
            "ordermanager.ordercompleted",
            "Validator.NewOrder",
            "presso.order.claimed.v1",
        ] {
            assert_eq!(check_detail_type(ours), Err(BadName::Ours), "{ours}");
        }
        assert_eq!(check_detail_type("OrderManager.DrinkAverageTime"), Ok(()));
    }
}
