//! Who may do what: each role against routes of each kind.

use super::actors::{Person, Server};
use serde_json::json;

#[tokio::test]
async fn each_role_is_let_in_exactly_where_it_belongs() {
    let server = Server::start().await;
    let people = [
        ("nobody", Person(None)),
        ("guest", server.guest().await),
        ("display", server.staff("demo", "display").await),
        ("barista", server.staff("demo", "barista").await),
        ("manager", server.staff("demo", "manager").await),
        ("of another shop", server.staff("other", "manager").await),
        ("operator", server.operator()),
    ];
    // method, path, and the status for each of the people above
    let table = [
        ("GET", "/v1/shops/demo", [200, 200, 200, 200, 200, 200, 200]),
        (
            "GET",
            "/v1/shops/demo/menu",
            [200, 200, 200, 200, 200, 200, 200],
        ),
        (
            "GET",
            "/v1/shops/demo/code",
            [401, 403, 200, 200, 200, 403, 200],
        ),
        (
            "GET",
            "/v1/shops/demo/orders",
            [401, 403, 403, 200, 200, 403, 200],
        ),
        (
            "GET",
            "/v1/shops/demo/settings",
            [401, 403, 403, 403, 200, 403, 200],
        ),
        ("GET", "/v1/me/orders", [401, 200, 403, 403, 403, 403, 403]),
        (
            "POST",
            "/v1/shops/demo/open",
            [401, 403, 403, 200, 200, 403, 200],
        ),
        (
            "POST",
            "/v1/shops/demo/periods",
            [401, 403, 403, 403, 200, 403, 200],
        ),
        (
            "POST",
            "/v1/shops/nowhere/open",
            [401, 404, 404, 404, 404, 404, 404],
        ),
    ];
    for (method, path, expected) in table {
        for ((name, person), expected) in people.iter().zip(expected) {
            let reply = match method {
                "GET" => server.get(person, path).await,
                _ => server.post(person, path, json!({})).await,
            };
            assert_eq!(reply.status, expected, "{name}: {method} {path}: {reply:?}");
        }
    }
    for (name, person) in &people[..6] {
        let reply = server
            .post(person, "/v1/shops", json!({ "shop": "mine" }))
            .await;
        assert!(
            [401, 403].contains(&reply.status),
            "{name} sets up a shop: {reply:?}"
        );
        let body = json!({ "for": "manager", "name": "Eve" });
        let reply = server.post(person, "/v1/shops/demo/links", body).await;
        let may = *name == "manager";
        assert_eq!(reply.status == 201, may, "{name} makes a link: {reply:?}");
    }
}

#[tokio::test]
async fn an_order_is_there_for_its_customer_and_its_shops_staff_alone() {
    let server = Server::start().await;
    let (owner, stranger) = (server.guest().await, server.guest().await);
    let barista = server.staff("demo", "barista").await;
    let foreign = server.staff("other", "manager").await;
    let display = server.staff("demo", "display").await;
    let order = server.scanned(&owner).await;
    let path = format!("/v1/orders/{order}");
    for path in [path.clone(), format!("{path}/journey")] {
        for person in [&owner, &barista] {
            assert_eq!(server.get(person, &path).await.status, 200, "{path}");
        }
        for person in [&stranger, &foreign, &display] {
            let refused = server.get(person, &path).await.refused();
            assert_eq!(refused, (404, "order_unknown".into()), "{path}");
        }
    }
    let version = server.version();
    for verb in [
        "claim", "unclaim", "takeover", "complete", "collect", "cancel", "undo", "submit",
    ] {
        let path = format!("{path}/{verb}");
        for person in [&stranger, &foreign, &display] {
            let reply = server.post(person, &path, json!({})).await;
            assert_eq!(reply.refused(), (404, "order_unknown".into()), "{verb}");
        }
    }
    for verb in ["claim", "complete", "collect"] {
        let reply = server
            .post(&owner, &format!("{path}/{verb}"), json!({}))
            .await;
        assert_eq!(reply.refused(), (403, "not_allowed".into()), "{verb}");
    }
    let body = json!({ "drink": "latte", "options": ["oat"] });
    let reply = server.post(&barista, &format!("{path}/submit"), body).await;
    assert_eq!(reply.refused(), (403, "not_allowed".into()));
    assert_eq!(server.version(), version, "what is refused leaves no trace");
}

#[tokio::test]
async fn a_coffee_is_ordered_made_and_read_by_everyone_as_they_may_see_it() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let barista = server.staff("demo", "barista").await;
    let order = server.scanned(&guest).await;
    let path = format!("/v1/orders/{order}");
    let body = json!({ "drink": "latte", "options": ["oat"], "name": "  Bo " });
    let submitted = server
        .post(&guest, &format!("{path}/submit"), body)
        .await
        .json();
    assert_eq!(submitted["order"]["ticket"], 1);
    assert_eq!(submitted["order"]["name"], "Bo");
    let claimed = server
        .post(&barista, &format!("{path}/claim"), json!({}))
        .await
        .json();
    assert_eq!(claimed["order"]["claim"]["name"], "Ada");
    let seen = server.get(&guest, &path).await.json();
    assert_eq!(seen["order"]["state"], "making");
    assert!(
        seen["order"]["claim"]["staff"].is_null(),
        "customers do not see who: {seen}"
    );
    assert_eq!(
        server
            .post(&barista, &format!("{path}/complete"), json!({}))
            .await
            .status,
        200
    );
    let done = server
        .post(&barista, &format!("{path}/collect"), json!({}))
        .await
        .json();
    assert_eq!(done["order"]["state"], "collected");
    let own = server.get(&guest, "/v1/me/orders").await.json();
    assert_eq!(own["orders"][0]["order"]["order"], order);
    assert!(
        own["orders"][0]["order"]["undo"]["staff"].is_null(),
        "{own}"
    );
    let listed = server
        .get(&barista, "/v1/shops/demo/orders?state=collected")
        .await
        .json();
    assert_eq!(listed["orders"].as_array().unwrap().len(), 1);
    let none = server
        .get(&barista, "/v1/shops/demo/orders?state=ready")
        .await
        .json();
    assert!(none["orders"].as_array().unwrap().is_empty());
    let steps = server.get(&guest, &format!("{path}/journey")).await.json();
    assert_eq!(steps["steps"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_tablet_that_asks_without_a_socket_keeps_its_claim() {
    let server = Server::start().await;
    let guest = server.guest().await;
    let order = server.scanned(&guest).await;
    let path = |verb: &str| format!("/v1/orders/{order}/{verb}");
    let body = json!({ "drink": "latte", "options": ["oat"] });
    assert_eq!(server.post(&guest, &path("submit"), body).await.status, 200);
    let ada = server.staff("demo", "barista").await;
    let other = server.staff("demo", "barista").await;
    let claim = server.post(&ada, &path("claim"), json!({})).await;
    assert_eq!(claim.status, 200);
    server.clock.advance_ms(119_000);
    let asked = server.get(&ada, "/v1/shops/demo/orders").await;
    assert_eq!(asked.status, 200);
    server.clock.advance_ms(60_000);
    let early = server.post(&other, &path("takeover"), json!({})).await;
    assert_eq!(early.refused(), (409, "not_takeable".into()));
    server.clock.advance_ms(61_000);
    let order = order.parse().unwrap();
    let claim = || server.app.hub.order(order).unwrap().for_staff.claim;
    while !claim().unwrap().takeable {
        tokio::task::yield_now().await;
    }
    let late = server.post(&other, &path("takeover"), json!({})).await;
    assert_eq!(late.status, 200, "{late:?}");
}
