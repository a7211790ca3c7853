//! What a browser is told with every answer, and what it is never told.

use super::actors::{Person, Server};
use crate::http::ROUTES;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

/// Asked by a page of another site.
async fn asked_from_afar(server: &Server, method: &str, path: &str) -> HeaderMap {
    let request = Request::builder().method(method).uri(path);
    let request = request
        .header(header::ORIGIN, "https://evil.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization");
    server
        .ask(request.body(Body::empty()).unwrap())
        .await
        .headers
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_opens_nothing_to_other_sites() {
    let server = Server::start_with(|c| c.public_url = "https://coffee.example".into()).await;
    let pages = [
        "/",
        "/s/demo",
        "/barista",
        "/display",
        "/nothing",
        "/assets/nothing.js",
    ];
    let routes = ROUTES
        .iter()
        .map(|route| (route.method.to_uppercase(), route.path));
    let routes = routes.chain(pages.map(|page| ("GET".to_owned(), page)));
    for (method, path) in routes {
        for method in [method.as_str(), "OPTIONS"] {
            let headers = asked_from_afar(&server, method, path).await;
            let what = format!("{method} {path}: {headers:?}");
            assert_eq!(
                text(&headers, "x-content-type-options"),
                "nosniff",
                "{what}"
            );
            assert_eq!(text(&headers, "referrer-policy"), "no-referrer", "{what}");
            assert_eq!(
                text(&headers, "cross-origin-resource-policy"),
                "same-origin",
                "{what}"
            );
            assert!(
                text(&headers, "strict-transport-security").starts_with("max-age="),
                "{what}"
            );
            let policy = text(&headers, "content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{what}");
            assert!(headers.contains_key(header::CACHE_CONTROL), "{what}");
            let opened = headers
                .keys()
                .find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(opened, None, "{what}");
            assert!(!headers.contains_key(header::SET_COOKIE), "{what}");
            assert!(!headers.contains_key(header::SERVER), "{what}");
        }
    }
}

#[tokio::test]
async fn answers_about_people_are_kept_by_no_cache() {
    let server = Server::start().await;
    let guest = server.guest().await;
    for path in ["/v1/me/orders", "/v1/shops/demo/settings", "/v1/orders/x"] {
        let reply = server.get(&guest, path).await;
        assert_eq!(text(&reply.headers, "cache-control"), "no-store", "{path}");
    }
    let page = server.get(&Person(None), "/").await;
    assert_eq!(text(&page.headers, "cache-control"), "no-cache");
}
