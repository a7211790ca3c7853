//! Who may see and do what, over HTTP. (Every role on every route is a table of its own to come.)

use crate::raw::{Raw, get, post};
use crate::reach;
use presso_core::api::LinkFor;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use serde_json::json;

#[tokio::test(flavor = "current_thread")]
async fn the_shop_is_run_by_its_staff_only() {
    let server = Server::start(server::settings()).await;
    let guest = server.guest("Ada").await;
    let link = server.link(LinkFor::Display, "").await;
    let display = Person::by_link("the display", &server.address, &server.shop, &link).await;
    let bo = server.barista("Bo").await;
    let drink = json!({"available": false});
    let requests = [
        ("POST", "/v1/shops/demo/close", json!({}), [403, 403, 200]),
        ("POST", "/v1/shops/demo/open", json!({}), [403, 403, 200]),
        (
            "PUT",
            "/v1/shops/demo/menu/latte/availability",
            drink,
            [403, 403, 200],
        ),
        (
            "PUT",
            "/v1/shops/demo/settings",
            json!({"name": "Mine"}),
            [403, 403, 403],
        ),
        (
            "PUT",
            "/v1/shops/demo/menu",
            json!({"drinks": []}),
            [403, 403, 403],
        ),
        ("POST", "/v1/shops/demo/periods", json!({}), [403, 403, 403]),
        (
            "POST",
            "/v1/shops/demo/links",
            json!({"for": "manager", "name": "Eve"}),
            [403, 403, 403],
        ),
        (
            "POST",
            "/v1/shops",
            json!({"shop": "mine"}),
            [403, 403, 403],
        ),
        ("GET", "/v1/shops/demo/orders", json!(null), [403, 403, 200]),
        ("GET", "/v1/shops/demo/code", json!(null), [403, 200, 200]),
        (
            "GET",
            "/v1/shops/demo/settings",
            json!(null),
            [403, 403, 403],
        ),
    ];
    for (method, path, body, expected) in requests {
        for (who, status) in [&guest, &display, &bo].into_iter().zip(expected) {
            let raw = match method {
                "GET" => Raw {
                    token: Some(who.token()),
                    ..get(path)
                },
                _ => Raw {
                    method,
                    ..post(who, path, &body)
                },
            };
            let reply = raw.send(&server).await;
            assert_eq!(
                reply.status, status,
                "{} {method} {path}: {reply:?}",
                who.name
            );
        }
        let nobody = Raw {
            method,
            token: None,
            ..post(&guest, path, &body)
        };
        assert_eq!(
            nobody.send(&server).await.status,
            401,
            "nobody {method} {path}"
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn nobodys_name_is_in_the_journal_and_the_names_beside_it_are_read_by_staff() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Adelheid").await);
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    assert_eq!(bo.reads(order).await.name.as_deref(), Some("Adelheid"));
    let events = reach::journal_text(&server).await;
    assert!(
        events.contains("order_submitted"),
        "the journal was read: {events}"
    );
    assert!(
        !events.contains("Adelheid") && !events.contains("Bo\""),
        "{events}"
    );
}
