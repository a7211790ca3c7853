//! The menu: read by anyone, switched by staff, replaced by a manager.

use super::{Call, Endpoint};
use crate::id::{DrinkId, OptionId, ShopId};
use crate::menu::Menu;
use serde::{Deserialize, Serialize};

/// `GET /v1/shops/{shop}/menu`
#[derive(Debug, Clone)]
pub struct GetMenu {
    /// Whose.
    pub shop: ShopId,
}

/// A menu with its version, which is also its ETag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuAnswer {
    /// The version.
    pub version: u64,
    /// The menu.
    pub menu: Menu,
}

/// `PUT /v1/shops/{shop}/menu`
#[derive(Debug, Clone)]
pub struct PutMenu {
    /// Whose.
    pub shop: ShopId,
    /// All of it.
    pub menu: Menu,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// On?
    pub available: bool,
}

/// `PUT /v1/shops/{shop}/menu/{drink}/availability`
#[derive(Debug, Clone)]
pub struct SwitchDrink {
    /// Whose menu.
    pub shop: ShopId,
    /// Which.
    pub drink: DrinkId,
    /// On?
    pub available: bool,
}

/// `PUT /v1/shops/{shop}/menu/options/{option}/availability`
#[derive(Debug, Clone)]
pub struct SwitchOption {
    /// Whose menu.
    pub shop: ShopId,
    /// Which.
    pub option: OptionId,
    /// On?
    pub available: bool,
}

impl Endpoint for GetMenu {
    type Answer = MenuAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/menu", self.shop))
    }
}
impl Endpoint for PutMenu {
    type Answer = MenuAnswer;
    fn call(&self) -> Call {
        Call::put(format!("/v1/shops/{}/menu", self.shop), &self.menu)
    }
}
impl Endpoint for SwitchDrink {
    type Answer = MenuAnswer;
    fn call(&self) -> Call {
        let path = format!("/v1/shops/{}/menu/{}/availability", self.shop, self.drink);
        Call::put(
            path,
            &Availability {
                available: self.available,
            },
        )
    }
}
impl Endpoint for SwitchOption {
    type Answer = MenuAnswer;
    fn call(&self) -> Call {
        let path = format!(
            "/v1/shops/{}/menu/options/{}/availability",
            self.shop, self.option
        );
        Call::put(
            path,
            &Availability {
                available: self.available,
            },
        )
    }
}

/// `GET /v1/shops/{shop}/menu/table`: the menu as a table, for spreadsheets.
#[derive(Debug, Clone)]
pub struct GetMenuTable {
    /// Whose.
    pub shop: ShopId,
}

/// `POST /v1/shops/{shop}/menu/table`: reads a table as a menu, and keeps nothing: it is looked at
/// first.
#[derive(Debug, Clone)]
pub struct ReadMenuTable {
    /// Where.
    pub shop: ShopId,
    /// The table.
    pub table: MenuTable,
}

/// A menu as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuTable {
    /// Comma-separated, as `presso menu export` writes it.
    pub csv: String,
}

impl Endpoint for GetMenuTable {
    type Answer = MenuTable;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/menu/table", self.shop))
    }
}
impl Endpoint for ReadMenuTable {
    type Answer = Menu;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/menu/table", self.shop), &self.table).unkeyed()
    }
}
