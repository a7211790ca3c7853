//! The customer's phone: from the scanned code to the cup.
//!
//! What the phone knows and which screen follows from it is pure (`state`, `screen`, `draft`,
//! `refusal`) and tested on any machine; `screens` draws, one file a screen; `phone` holds it all
//! together and talks to the server through `presso_ui::host`.
#![expect(
    unreachable_pub,
    reason = "the component macro repeats a component's visibility inside its own module"
)]

mod actions;
mod app;
mod draft;
#[cfg(test)]
mod examples;
mod memory;
mod phone;
mod place_in_queue;
mod refusal;
mod scanner;
mod screen;
mod screens;
mod shared;
mod state;

pub use app::App;
