//! A customer who erases themselves: exactly what is theirs, on every phone.

use super::actors::{Person, Server};
use crate::identity::passcode::sign_in;
use crate::identity::pseudonym;
use presso_core::api::{Tokens, Who};
use presso_core::id::ShopId;
use rusqlite::params;
use serde_json::json;
use uuid::Uuid;

struct Phone {
    person: Person,
    account: Uuid,
    family: Uuid,
}

fn shop(name: &str) -> ShopId {
    ShopId::parse(name).unwrap()
}

async fn phone(server: &Server) -> Phone {
    let begun = server
        .post(&Person(None), "/v1/session/guest", json!({}))
        .await;
    let tokens: Tokens = begun.tokens();
    let Who::Guest { account, .. } = tokens.who else {
        panic!("{:?}", tokens.who)
    };
    let person = Person(Some(tokens.access));
    let own = server.get(&person, "/v1/me/sessions").await.json();
    let family = own["sessions"][0]["session"].as_str().unwrap();
    let family = family.parse().unwrap();
    Phone {
        person,
        account,
        family,
    }
}

/// A number, by its mark, is this account's at a shop; and the phone has shown that it is theirs.
/// Alerts reach the phone there.
async fn signs_in(server: &Server, phone: &Phone, at: &str, mark: u8, account: Uuid) {
    let (shop, family) = (shop(at), phone.family);
    let customer = pseudonym(&server.app.hub.secret(&shop).unwrap(), account);
    let now = server.app.clock.now();
    let write = move |db: &rusqlite::Connection| {
        let row = params![shop.as_str(), [mark; 32], account, now.0];
        db.execute("INSERT OR IGNORE INTO contact VALUES (?1, ?2, ?3, ?4)", row)?;
        let row = params![family, shop.as_str(), customer.0, [mark; 8]];
        let sql = "INSERT INTO push VALUES (?1, ?2, ?3, 'https://p.example', ?4, ?4, 0, 0)";
        db.execute(sql, row)?;
        sign_in(db, family, &shop, account, now)
    };
    assert!(server.app.engine.write(write).await.unwrap());
}

async fn kept(server: &Server, sql: &'static str) -> Vec<(String, u8)> {
    let read = move |db: &rusqlite::Connection| {
        let mut statement = db.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let mark: Vec<u8> = row.get(1)?;
            Ok((row.get(0)?, mark[0]))
        })?;
        rows.collect()
    };
    server.app.reader.query(read).await.unwrap()
}

#[tokio::test]
async fn every_phone_of_the_number_is_signed_out_and_no_other_number_is_forgotten() {
    let server = Server::start().await;
    let (ada, second, stranger) = (
        phone(&server).await,
        phone(&server).await,
        phone(&server).await,
    );
    // Ada's first phone was the first with its number at both shops: by other numbers.
    signs_in(&server, &ada, "demo", 1, ada.account).await;
    signs_in(&server, &ada, "other", 2, ada.account).await;
    // Her second phone shares the number of the first at one of them. Its token is older than that.
    signs_in(&server, &second, "demo", 1, ada.account).await;
    signs_in(&server, &stranger, "demo", 3, stranger.account).await;

    let erased = server
        .send(&second.person, "DELETE", "/v1/me", json!({}))
        .await;
    assert_eq!(erased.status, 200, "{erased:?}");
    let rows = |table: &str| {
        let body = erased.json();
        let all = body["erased"].as_array().unwrap().clone();
        let found = all.iter().find(|one| one["table"] == table);
        found.map_or(0, |one| one["rows"].as_u64().unwrap())
    };
    assert_eq!((rows("contact"), rows("family")), (1, 2), "{erased:?}");
    assert_eq!(
        rows("push"),
        3,
        "each phone's at the shop, and what ends with a session"
    );
    for (phone, status) in [(&ada, 401), (&second, 401), (&stranger, 200)] {
        let own = server.get(&phone.person, "/v1/me/sessions").await;
        assert_eq!(own.status, status);
    }
    let contacts = kept(
        &server,
        "SELECT shop, mark FROM contact ORDER BY shop, mark",
    )
    .await;
    let expected = [("demo".to_owned(), 3), ("other".to_owned(), 2)];
    assert_eq!(
        contacts, expected,
        "the other number at the other shop is not this phone's"
    );
    let pushes = kept(&server, "SELECT shop, auth FROM push ORDER BY shop, auth").await;
    assert_eq!(pushes, [("demo".to_owned(), 3)]);
}
