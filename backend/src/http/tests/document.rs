//! The document and the router say the same.

use super::actors::{Person, Server};
use crate::http::ROUTES;
use crate::http::openapi::document;
use axum::body::Body;
use std::collections::BTreeSet;

#[test]
fn every_route_is_in_the_document_once_and_nothing_else_is() {
    let table: Vec<(String, String)> = ROUTES
        .iter()
        .map(|route| (route.path.to_owned(), route.method.to_owned()))
        .collect();
    let unique: BTreeSet<_> = table.iter().cloned().collect();
    assert_eq!(unique.len(), table.len());
    let paths = document()["paths"].as_object().unwrap();
    let documented = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(|method| (path.clone(), method.clone()))
    });
    assert_eq!(documented.collect::<BTreeSet<_>>(), unique);
}

#[tokio::test]
async fn every_documented_route_is_served_and_asks_for_what_it_says() {
    let server = Server::start().await;
    let operator = server.operator();
    for route in ROUTES.iter().filter(|route| route.path != "/v1/realtime") {
        let path = route
            .path
            .replace("{shop}", "demo")
            .replace("{drink}", "latte");
        let path = path
            .replace("{option}", "oat")
            .replace("{order}", "nothing");
        let method = route.method.to_uppercase();
        let nobody = Person(None)
            .request(&method, &path)
            .body(Body::empty())
            .unwrap();
        let reply = server.ask(nobody).await;
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(
            !text.contains("\"not_found\"") && reply.status != 405,
            "{path}: {text}"
        );
        assert_eq!(
            reply.status == 401 && !path.contains("refresh") && !path.ends_with("/end"),
            route.needs_session(),
            "{method} {path}: {text}"
        );
        if route.keyed
            && !path.contains("/orders/")
            && !["a customer", crate::http::SOURCE].contains(&route.who)
        {
            let bare = operator
                .request(&method, &path)
                .body(Body::empty())
                .unwrap();
            assert_eq!(server.ask(bare).await.status, 428, "{method} {path}");
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let text = document().to_string();
    let schemas = document()["components"]["schemas"].as_object().unwrap();
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name: String = text[at + 21..].chars().take_while(|c| *c != '"').collect();
        assert!(schemas.contains_key(&name), "{name}");
    }
}
