//! The shop as envelopes need it: what stands around an event, folded from the events about the
//! shop alone. It is the same whenever it is made for the same place in the stream.

use super::Facts;
use crate::id::{CustomerId, ShopId};
use crate::menu::Menu;
use crate::settings::Settings;
use crate::workflow::{Event, EventKind};

/// What envelopes say of a shop, as of some event of its stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Backdrop {
    settings: Settings,
    menu: Menu,
    open: bool,
}

impl Backdrop {
    /// Folds the next event of the shop; those about orders change nothing.
    pub fn advance(&mut self, event: &Event) {
        match &event.kind {
            EventKind::ShopCreated { settings, menu } => {
                self.settings = settings.clone();
                self.menu = menu.clone();
            }
            EventKind::SettingsChanged { settings } => self.settings = settings.clone(),
            EventKind::MenuReplaced { menu } => self.menu = menu.clone(),
            EventKind::ShopOpened => self.open = true,
            EventKind::ShopClosed => self.open = false,
            _ => {}
        }
    }

    /// What an envelope takes from it.
    #[must_use]
    pub const fn facts<'a>(&'a self, shop: &'a ShopId, customer: Option<CustomerId>) -> Facts<'a> {
        Facts {
            shop,
            settings: &self.settings,
            menu: &self.menu,
            open: self.open,
            customer,
        }
    }
}
