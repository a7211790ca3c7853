//! Did the wire change? Every frame, request and problem as literal JSON. A red test here means
//! that apps in people's pockets stop understanding this server: if that is meant, raise
//! `api::PROTOCOL`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

use presso_core::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

#[path = "wire/frames.rs"]
mod frames;
#[path = "wire/problems.rs"]
mod problems;
#[path = "wire/requests.rs"]
mod requests;
#[path = "wire/views.rs"]
mod views;

const ORDER: &str = "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01";
const AT: Timestamp = Timestamp(1_800_000_000_000);

fn uuid() -> Uuid {
    ORDER.parse().unwrap()
}

/// It is written as this JSON, and this JSON is read as it.
#[track_caller]
fn is<T: Serialize + DeserializeOwned>(value: &T, expected: Value) {
    let written = serde_json::to_value(value).unwrap();
    assert_eq!(written, expected);
    let read: T = serde_json::from_value(expected.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), expected);
}

/// It is written as this JSON, and is not read by this side.
#[track_caller]
fn is_not_read<T: DeserializeOwned>(text: &Value) {
    assert!(serde_json::from_value::<T>(text.clone()).is_err(), "{text}");
}

#[test]
fn the_protocol_has_this_number() {
    assert_eq!(presso_core::api::PROTOCOL, 1);
    assert_eq!(presso_core::realtime::frame::SUBPROTOCOL, "presso.1");
    assert_eq!(json!(AT), json!(1_800_000_000_000_i64));
}
