//! The shop's television.

use super::is_accessible;
use crate::{
    axe::Contrast,
    browser::{Browser, PATIENCE},
};
use std::{ops::Deref, rc::Rc, time::Duration};

/// The shop's television.
pub struct Tv(pub Rc<Browser>);

impl Deref for Tv {
    type Target = Browser;
    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Tv {
    /// Waits for what stands in the code's place: `code`, `closed`, `full`, `used-up`, `stale`.
    pub async fn panel(&self, name: &str) {
        self.shows(&format!("[data-panel={name}]")).await;
    }

    /// Waits until exactly these tickets are in the making.
    pub async fn prepares(&self, tickets: &[u32]) {
        self.column("preparing", tickets, PATIENCE).await;
    }

    /// Waits until exactly these tickets are called.
    pub async fn calls(&self, tickets: &[u32]) {
        self.column("ready", tickets, PATIENCE).await;
    }

    /// The code that one may type.
    pub async fn code(&self) -> String {
        self.panel("code").await;
        let code = self.run(
            "return document.querySelector('[data-test=code]').dataset.code",
            vec![],
        );
        code.await.as_str().unwrap_or_default().to_owned()
    }

    /// Checks this screen: read from far away, so with the strictest contrast.
    pub async fn checked(&self, what: &str) {
        is_accessible(self, what, Contrast::Triple).await;
    }

    async fn column(&self, name: &str, tickets: &[u32], patience: Duration) {
        let wanted: Vec<String> = tickets.iter().map(ToString::to_string).collect();
        let css = format!("[data-test={name}] [data-test=ticket]");
        self.fact(&format!("{name} {wanted:?}"), patience, async || {
            let mut seen = self.texts(&css).await;
            seen.sort_by_key(|ticket| ticket.parse::<u32>().ok());
            (seen == wanted).then_some(()).ok_or(format!("{seen:?}"))
        })
        .await;
    }
}
