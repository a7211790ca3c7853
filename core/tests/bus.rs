//! What leaves Presso for every kind of event, as literal JSON. A red test here means that other
//! people's consumers read something else than before.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

#[path = "bus/cloudevents.rs"]
mod cloudevents;
#[path = "bus/eventbridge.rs"]
mod eventbridge;
#[path = "bus/happenings.rs"]
mod happenings;
