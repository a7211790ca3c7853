//! The staff of a shop: invited, listed, given another role, removed; and organisers.

use super::actors::{Person, Reply, Server};
use super::listening::{Socket, listen};
use presso_core::api::{InvitedAnswer, Tokens, Who};
use presso_core::order::StaffRole;
use serde_json::{Value, json};

const STAFF: &str = "/v1/shops/demo/staff";

struct Invited {
    id: String,
    secret: String,
}

fn secret_of(link: &str) -> String {
    let (page, secret) = link.split_once("#k=").unwrap();
    assert_eq!(page, "http://presso.example/barista");
    secret.to_owned()
}

async fn invites(server: &Server, by: &Person, name: &str, role: &str) -> Invited {
    let reply = asks_in(server, by, json!({ "name": name, "role": role })).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let answer: InvitedAnswer = serde_json::from_value(reply.json()).unwrap();
    Invited {
        id: answer.staff.to_string(),
        secret: secret_of(&answer.link),
    }
}

async fn asks_in(server: &Server, by: &Person, body: Value) -> Reply {
    server.post(by, STAFF, body).await
}

async fn comes_in(server: &Server, invited: &Invited) -> Tokens {
    server.redeem(&invited.secret).await.tokens()
}

fn person(tokens: &Tokens) -> Person {
    Person(Some(tokens.access.clone()))
}

async fn listed(server: &Server, by: &Person) -> Vec<Value> {
    let reply = server.get(by, STAFF).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["staff"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_was_invited_is_listed_before_and_after_they_came_in() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let bo = invites(&server, &manager, " Bo ", "barista").await;
    invites(&server, &server.operator(), "Zoë", "manager").await;
    server.staff("other", "barista").await;
    let seen = |all: &[Value]| -> Vec<Value> {
        let one = |s: &Value| {
            json!([
                s["name"],
                s["role"],
                s["joined"],
                s["link_until"],
                s["current"]
            ])
        };
        all.iter().map(one).collect()
    };
    let until = 1_800_000_000_000_i64 + 86_400_000;
    let before = listed(&server, &manager).await;
    assert_eq!(
        seen(&before),
        [
            json!(["Ada", "manager", true, null, true]),
            json!(["Zoë", "manager", false, until, false]),
            json!(["Bo", "barista", false, until, false]),
        ]
    );
    let tokens = comes_in(&server, &bo).await;
    assert_eq!(tokens.name.as_deref(), Some("Bo"));
    let Who::Staff {
        shop, staff, role, ..
    } = &tokens.who
    else {
        panic!("{:?}", tokens.who)
    };
    assert_eq!(
        (shop.as_str(), staff.to_string(), *role),
        ("demo", bo.id.clone(), StaffRole::Barista)
    );
    let after = listed(&server, &manager).await;
    assert_eq!(seen(&after)[2], json!(["Bo", "barista", true, null, false]));
    server.clock.advance_ms(86_400_001);
    let late = listed(&server, &server.operator()).await;
    assert_eq!(late[1]["link_until"], json!(null), "nobody waits any more");
    let text = json!(late).to_string();
    assert!(!text.contains(&bo.secret), "{text}");
}

#[tokio::test]
async fn an_invitation_lets_in_once_and_another_link_takes_the_place_of_an_unused_one() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let first = invites(&server, &manager, "Bo", "barista").await;
    let path = format!("{STAFF}/{}/link", first.id);
    let again = server.post(&manager, &path, json!({})).await;
    assert_eq!(again.status, 201, "{again:?}");
    let old = server.redeem(&first.secret).await;
    assert_eq!(old.refused(), (404, "link_unknown".into()));
    let secret = secret_of(again.json()["link"].as_str().unwrap());
    let one = server.redeem(&secret).await.tokens();
    let used = server.redeem(&secret).await;
    assert_eq!(used.refused(), (410, "link_used".into()));
    // Whoever is in comes in on one more device, and is the same person there.
    let third = server.post(&manager, &path, json!({})).await;
    let secret = secret_of(third.json()["link"].as_str().unwrap());
    let two = server.redeem(&secret).await.tokens();
    let (one, two) = (one.who.member().unwrap(), two.who.member().unwrap());
    assert_eq!(one.0, two.0);
    assert_ne!(one.1, two.1, "on another device");
    assert_eq!(listed(&server, &manager).await.len(), 2);
    let unused = server.post(&manager, &path, json!({})).await;
    server.clock.advance_ms(86_400_000);
    let secret = secret_of(unused.json()["link"].as_str().unwrap());
    let late = server.redeem(&secret).await;
    assert_eq!(late.refused(), (410, "link_expired".into()));
}

#[tokio::test]
async fn who_is_removed_is_out_within_two_seconds_on_every_device_and_does_not_come_back() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let manager = server.staff("demo", "manager").await;
    let bo = invites(&server, &manager, "Bo", "barista").await;
    let tokens = comes_in(&server, &bo).await;
    let other = server.staff("demo", "barista").await;
    let mut socket = Socket::hello(&at, &person(&tokens)).await;
    let mut stays = Socket::hello(&at, &other).await;
    let link = format!("{STAFF}/{}/link", bo.id);
    let unused = server.post(&manager, &link, json!({})).await;
    let path = format!("{STAFF}/{}", bo.id);
    let removed = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(removed.status, 200, "{removed:?}");
    assert_eq!(socket.bye_at_once().await, "session");
    let asked = server.get(&person(&tokens), "/v1/shops/demo/orders").await;
    assert_eq!(asked.refused(), (401, "session".into()));
    let body = json!({ "refresh": tokens.refresh });
    let renewed = server
        .post(&Person(None), "/v1/session/refresh", body)
        .await;
    assert_eq!(renewed.refused(), (401, "session".into()));
    let secret = secret_of(unused.json()["link"].as_str().unwrap());
    let back = server.redeem(&secret).await;
    assert_eq!(back.refused(), (404, "link_unknown".into()));
    assert_eq!(listed(&server, &manager).await.len(), 2, "Ada and Ada");
    stays.say(&json!({ "t": "ping" })).await;
    assert_eq!(stays.hears().await["t"], "pong");
    for (method, path) in [("PUT", &path), ("POST", &link)] {
        let body = if method == "PUT" {
            json!({ "role": "manager" })
        } else {
            json!({})
        };
        let gone = server.send(&manager, method, path, body).await;
        assert_eq!(gone.refused(), (404, "staff_unknown".into()), "{method}");
    }
}

#[tokio::test]
async fn another_role_holds_at_once_on_every_device_without_signing_in_again() {
    let server = Server::start().await;
    let at = listen(&server.app).await;
    let manager = server.staff("demo", "manager").await;
    let bo = invites(&server, &manager, "Bo", "barista").await;
    let first = comes_in(&server, &bo).await;
    let mut socket = Socket::hello(&at, &person(&first)).await;
    let path = format!("{STAFF}/{}", bo.id);
    let refresh = async |refresh: &str| -> Tokens {
        let body = json!({ "refresh": refresh });
        let renewed = server.post(&Person(None), "/v1/session/refresh", body);
        renewed.await.tokens()
    };
    let settings = async |tokens: &Tokens| {
        let reply = server.get(&person(tokens), "/v1/shops/demo/settings").await;
        reply.status
    };
    assert_eq!(settings(&first).await, 403);
    let up = server
        .send(&manager, "PUT", &path, json!({ "role": "manager" }))
        .await;
    assert_eq!(up.status, 200, "{up:?}");
    assert_eq!(socket.bye_at_once().await, "session", "to be renewed");
    assert_eq!(settings(&first).await, 401, "to be renewed");
    let second = refresh(&first.refresh).await;
    assert_eq!(second.who.role(), Some(StaffRole::Manager));
    assert_eq!(settings(&second).await, 200);
    let down = server
        .send(&manager, "PUT", &path, json!({ "role": "barista" }))
        .await;
    assert_eq!(down.status, 200, "{down:?}");
    assert_eq!(settings(&second).await, 401, "no more than a barista");
    let third = refresh(&second.refresh).await;
    assert_eq!(settings(&third).await, 403);
    assert_eq!(listed(&server, &manager).await[1]["role"], "barista");
}

#[tokio::test]
async fn nobody_removes_or_demotes_themselves_and_a_bad_name_or_role_is_refused() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let own = listed(&server, &manager).await[0]["staff"].clone();
    let path = format!("{STAFF}/{}", own.as_str().unwrap());
    let removed = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(removed.refused(), (409, "oneself".into()));
    let body = json!({ "role": "barista" });
    let demoted = server.send(&manager, "PUT", &path, body.clone()).await;
    assert_eq!(demoted.refused(), (409, "oneself".into()));
    let by_command = server.send(&server.operator(), "PUT", &path, body).await;
    assert_eq!(by_command.status, 200, "the command may: {by_command:?}");
    let operator = server.operator();
    for (body, code, field) in [
        (json!({ "name": "", "role": "barista" }), "bad_name", "name"),
        (
            json!({ "name": "Bo", "role": "organiser" }),
            "invalid_field",
            "role",
        ),
        (
            json!({ "name": "Bo", "role": "owner" }),
            "invalid_field",
            "role",
        ),
    ] {
        let problem = asks_in(&server, &operator, body).await.problem();
        assert_eq!((problem.status, problem.code.as_str()), (422, code));
        assert_eq!(problem.field.as_deref(), Some(field), "{problem:?}");
    }
    let more = json!({ "role": "organiser" });
    let promoted = server.send(&operator, "PUT", &path, more).await;
    assert_eq!(promoted.refused(), (422, "invalid_field".into()));
    for odd in ["x", "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01"] {
        let path = format!("{STAFF}/{odd}");
        let reply = server.send(&operator, "DELETE", &path, json!({})).await;
        assert_eq!(reply.refused(), (404, "staff_unknown".into()), "{odd}");
    }
}

#[tokio::test]
async fn a_manager_reaches_nobody_of_another_shop() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let foreign = server.staff("other", "manager").await;
    let bo = invites(&server, &manager, "Bo", "barista").await;
    // By their own shop's address, with the identifier of somebody elsewhere.
    let path = format!("/v1/shops/other/staff/{}", bo.id);
    for (method, path, body) in [
        ("DELETE", path.clone(), json!({})),
        ("PUT", path.clone(), json!({ "role": "manager" })),
        ("POST", format!("{path}/link"), json!({})),
    ] {
        let reply = server.send(&foreign, method, &path, body).await;
        assert_eq!(reply.refused(), (404, "staff_unknown".into()), "{method}");
    }
    assert!(comes_in(&server, &bo).await.name.is_some());
}

#[tokio::test]
async fn an_organiser_is_a_manager_everywhere_makes_shops_and_is_in_no_shops_list() {
    let server = Server::start().await;
    let operator = server.operator();
    let invited = server
        .post(&operator, "/v1/organisers", json!({ "name": "Olu" }))
        .await;
    assert_eq!(invited.status, 201, "{invited:?}");
    let secret = secret_of(invited.json()["link"].as_str().unwrap());
    let tokens = server.redeem(&secret).await.tokens();
    assert!(matches!(tokens.who, Who::Organiser { .. }));
    assert_eq!(tokens.name.as_deref(), Some("Olu"));
    let olu = person(&tokens);
    for shop in ["demo", "other"] {
        for path in ["settings", "staff", "orders", "code", "sessions"] {
            let path = format!("/v1/shops/{shop}/{path}");
            assert_eq!(server.get(&olu, &path).await.status, 200, "{path}");
        }
    }
    let made = server
        .post(&olu, "/v1/shops", json!({ "shop": "third" }))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let shops = server.get(&olu, "/v1/shops").await.json();
    assert_eq!(
        shops["shops"].as_array().unwrap().len(),
        3,
        "closed ones too"
    );
    let bo = invites(&server, &olu, "Bo", "manager").await;
    let manager = person(&comes_in(&server, &bo).await);
    assert!(
        !json!(listed(&server, &manager).await)
            .to_string()
            .contains("Olu")
    );
    let (staff, _) = tokens.who.member().unwrap();
    let path = format!("{STAFF}/{staff}");
    let reply = server.send(&manager, "DELETE", &path, json!({})).await;
    assert_eq!(reply.refused(), (404, "staff_unknown".into()));
    for person in [&manager, &olu, &server.staff("demo", "barista").await] {
        let reply = server
            .post(person, "/v1/organisers", json!({ "name": "Eve" }))
            .await;
        assert_eq!(reply.refused(), (403, "not_allowed".into()));
    }
    let shop = server
        .post(&manager, "/v1/shops", json!({ "shop": "fourth" }))
        .await;
    assert_eq!(shop.refused(), (403, "not_allowed".into()));
    assert_eq!(server.get(&olu, "/v1/me/sessions").await.status, 200);
}

#[tokio::test]
async fn what_changed_is_known_after_a_restart() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let bo = invites(&server, &manager, "Bo", "barista").await;
    comes_in(&server, &bo).await;
    let path = format!("{STAFF}/{}", bo.id);
    let body = json!({ "role": "manager" });
    server.send(&manager, "PUT", &path, body).await;
    let since = server.app.clock.now();
    let asked = server
        .app
        .reader
        .query(move |db| crate::identity::changed_since(db, since));
    let changed = asked.await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].1, Some(StaffRole::Manager));
    server.send(&manager, "DELETE", &path, json!({})).await;
    let asked = server
        .app
        .reader
        .query(move |db| crate::identity::changed_since(db, since));
    assert_eq!(asked.await.unwrap()[0].1, None);
}

#[tokio::test]
async fn a_manager_takes_the_menu_as_a_table_and_is_told_where_another_is_wrong() {
    let server = Server::start().await;
    let manager = server.staff("demo", "manager").await;
    let table = "/v1/shops/demo/menu/table";
    let before = server.version();
    let csv = server.get(&manager, table).await.json();
    let read = server.post(&manager, table, csv.clone()).await;
    let menu = server.get(&manager, "/v1/shops/demo/menu").await.json();
    assert_eq!(read.json(), menu["menu"], "it comes back as it was");
    let more = format!(
        "{}drink,moon,Moon,,,cheese,,,\n",
        csv["csv"].as_str().unwrap()
    );
    for (csv, place) in [
        ("", "line 1"),
        ("kind,id,name\ndrink,Latte,Latte\n", "line 2, column id"),
        (more.as_str(), "drinks[2].groups[0]"),
    ] {
        let reply = server.post(&manager, table, json!({ "csv": csv })).await;
        let problem = reply.problem();
        assert_eq!((problem.status, problem.code.as_str()), (422, "bad_table"));
        assert_eq!(problem.field.as_deref(), Some(place));
    }
    assert_eq!(server.version(), before, "nothing of it was kept");
}
