//! Pages, the menu's validator, and the headers around them.

use super::actors::{Person, Server};
use axum::body::Body;
use axum::http::header;
use serde_json::json;

#[tokio::test]
async fn the_list_of_shops_is_safe_to_show_whatever_a_shop_is_called() {
    let server = Server::start().await;
    let body = json!({ "name": "<script>alert(1)</script>" });
    let path = "/v1/shops/demo/settings";
    assert_eq!(
        server
            .send(&server.operator(), "PUT", path, body)
            .await
            .status,
        200
    );
    let reply = server.get(&Person(None), "/").await;
    let page = String::from_utf8(reply.body).unwrap();
    assert!(
        page.contains("&lt;script&gt;") && !page.contains("<script>"),
        "{page}"
    );
    assert!(page.contains("href=\"/s/other\""));
    let policy = reply.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"));
    assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(reply.headers[header::REFERRER_POLICY], "no-referrer");
    assert_eq!(reply.headers["cross-origin-opener-policy"], "same-origin");
}

#[tokio::test]
async fn the_catalogue_is_a_page_without_a_script_that_shows_every_event() {
    let server = Server::start().await;
    let nobody = Person(None);
    let page = server.get(&nobody, "/docs/events").await;
    let text = String::from_utf8(page.body).unwrap();
    assert_eq!(
        page.headers[header::CONTENT_TYPE],
        "text/html; charset=utf-8"
    );
    for lacking in ["<script", "style=", "onclick", "<style", "<!--"] {
        assert!(!text.contains(lacking), "{lacking}");
    }
    let schemas = server.get(&nobody, "/docs/events.json").await.json();
    let names: Vec<&String> = schemas.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 22);
    for name in names {
        assert!(text.contains(&format!("<section id=\"{name}\">")), "{name}");
    }
    assert!(
        text.contains("<code>claim.tablet</code>"),
        "what a field holds, too"
    );
    let style = server.get(&nobody, "/docs/events.css").await;
    assert_eq!(
        style.headers[header::CONTENT_TYPE],
        "text/css; charset=utf-8"
    );
    let document = server.get(&nobody, "/docs/asyncapi.json").await.json();
    assert_eq!(document["asyncapi"], "3.0.0");
}

#[tokio::test]
async fn an_address_typed_with_capitals_or_a_slash_leads_to_the_page() {
    let server = Server::start().await;
    for (typed, page) in [
        ("/s/Demo", "/s/demo"),
        ("/s/demo/", "/s/demo"),
        ("/s/DEMO/?lang=de&x=%2f", "/s/demo?lang=de&x=%2f"),
        ("/s/d%65mo", "/s/demo"),
        ("/barista/", "/barista"),
        ("/display/?big", "/display?big"),
    ] {
        let reply = server.get(&Person(None), typed).await;
        assert_eq!(reply.status, 308, "{typed}");
        assert_eq!(reply.headers[header::LOCATION], page, "{typed}");
    }
    for elsewhere in ["/s//evil.example", "/s/evil.example/", "/s/%2f%2fevil/"] {
        let reply = server.get(&Person(None), elsewhere).await;
        assert_eq!(reply.refused(), (404, "not_found".into()), "{elsewhere}");
    }
}

#[tokio::test]
async fn a_menu_that_one_has_is_not_sent_again_until_it_changes() {
    let server = Server::start().await;
    let path = "/v1/shops/demo/menu";
    let first = server.get(&Person(None), path).await;
    let etag = first.headers[header::ETAG].clone();
    let again = || {
        let request = Person(None)
            .request("GET", path)
            .header(header::IF_NONE_MATCH, &etag);
        request.body(Body::empty()).unwrap()
    };
    assert_eq!(server.ask(again()).await.status, 304);
    let off = "/v1/shops/demo/menu/options/oat/availability";
    let barista = server.staff("demo", "barista").await;
    let reply = server
        .send(&barista, "PUT", off, json!({ "available": false }))
        .await;
    assert_eq!(reply.status, 200);
    let changed = server.ask(again()).await;
    assert_eq!(changed.status, 200);
    assert_eq!(
        changed.json()["menu"]["groups"][0]["options"][0]["available"],
        false
    );
}

#[tokio::test]
async fn a_server_that_stops_says_so_and_is_not_ready() {
    let server = Server::start().await;
    assert_eq!(server.get(&Person(None), "/readyz").await.status, 200);
    server.app.stop().await;
    assert_eq!(server.get(&Person(None), "/healthz").await.status, 200);
    let reply = server.get(&Person(None), "/readyz").await;
    assert_eq!(reply.refused(), (503, "restarting".into()));
    assert!(reply.headers.contains_key(header::RETRY_AFTER));
    let guest = server
        .post(&Person(None), "/v1/session/guest", json!({}))
        .await;
    assert_eq!(guest.refused(), (503, "restarting".into()));
}

#[tokio::test]
async fn the_public_key_is_there_for_others_to_check_tokens_with() {
    let server = Server::start().await;
    let keys = server
        .get(&Person(None), "/.well-known/jwks.json")
        .await
        .json();
    assert_eq!(keys["keys"][0]["alg"], "EdDSA");
    assert!(
        keys["keys"][0].get("d").is_none(),
        "the private half stays here"
    );
}
