//! `presso staff link` and `pair`, `presso display link` and `pair`.

use super::door::Door;
use super::{Error, Role, print, shop_id};
use presso_core::api::{
    ApprovePairing, ApprovePairingBody, CreateLink, DeviceFor, LinkBody, LinkFor,
};

pub(super) async fn staff(
    door: &Door,
    shop: &str,
    name: String,
    role: Role,
    json: bool,
) -> Result<(), Error> {
    let link_for = match role {
        Role::Barista => LinkFor::Barista,
        Role::Manager => LinkFor::Manager,
    };
    let name = Some(name);
    create(door, shop, LinkBody { link_for, name }, json).await
}

pub(super) async fn display(door: &Door, shop: &str, json: bool) -> Result<(), Error> {
    let body = LinkBody {
        link_for: LinkFor::Display,
        name: None,
    };
    create(door, shop, body, json).await
}

async fn create(door: &Door, shop: &str, body: LinkBody, json: bool) -> Result<(), Error> {
    let shop = shop_id(shop)?;
    let answer = door.send(&CreateLink { shop, body }).await?;
    // The link alone, so that it can be passed on; what it is good for is in the help.
    print::answer(
        json,
        &serde_json::json!({
            "link": answer.link, "expires_at": answer.expires_at,
        }),
        |_| println!("{}", answer.link),
    );
    Ok(())
}

pub(super) async fn pair(
    door: &Door,
    shop: &str,
    (user_code, name): (String, Option<String>),
    json: bool,
) -> Result<(), Error> {
    let shop = shop_id(shop)?;
    let body = ApprovePairingBody { user_code, name };
    let paired = door.send(&ApprovePairing { shop, body }).await?;
    print::answer(json, &paired, |paired| {
        let what = match paired.paired {
            DeviceFor::Display => "a display",
            DeviceFor::Barista => "a barista's tablet",
        };
        println!("let in, as {what}");
    });
    Ok(())
}
