//! Reading what EventBridge has kept: envelopes of Serverlesspresso, in either of its spellings, as
//! the ones that are written here.

use super::eventbridge::DETAIL_TYPES;
use super::instant;
use serde_json::{Value, json};

/// An envelope that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct BadEnvelope {
    /// Which field.
    pub field: &'static str,
    /// Which rule.
    pub rule: &'static str,
}

/// The envelope under the detail-type that it has here. Its several shops, where they are spelled
/// into the type (`OrderManager.Orderdemo-COMPLETED`, in any case), are found in `detail`.
///
/// # Errors
/// [`BadEnvelope`] with the field and the rule.
pub fn import(mut envelope: Value) -> Result<Value, BadEnvelope> {
    let bad = |field, rule| BadEnvelope { field, rule };
    if !envelope.is_object() {
        return Err(bad("", "an envelope is an object"));
    }
    for field in ["id", "detail-type", "source", "time"] {
        if envelope[field].as_str().is_none_or(str::is_empty) {
            return Err(bad(field, "is a text"));
        }
    }
    let time = envelope["time"].as_str().unwrap_or_default();
    if instant::parse(time).is_none() {
        return Err(bad("time", "is as 2026-11-25T10:00:00Z"));
    }
    if !envelope["detail"].is_object() {
        return Err(bad("detail", "is an object"));
    }
    let kind = envelope["detail-type"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    if let Some(known) = DETAIL_TYPES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(&kind))
    {
        envelope["detail-type"] = json!(known);
    } else if let Some((shop, state, known)) = of_many_shops(&kind) {
        envelope["detail-type"] = json!(known);
        envelope["detail"]["ORDERSTATE"] = json!(format!("{shop}-{state}"));
        if envelope["detail"]["eventId"].is_null() {
            envelope["detail"]["eventId"] = json!(shop);
        }
    }
    Ok(envelope)
}

/// Shop, state and the detail-type here of `OrderManager.Order{shop}-COMPLETED`.
fn of_many_shops(kind: &str) -> Option<(&str, &'static str, &'static str)> {
    const BEGIN: &str = "OrderManager.Order";
    let begins = kind.get(..BEGIN.len())?.eq_ignore_ascii_case(BEGIN);
    let (shop, state) = kind.get(BEGIN.len()..)?.rsplit_once('-')?;
    let states = [
        ("COMPLETED", "OrderManager.OrderCompleted"),
        ("CANCELLED", "OrderManager.OrderCancelled"),
    ];
    let mut found = states
        .into_iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(state));
    let (state, known) = found.next()?;
    (begins && !shop.is_empty()).then_some((shop, state, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(kind: &str) -> Value {
        json!({
            "version": "0", "id": "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01", "detail-type": kind,
            "source": "awsserverlessda.serverlesspresso", "account": "1",
            "time": "2022-11-30T18:04:05Z", "region": "us-west-2", "resources": [],
            "detail": { "orderId": "1", "userId": "2", "Message": "m" },
        })
    }

    #[test]
    fn both_spellings_in_any_case_become_the_one_here() {
        for (kind, expected, state) in [
            (
                "OrderManager.OrderCompleted",
                "OrderManager.OrderCompleted",
                None,
            ),
            (
                "ordermanager.orderCANCELLED",
                "OrderManager.OrderCancelled",
                None,
            ),
            (
                "OrderProcessor.OrderFinished",
                "OrderProcessor.orderFinished",
                None,
            ),
            (
                "OrderManager.Orderreinvent-COMPLETED",
                "OrderManager.OrderCompleted",
                Some("reinvent-COMPLETED"),
            ),
            (
                "orderManager.ORDERre-invent-cancelled",
                "OrderManager.OrderCancelled",
                Some("re-invent-CANCELLED"),
            ),
            (
                "OrderManager.DrinkAverageTime",
                "OrderManager.DrinkAverageTime",
                None,
            ),
            (
                "OrderManager.Order-COMPLETED",
                "OrderManager.Order-COMPLETED",
                None,
            ),
            ("Something.Else-COMPLETED", "Something.Else-COMPLETED", None),
        ] {
            let read = import(envelope(kind)).unwrap();
            assert_eq!(read["detail-type"], expected, "{kind}");
            assert_eq!(read["detail"]["ORDERSTATE"].as_str(), state, "{kind}");
            let shop = state.and_then(|state| state.rsplit_once('-'));
            assert_eq!(
                read["detail"]["eventId"].as_str(),
                shop.map(|(shop, _)| shop)
            );
        }
    }

    #[test]
    fn what_is_no_envelope_is_refused_by_field() {
        let without = |field: &str, value: Value| {
            let mut envelope = envelope("a.b");
            envelope[field] = value;
            import(envelope).unwrap_err().field
        };
        for field in ["id", "detail-type", "source", "time"] {
            assert_eq!(without(field, Value::Null), field);
            assert_eq!(without(field, json!("")), field);
        }
        assert_eq!(without("time", json!("yesterday")), "time");
        assert_eq!(without("detail", json!([])), "detail");
        assert_eq!(import(json!([])).unwrap_err().field, "");
    }
}
