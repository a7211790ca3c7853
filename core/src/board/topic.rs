//! Topics: what one can watch. `shop/{id}/board`, `…/queue`, `…/code`, `…/menu`, `order/{id}`.

use crate::id::{OrderId, ShopId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What one can watch.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
pub enum Topic {
    /// Numbers and states: for anyone.
    Board(ShopId),
    /// The orders: for the shop's staff.
    Queue(ShopId),
    /// The code: for the shop's displays and staff.
    Code(ShopId),
    /// The menu: for anyone.
    Menu(ShopId),
    /// One order: for its customer, and the shop's staff.
    Order(OrderId),
}

/// Not a topic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a topic is shop/ID/board, /queue, /code or /menu, or order/ID")]
pub struct BadTopic;

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Board(shop) => write!(f, "shop/{shop}/board"),
            Self::Queue(shop) => write!(f, "shop/{shop}/queue"),
            Self::Code(shop) => write!(f, "shop/{shop}/code"),
            Self::Menu(shop) => write!(f, "shop/{shop}/menu"),
            Self::Order(order) => write!(f, "order/{order}"),
        }
    }
}

impl FromStr for Topic {
    type Err = BadTopic;
    fn from_str(text: &str) -> Result<Self, BadTopic> {
        let shop = |id: &str| ShopId::parse(id).map_err(|_| BadTopic);
        match text.split('/').collect::<Vec<_>>().as_slice() {
            ["shop", id, "board"] => shop(id).map(Self::Board),
            ["shop", id, "queue"] => shop(id).map(Self::Queue),
            ["shop", id, "code"] => shop(id).map(Self::Code),
            ["shop", id, "menu"] => shop(id).map(Self::Menu),
            ["order", id] => id.parse().map(Self::Order).map_err(|_| BadTopic),
            _ => Err(BadTopic),
        }
    }
}
impl TryFrom<String> for Topic {
    type Error = BadTopic;
    fn try_from(text: String) -> Result<Self, BadTopic> {
        text.parse()
    }
}
impl From<Topic> for String {
    fn from(topic: Topic) -> String {
        topic.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_read_back_as_they_print_and_nothing_else_is_one() {
        let order = "order/6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01";
        for text in [
            "shop/demo/board",
            "shop/demo/queue",
            "shop/demo/code",
            "shop/demo/menu",
            order,
        ] {
            assert_eq!(text.parse::<Topic>().unwrap().to_string(), text);
        }
        for bad in [
            "",
            "shop/demo",
            "shop/Demo/board",
            "shop/demo/orders",
            "order/7",
            "order//",
            "shop/a/b/c",
        ] {
            assert!(bad.parse::<Topic>().is_err(), "{bad}");
        }
    }
}
