//! Organisers: listed, let in again, put out; and who opens whose door.

use super::actors::{Person, Server};
use presso_core::api::Tokens;
use serde_json::{Value, json};

const ORGANISERS: &str = "/v1/organisers";
const STAFF: &str = "/v1/shops/demo/staff";

fn secret(answer: &Value) -> String {
    let link = answer["link"].as_str().unwrap();
    link.split_once("#k=").unwrap().1.to_owned()
}

fn person(tokens: &Tokens) -> Person {
    Person(Some(tokens.access.clone()))
}

fn id(tokens: &Tokens) -> String {
    tokens.who.member().unwrap().0.to_string()
}

async fn comes_in(server: &Server, path: &str, body: Value) -> Tokens {
    let invited = server.post(&server.operator(), path, body).await;
    assert_eq!(invited.status, 201, "{invited:?}");
    server.redeem(&secret(&invited.json())).await.tokens()
}

async fn names(server: &Server) -> Vec<String> {
    let reply = server.get(&server.operator(), ORGANISERS).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let all = reply.json()["staff"].as_array().unwrap().clone();
    let name = |one: &Value| one["name"].as_str().unwrap_or("-").to_owned();
    all.iter().map(name).collect()
}

#[tokio::test]
async fn an_organiser_is_listed_comes_in_again_and_is_put_out_with_their_name() {
    let server = Server::start().await;
    let operator = server.operator();
    let olu = comes_in(&server, ORGANISERS, json!({ "name": "Olu" })).await;
    comes_in(&server, ORGANISERS, json!({ "name": "Pia" })).await;
    assert_eq!(names(&server).await, ["Olu", "Pia"]);
    let path = format!("{ORGANISERS}/{}", id(&olu));
    let again = server
        .post(&operator, &format!("{path}/link"), json!({}))
        .await;
    assert_eq!(again.status, 201, "{again:?}");
    let tablet = server.redeem(&secret(&again.json())).await.tokens();
    assert_eq!(id(&tablet), id(&olu), "the same on another device");
    let unused = server
        .post(&operator, &format!("{path}/link"), json!({}))
        .await;

    for _ in 0..2 {
        let out = server.send(&operator, "DELETE", &path, json!({})).await;
        assert_eq!(out.status, 200, "and asked again it is done: {out:?}");
    }
    assert_eq!(names(&server).await, ["Pia"]);
    for tokens in [&olu, &tablet] {
        let asked = server.get(&person(tokens), "/v1/shops/demo/staff").await;
        assert_eq!(asked.refused(), (401, "session".into()));
        let body = json!({ "refresh": tokens.refresh });
        let renewed = server
            .post(&Person(None), "/v1/session/refresh", body)
            .await;
        assert_eq!(renewed.refused(), (401, "session".into()));
    }
    let back = server.redeem(&secret(&unused.json())).await;
    assert_eq!(back.refused(), (404, "link_unknown".into()));
    let whose = uuid::Uuid::parse_str(&id(&olu)).unwrap();
    let kept = server.app.reader.query(move |db| {
        let sql = "SELECT count(*) FROM staff_names WHERE staff = ?1";
        db.query_row(sql, [whose], |row| row.get::<_, u32>(0))
    });
    assert_eq!(kept.await.unwrap(), 0, "the name is erased");
    // Neither is a shop's address a way to them, nor theirs one to a shop's staff.
    let bo = comes_in(&server, STAFF, json!({ "name": "Bo", "role": "barista" })).await;
    let (foreign, own) = (
        format!("{ORGANISERS}/{}", id(&bo)),
        format!("{STAFF}/{}", id(&olu)),
    );
    for path in [foreign, own] {
        let reply = server.send(&operator, "DELETE", &path, json!({})).await;
        assert_eq!(reply.refused(), (404, "staff_unknown".into()), "{path}");
    }
}

#[tokio::test]
async fn a_manager_lets_a_barista_in_again_and_themselves_and_no_other_manager() {
    let server = Server::start().await;
    let member = async |name: &str, role: &str| {
        comes_in(&server, STAFF, json!({ "name": name, "role": role })).await
    };
    let (max, mia) = (
        member("Max", "manager").await,
        member("Mia", "manager").await,
    );
    let bo = member("Bo", "barista").await;
    let asks = async |by: &Person, whose: &Tokens| {
        let path = format!("{STAFF}/{}/link", id(whose));
        server.post(by, &path, json!({})).await
    };
    assert_eq!(asks(&person(&max), &bo).await.status, 201);
    assert_eq!(asks(&person(&max), &max).await.status, 201);
    let refused = (409, "manager_joined".to_owned());
    assert_eq!(asks(&person(&max), &mia).await.refused(), refused);
    // Nor when her role is taken from her first, to be given back when he is in as her.
    let path = format!("{STAFF}/{}", id(&mia));
    let down = server
        .send(&person(&max), "PUT", &path, json!({ "role": "barista" }))
        .await;
    assert_eq!(down.status, 200);
    assert_eq!(asks(&person(&max), &mia).await.refused(), refused);
    let body = json!({ "name": "Olu" });
    let olu = comes_in(&server, ORGANISERS, body).await;
    for by in [person(&olu), server.operator()] {
        assert_eq!(asks(&by, &mia).await.status, 201);
    }
    // Who never came in has no name to act under yet.
    let invited = json!({ "name": "Nia", "role": "manager" });
    let nia = server.post(&person(&max), STAFF, invited).await.json();
    let path = format!("{STAFF}/{}/link", nia["staff"].as_str().unwrap());
    assert_eq!(
        server.post(&person(&max), &path, json!({})).await.status,
        201
    );
}
