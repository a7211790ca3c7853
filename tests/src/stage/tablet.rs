//! A barista's tablet.

use super::is_accessible;
use crate::{
    axe::Contrast,
    browser::{Browser, PATIENCE},
};
use serde_json::json;
use std::{ops::Deref, rc::Rc};

/// A barista's tablet.
pub struct Tablet(pub Rc<Browser>);

impl Deref for Tablet {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Tablet {
    /// Takes an order to make.
    pub async fn starts(&self, ticket: u32) {
        self.on(ticket, &format!("Start order {ticket}")).await;
    }

    /// Puts it on the counter.
    pub async fn finishes(&self, ticket: u32) {
        self.on(ticket, &format!("Order {ticket} is ready")).await;
    }

    /// Hands it over.
    pub async fn hands_over(&self, ticket: u32) {
        self.on(ticket, &format!("Order {ticket} was handed over"))
            .await;
    }

    /// Cancels, and says why.
    pub async fn cancels(&self, ticket: u32, reason: &str) {
        self.on(ticket, &format!("Cancel order {ticket}")).await;
        self.press_in("dialog[open]", reason).await;
    }

    /// Takes back the last thing done to an order.
    pub async fn undoes(&self, ticket: u32) {
        self.press_in("[data-test=undo-strip]", &format!("Undo, order {ticket}"))
            .await;
    }

    /// Presses a button on an order's card.
    pub async fn on(&self, ticket: u32, button: &str) {
        self.press_in(&format!("[data-ticket='{ticket}']"), button)
            .await;
    }

    /// Waits until exactly these tickets are in a lane: `to-make`, `making`, `ready`.
    pub async fn lane(&self, name: &str, tickets: &[u32]) {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => Number(e.dataset.ticket))";
        let css = json!(format!("[data-test=lane-{name}] [data-ticket]"));
        let wanted = json!(tickets);
        self.fact(&format!("{name} {tickets:?}"), PATIENCE, async || {
            let seen = self.run(script, vec![css.clone()]).await;
            (seen == wanted).then_some(()).ok_or(seen.to_string())
        })
        .await;
    }

    /// Waits until the bar says that this person is at the tablet.
    pub async fn sees_in_bar(&self, name: &str) {
        let wanted = [name.to_owned()];
        self.fact(&format!("{name} is at it"), PATIENCE, async || {
            let seen = self.texts(".hands-name").await;
            (seen == wanted).then_some(()).ok_or(format!("{seen:?}"))
        })
        .await;
    }

    /// Checks this screen.
    pub async fn checked(&self, what: &str) {
        is_accessible(self, what, Contrast::Double).await;
    }
}
