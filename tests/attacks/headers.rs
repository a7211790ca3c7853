//! A scan of a running server's headers, as the table in `docs/security.md`: what is written there
//! is what is sent.

use presso_tests::raw::{Raw, get};
use presso_tests::server::{self, Server};
use serde_json::json;

const DOCUMENT: &str = include_str!("../../docs/security.md");

/// One answer of each kind.
const ANSWERS: &[(&str, &str)] = &[
    ("a page", "/s/demo"),
    ("a page's part", "/assets/*.js"),
    ("the list of shops", "/"),
    ("the API", "/v1/shops"),
    ("a refusal", "/v1/me/orders"),
    ("a secret", "/v1/session/guest"),
    ("nothing", "/nothing"),
];

/// The headers that keep browsers safe, and which others there are.
const HEADERS: &[&str] = &[
    "content-security-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "cache-control",
    "set-cookie",
    "access-control-allow-origin",
    "server",
];

/// A script of the page, as the page names it.
async fn script(server: &Server) -> String {
    let page = text(server, "/s/demo").await;
    let found = page
        .split('"')
        .find(|part| part.starts_with("/assets/") && part.ends_with(".js"));
    found.expect("the page has a script").to_owned()
}

/// The text of an answer that is no JSON.
async fn text(server: &Server, path: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = server.address.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it listens");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("a whole answer");
    answer
}

#[tokio::test(flavor = "current_thread")]
async fn the_table_of_headers_in_the_document_is_what_the_server_sends() {
    if let Err(lack) = server::screens_are_there() {
        return println!("skipped: {lack}");
    }
    let secure = |config: &mut presso_backend::app::AppConfig| {
        config.public_url = "https://coffee.example.org".into();
    };
    let server = Server::start_with(server::settings(), secure).await;
    let script = script(&server).await;
    let mut replies = Vec::new();
    for (name, path) in ANSWERS {
        let mut raw = get(&path.replace("/assets/*.js", &script));
        if path.ends_with("/guest") {
            raw = Raw {
                method: "POST",
                content_type: Some("application/json"),
                body: json!({}).to_string().into_bytes(),
                ..raw
            };
        }
        let reply = raw.send(&server).await;
        replies.push((format!("{name} ({})", reply.status), reply));
    }
    let mut table = String::from("| header | value | on |\n| --- | --- | --- |\n");
    for header in HEADERS {
        let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, reply) in &replies {
            let value = reply.header(header);
            match values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, on)) => on.push(name),
                None => values.push((value, vec![name])),
            }
        }
        for (value, on) in values.iter().filter(|(value, _)| !value.is_empty()) {
            let on = match on.len() == replies.len() {
                true => "all".to_owned(),
                false => on.join(", "),
            };
            table.push_str(&format!("| `{header}` | `{value}` | {on} |\n"));
        }
    }
    println!("{table}");
    assert!(
        DOCUMENT.contains(&table),
        "docs/security.md should have this table:\n{table}"
    );
}
