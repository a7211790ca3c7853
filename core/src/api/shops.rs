//! Shops: reading, creating, opening and closing, settings, ticket periods.

use super::{Call, Endpoint, Nothing};
use crate::board::ShopFacts;
use crate::id::ShopId;
use crate::menu::Menu;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// `GET /v1/shops`: those that are open.
#[derive(Debug, Clone, Copy)]
pub struct ListShops;

/// Open shops, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopsAnswer {
    /// What everybody may know of each.
    pub shops: Vec<ShopFacts>,
}

/// `GET /v1/shops/{shop}`
#[derive(Debug, Clone)]
pub struct GetShop {
    /// Which.
    pub shop: ShopId,
}

/// A shop, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopAnswer {
    /// Version of its stream.
    pub version: u64,
    /// What everybody may know.
    pub facts: ShopFacts,
    /// By what one may sign in there; nothing where it is not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_in_by: Vec<SignInBy>,
}

/// By what a customer may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInBy {
    /// A telephone number.
    Sms,
    /// An e-mail address.
    Mail,
}

/// `POST /v1/shops`: for the operator.
#[derive(Debug, Clone)]
pub struct CreateShop {
    /// All of it.
    pub body: CreateShopBody,
}

/// A new shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateShopBody {
    /// Its identifier.
    pub shop: ShopId,
    /// Its settings.
    #[serde(default)]
    pub settings: Settings,
    /// Its menu.
    #[serde(default)]
    pub menu: Menu,
}

/// `GET /v1/shops/{shop}/settings`: for managers.
#[derive(Debug, Clone)]
pub struct GetSettings {
    /// Whose.
    pub shop: ShopId,
}

/// `PUT /v1/shops/{shop}/settings`: for managers.
#[derive(Debug, Clone)]
pub struct PutSettings {
    /// Whose.
    pub shop: ShopId,
    /// All of them.
    pub settings: Settings,
}

/// `POST /v1/shops/{shop}/open`: for staff.
#[derive(Debug, Clone)]
pub struct OpenShop {
    /// Which.
    pub shop: ShopId,
}

/// `POST /v1/shops/{shop}/close`: for staff.
#[derive(Debug, Clone)]
pub struct CloseShop {
    /// Which.
    pub shop: ShopId,
}

/// `POST /v1/shops/{shop}/periods`: tickets start again from 1; for managers.
#[derive(Debug, Clone)]
pub struct StartPeriod {
    /// Where.
    pub shop: ShopId,
}

impl Endpoint for ListShops {
    type Answer = ShopsAnswer;
    fn call(&self) -> Call {
        Call::get("/v1/shops".into())
    }
}
impl Endpoint for GetShop {
    type Answer = ShopAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}", self.shop))
    }
}
impl Endpoint for CreateShop {
    type Answer = ShopAnswer;
    fn call(&self) -> Call {
        Call::post("/v1/shops".into(), &self.body)
    }
}
impl Endpoint for GetSettings {
    type Answer = Settings;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/settings", self.shop))
    }
}
impl Endpoint for PutSettings {
    type Answer = Settings;
    fn call(&self) -> Call {
        Call::put(format!("/v1/shops/{}/settings", self.shop), &self.settings)
    }
}
impl Endpoint for OpenShop {
    type Answer = ShopAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/open", self.shop), &Nothing {})
    }
}
impl Endpoint for CloseShop {
    type Answer = ShopAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/close", self.shop), &Nothing {})
    }
}
impl Endpoint for StartPeriod {
    type Answer = ShopAnswer;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/periods", self.shop), &Nothing {})
    }
}
