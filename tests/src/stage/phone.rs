//! A customer's phone.

use super::is_accessible;
use crate::{axe::Contrast, browser::Browser};
use std::{ops::Deref, rc::Rc};

/// A customer's phone.
pub struct Phone(pub Rc<Browser>);

impl Deref for Phone {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Phone {
    /// What this browser is.
    #[must_use]
    pub fn of(browser: Rc<Browser>) -> Self {
        Self(browser)
    }

    /// Waits for a screen of this name: `door`, `menu`, `waiting`, `ready`, `ended` …
    pub async fn screen(&self, name: &str) {
        self.shows(&format!("[data-screen={name}]")).await;
    }

    /// Points the camera at whatever it sees, until the menu is there.
    pub async fn scans(&self) {
        self.press("Scan the code").await;
        self.screen("menu").await;
    }

    /// Begins anew as a page on which the twenty seconds before a hint last a tenth of one.
    pub async fn begins_impatient(&self) {
        self.begins_pages_with(
            "const later = window.setTimeout.bind(window);
             window.setTimeout = (act, ms, ...rest) => later(act, ms === 20000 ? 100 : ms, ...rest);",
        )
        .await;
        self.reload().await;
    }

    /// What a page sees of a pulled plug: the track is over.
    pub async fn camera_is_pulled_out(&self) {
        let pull = "document.querySelector('video').srcObject.getVideoTracks()[0].stop();";
        self.run(pull, vec![]).await;
    }

    /// Types a code.
    pub async fn types_code(&self, code: &str) {
        self.press("Type the code").await;
        self.types("Code", code).await;
        self.press("Come in").await;
    }

    /// Picks a drink and options, and goes on to the review.
    pub async fn picks(&self, drink: &str, options: &[&str]) {
        self.press_in("main", drink).await;
        self.screen("options").await;
        for option in options {
            self.press(option).await;
        }
        self.press("Continue").await;
        self.screen("review").await;
    }

    /// Says a name and orders; answers the ticket.
    pub async fn places(&self, name: &str) -> u32 {
        self.types("Name for the cup", name).await;
        self.press("Place order").await;
        self.screen("waiting").await;
        self.ticket().await
    }

    /// The number that it shows.
    pub async fn ticket(&self) -> u32 {
        self.shows("[data-test=ticket]").await;
        let texts = self.texts("[data-test=ticket]").await;
        let number = texts.first().and_then(|text| text.parse().ok());
        number.unwrap_or_else(|| panic!("{}: no ticket in {texts:?}", self.name))
    }

    /// Waits until the badge says so.
    pub async fn live(&self, live: bool) {
        self.shows(&format!("[data-test=live-badge][data-live='{live}']"))
            .await;
    }

    /// Checks this screen.
    pub async fn checked(&self, what: &str) {
        is_accessible(self, what, Contrast::Double).await;
    }
}
