//! JSON bodies of the API, in both directions; and what the workflow makes of a shop and a choice.

use crate::returns;
use presso_backend::push::{Rules, Subscription};
use presso_core::api::{
    ApprovePairingBody, Availability, BeginPairingBody, CancelBody, ClaimPairingBody,
    CreateShopBody, LinkBody, Nothing, OrderAnswer, OrderPage, Problem, RedeemLinkBody,
    RefreshBody, RotateKeysBody, ScanBody, SubmitBody, SubscribeBody, Tokens,
};
use presso_core::id::EventId;
use presso_core::menu::{Choice, Menu};
use presso_core::order::Actor;
use presso_core::settings::Settings;
use presso_core::shop::Shop;
use presso_core::time::Timestamp;
use presso_core::workflow::{Command, Event, decide, evolve};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

/// A body.
///
/// # Panics
/// When it does not return as it was, or a shop is taken that breaks its own rules.
pub fn run(data: &[u8]) {
    read::<ApprovePairingBody>(data);
    read::<Availability>(data);
    read::<BeginPairingBody>(data);
    read::<CancelBody>(data);
    read::<ClaimPairingBody>(data);
    read::<LinkBody>(data);
    read::<Nothing>(data);
    read::<OrderAnswer>(data);
    read::<OrderPage>(data);
    read::<Problem>(data);
    read::<RedeemLinkBody>(data);
    read::<RefreshBody>(data);
    read::<RotateKeysBody>(data);
    read::<ScanBody>(data);
    read::<Tokens>(data);
    let submit = read::<SubmitBody>(data);
    if let Some(body) = read::<SubscribeBody>(data) {
        // Whatever it is: taken or refused.
        let _ = Subscription::parse(&body, Rules::default());
    }
    let settings = read::<Settings>(data).unwrap_or_default();
    let menu = read::<Menu>(data).unwrap_or_default();
    let fresh = || CreateShopBody {
        shop: "demo".parse().expect("a slug"),
        settings,
        menu,
    };
    let shop = read::<CreateShopBody>(data).unwrap_or_else(fresh);
    create(shop, submit);
}

fn read<T: DeserializeOwned + Serialize>(data: &[u8]) -> Option<T> {
    let value = serde_json::from_slice(data).ok()?;
    returns(&value);
    Some(value)
}

fn create(body: CreateShopBody, submit: Option<SubmitBody>) {
    let mut shop = Shop::new(body.shop);
    let valid = body.settings.validate().is_ok() && body.menu.validate().is_ok();
    let (settings, menu) = (body.settings, body.menu);
    let command = Command::CreateShop { settings, menu };
    let Ok(kinds) = decide(&shop, &Actor::Operator, &command, NOW) else {
        return;
    };
    assert!(valid, "a shop is set up that breaks its own rules");
    for (kind, version) in kinds.into_iter().zip(1..) {
        let event = Event {
            id: EventId(Uuid::from_u128(u128::from(version))),
            version,
            at: NOW,
            actor: Actor::Operator,
            kind,
        };
        returns(&event);
        evolve(&mut shop, &event);
    }
    returns(&shop);
    if let Some(SubmitBody { drink, options, .. }) = submit {
        // Whatever is chosen: on the menu or not.
        let _ = shop.menu.check(&Choice { drink, options });
    }
}
