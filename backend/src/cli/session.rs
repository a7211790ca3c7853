//! `presso session`: who is signed in at a shop, and who is not any more.

use super::door::Door;
use super::{Error, print, shop_id};
use clap::Subcommand;
use presso_core::api::{EndShopSession, SessionView, ShopSessions, Who};
use uuid::Uuid;

/// Sessions of a shop's staff and displays.
#[derive(Subcommand)]
pub(super) enum Session {
    /// Lists them, the one used last first: presso session list demo
    List {
        /// Where
        shop: String,
    },
    /// Ends one, open sockets included: presso session end demo 6f2c1a52-…
    End {
        /// Where
        shop: String,
        /// Which, as it is listed
        session: Uuid,
    },
}

pub(super) async fn run(door: &Door, command: Session, json: bool) -> Result<(), Error> {
    match command {
        Session::List { shop } => {
            let shop = shop_id(&shop)?;
            let found = door.send(&ShopSessions { shop }).await?;
            print::answer(json, &found, |found| {
                let rows: Vec<_> = found.sessions.iter().map(row).collect();
                print::columns(&rows);
            });
        }
        Session::End { shop, session } => {
            let shop = shop_id(&shop)?;
            let done = door.send(&EndShopSession { shop, session }).await?;
            print::answer(json, &done, |_| println!("ended"));
        }
    }
    Ok(())
}

fn row(view: &SessionView) -> Vec<String> {
    let what = match &view.who {
        Who::Staff { role, .. } => format!("{role:?}").to_lowercase(),
        Who::Display { .. } => "display".to_owned(),
        Who::Guest { .. } => "guest".to_owned(),
        Who::Organiser { .. } => "organiser".to_owned(),
        Who::Operator => "operator".to_owned(),
    };
    let name = view.name.clone().unwrap_or_default();
    vec![view.session.to_string(), what, name]
}
