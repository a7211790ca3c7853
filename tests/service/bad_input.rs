//! Bad input: each a problem with its own code, field and sentence, and no change in the journal.

use crate::raw::{Raw, get, post, version};
use presso_core::api::{StaffVerb, Submit, SubmitBody, SwitchDrink};
use presso_core::id::{DrinkId, OptionId, OrderId};
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use serde_json::json;

/// Sends it, and checks the problem and that nothing was journaled.
async fn refused(server: &Server, raw: Raw, status: u16, code: &str, field: &str) {
    let before = version(server).await;
    let reply = raw.send(server).await;
    let what = format!("{} {}: {reply:?}", raw.method, raw.path);
    assert_eq!((reply.status, reply.text("code")), (status, code), "{what}");
    assert_eq!(reply.text("field"), field, "{what}");
    assert_eq!(
        reply.header("content-type"),
        "application/problem+json",
        "{what}"
    );
    assert_eq!(reply.body["status"], status, "{what}");
    assert_eq!(reply.text("type"), format!("/problems/{code}"), "{what}");
    assert!(reply.text("title").contains(' '), "a sentence: {what}");
    assert_eq!(
        version(server).await,
        before,
        "no change in the journal: {what}"
    );
}

async fn scanned(server: &Server) -> (Person, Person, OrderId) {
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let order = ada
        .scans(&bo.code().await)
        .await
        .expect("a live code")
        .order;
    (bo, ada, order)
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_a_request_is_refused_before_anything_is_decided() {
    let server = Server::start(server::settings()).await;
    let (_, ada, order) = scanned(&server).await;
    let submit = format!("/v1/orders/{order}/submit");
    let good = || post(&ada, &submit, &json!({"drink": "espresso"}));
    let check = |raw, status, code, field| refused(&server, raw, status, code, field);
    check(
        Raw {
            body: b"{\"drink\":".to_vec(),
            ..good()
        },
        400,
        "malformed_json",
        "",
    )
    .await;
    check(
        Raw {
            body: b"\xff\xfe".to_vec(),
            ..good()
        },
        400,
        "malformed_json",
        "",
    )
    .await;
    check(
        post(&ada, &submit, &json!({})),
        422,
        "invalid_field",
        "drink",
    )
    .await;
    check(
        post(&ada, &submit, &json!({"drink": 7})),
        422,
        "invalid_field",
        "drink",
    )
    .await;
    check(
        post(&ada, &submit, &json!({"drink": "No Slug"})),
        422,
        "invalid_field",
        "drink",
    )
    .await;
    check(
        post(
            &ada,
            &submit,
            &json!({"drink": "latte", "options": ["oat", 3]}),
        ),
        422,
        "invalid_field",
        "options[1]",
    )
    .await;
    check(
        post(&ada, &submit, &json!({"drink": "latte", "admin": true})),
        422,
        "invalid_field",
        "admin",
    )
    .await;
    check(
        post(
            &ada,
            &submit,
            &json!({"drink": "espresso", "name": "x".repeat(41)}),
        ),
        422,
        "bad_name",
        "name",
    )
    .await;
    check(
        Raw {
            content_type: Some("text/plain"),
            ..good()
        },
        415,
        "wrong_content_type",
        "",
    )
    .await;
    check(
        Raw {
            content_type: None,
            ..good()
        },
        415,
        "wrong_content_type",
        "",
    )
    .await;
    let mebibyte = json!({"drink": "espresso", "name": "x".repeat(1024 * 1024)});
    check(post(&ada, &submit, &mebibyte), 413, "body_too_big", "").await;
    check(
        Raw {
            key: None,
            ..good()
        },
        428,
        "idempotency_key_missing",
        "idempotency-key",
    )
    .await;
    let no_uuid = Raw {
        key: Some("again".into()),
        ..good()
    };
    check(no_uuid, 400, "idempotency_key_malformed", "idempotency-key").await;
    check(
        Raw {
            token: None,
            ..good()
        },
        401,
        "session",
        "",
    )
    .await;
    check(
        Raw {
            token: Some("nonsense".into()),
            ..good()
        },
        401,
        "session",
        "",
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_there_is_not_there() {
    let server = Server::start(server::settings()).await;
    let (bo, ada, order) = scanned(&server).await;
    let stranger = server.guest("Eve").await;
    let unknown = "0192d5b0-0000-7000-8000-000000000000";
    let body = json!({"drink": "espresso"});
    let submit = |who: &Person, id: &str| post(who, &format!("/v1/orders/{id}/submit"), &body);
    refused(&server, submit(&ada, unknown), 404, "order_unknown", "").await;
    refused(&server, submit(&ada, "7"), 404, "order_unknown", "").await;
    let theirs = submit(&stranger, &order.to_string());
    refused(&server, theirs, 404, "order_unknown", "").await;
    let read = Raw {
        token: Some(stranger.token()),
        ..get(&format!("/v1/orders/{order}"))
    };
    refused(&server, read, 404, "order_unknown", "").await;
    let scan = post(
        &ada,
        "/v1/shops/nowhere/scans",
        &json!({"code": "0000000000"}),
    );
    refused(&server, scan, 404, "shop_unknown", "").await;
    refused(&server, get("/v1/shops/nowhere"), 404, "shop_unknown", "").await;
    refused(&server, get("/v1/nothing"), 404, "not_found", "").await;
    let _ = bo;
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_not_on_the_menu_is_refused_by_name() {
    let server = Server::start(server::settings()).await;
    let (bo, ada, order) = scanned(&server).await;
    let menu = server::menu();
    let latte = menu
        .drinks
        .iter()
        .find(|d| d.id.as_str() == "latte")
        .expect("a latte");
    let required = menu
        .groups
        .iter()
        .find(|g| g.required && latte.groups.contains(&g.id));
    let required = required.expect("a latte needs milk");
    let (first, second) = (
        required.options[0].id.as_str(),
        required.options[1].id.as_str(),
    );
    let path = format!("/v1/orders/{order}/submit");
    let choose = |drink: &str, options: &[&str]| {
        post(&ada, &path, &json!({"drink": drink, "options": options}))
    };
    refused(
        &server,
        choose("beer", &[]),
        422,
        "drink_not_on_menu",
        "drink",
    )
    .await;
    refused(
        &server,
        choose("latte", &[]),
        422,
        "missing_option",
        "options",
    )
    .await;
    refused(
        &server,
        choose("latte", &[first, second]),
        422,
        "too_many_options",
        "options",
    )
    .await;
    refused(
        &server,
        choose("latte", &[first, first]),
        422,
        "option_twice",
        "options",
    )
    .await;
    refused(
        &server,
        choose("latte", &["gold"]),
        422,
        "option_not_on_menu",
        "options",
    )
    .await;
    let drink = DrinkId::parse("espresso").expect("a slug");
    let shop = server.shop.clone();
    let off = SwitchDrink {
        shop: shop.clone(),
        drink,
        available: false,
    };
    bo.call(off).await.expect("staff may");
    refused(&server, choose("espresso", &[]), 422, "drink_off", "drink").await;
    let option = OptionId::parse(first).expect("a slug");
    let off = presso_core::api::SwitchOption {
        shop,
        option,
        available: false,
    };
    bo.call(off).await.expect("staff may");
    refused(
        &server,
        choose("latte", &[first]),
        422,
        "option_off",
        "options",
    )
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn codes_that_are_none_are_refused_by_kind() {
    let server = Server::start(server::settings()).await;
    let ada = server.guest("Ada").await;
    let scan = |code: &str| post(&ada, "/v1/shops/demo/scans", &json!({ "code": code }));
    refused(&server, scan("short"), 422, "code_malformed", "code").await;
    refused(&server, scan("0000000000"), 404, "code_unknown", "code").await;
}

#[tokio::test(flavor = "current_thread")]
async fn verbs_out_of_order_are_refused_by_state() {
    let server = Server::start(server::settings()).await;
    let (bo, ada, order) = scanned(&server).await;
    let does =
        |who: &Person, verb: &str| post(who, &format!("/v1/orders/{order}/{verb}"), &json!({}));
    refused(&server, does(&bo, "claim"), 409, "wrong_state", "").await;
    refused(&server, does(&bo, "collect"), 409, "wrong_state", "").await;
    refused(&server, does(&ada, "claim"), 403, "not_allowed", "").await;
    refused(&server, does(&bo, "undo"), 409, "nothing_to_undo", "").await;
    let drink = DrinkId::parse("espresso").expect("a slug");
    let body = SubmitBody {
        drink,
        options: vec![],
        name: None,
    };
    ada.call(Submit {
        order,
        body: body.clone(),
    })
    .await
    .expect("on the menu");
    let again = json!({"drink": "espresso"});
    let again = post(&ada, &format!("/v1/orders/{order}/submit"), &again);
    refused(&server, again, 409, "wrong_state", "").await;
    bo.call(StaffVerb {
        order,
        verb: Verb::Claim,
    })
    .await
    .expect("nobody has it");
    refused(&server, does(&ada, "cancel"), 409, "order_being_made", "").await;
    bo.call(StaffVerb {
        order,
        verb: Verb::Complete,
    })
    .await
    .expect("claimed");
    refused(&server, does(&bo, "complete"), 409, "wrong_state", "").await;
    bo.call(StaffVerb {
        order,
        verb: Verb::Collect,
    })
    .await
    .expect("ready");
    refused(&server, does(&bo, "cancel"), 409, "order_ended", "").await;
    let reason = post(
        &bo,
        &format!("/v1/orders/{order}/cancel"),
        &json!({"reason": "because"}),
    );
    refused(&server, reason, 422, "invalid_field", "reason").await;
}
