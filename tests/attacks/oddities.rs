//! Bytes that no client would send: paths that climb, headers that split, names that are none.

use crate::cast::{Bent, Cast};
use crate::floods::told;
use presso_tests::raw::{Raw, get};
use serde_json::json;

fn ask(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: presso.example\r\nconnection: close\r\n\r\n")
}

#[tokio::test(flavor = "current_thread")]
async fn no_path_climbs_out_of_the_pages_files() {
    let cast = Cast::meet().await;
    let key = std::fs::read_to_string(cast.server.data().join("signing.key"));
    let key = key.expect("the server made it");
    for path in [
        "/assets/../signing.key",
        "/assets/..%2fsigning.key",
        "/assets/%2e%2e/signing.key",
        "/assets/%2e%2e%2fsigning.key",
        "/assets/..%5csigning.key",
        "/assets/..\\signing.key",
        "/assets/....//signing.key",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/%00",
        "/assets/index.html%00.js",
        "/assets/%ff",
        "/assets/",
        "/../signing.key",
        "//etc/passwd",
        "/s/../signing.key",
        "/s/%2e%2e%2fsigning.key",
        "/data/signing.key",
        "/presso.db",
        "/.git/config",
    ] {
        let answer = told(&cast.server, ask(path).as_bytes()).await;
        let status = answer.get(9..12).unwrap_or_default();
        assert!(["404", "400", "308"].contains(&status), "{path}: {answer}");
        assert!(
            !answer.contains(key.trim()) && !answer.contains("root:"),
            "{path}"
        );
        if status == "308" {
            let moved = answer.lines().find(|l| l.starts_with("location: "));
            let to = moved.and_then(|line| line.strip_prefix("location: /"));
            assert!(
                to.is_some_and(|to| !to.starts_with('/')),
                "{path}: {answer}"
            );
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn no_answer_holds_a_line_that_its_request_brought() {
    let cast = Cast::meet().await;
    for path in [
        "/s/Demo?x=%0d%0aset-cookie:%20a=b",
        "/s/Demo%0d%0aset-cookie:%20a=b",
        "/s/Demo/?%0aset-cookie:a=b",
        "/%0d%0aset-cookie:a=b",
    ] {
        let answer = told(&cast.server, ask(path).as_bytes()).await;
        let (head, _) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let split = head.to_lowercase().contains("\r\nset-cookie");
        assert!(!split, "{path}: {answer}");
    }
    // Bare line ends, and two lengths, are how requests are smuggled past a proxy.
    for bytes in [
        "POST /v1/session/guest HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "POST /v1/session/guest HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nhost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a\r\n x: y\r\n\r\n",
        "GET / HTTP/9.9\r\nhost: a\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let answer = told(&cast.server, bytes.as_bytes()).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 400");
        assert!(refused, "{bytes:?}: {answer}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn names_that_are_none_of_ours_find_nothing_and_break_nothing() {
    let cast = Cast::meet().await;
    let manager = cast.token(5);
    for odd in [
        "..",
        "%2e%2e",
        "demo%00",
        "demo'--",
        "demo%27%20OR%201=1",
        "DEMO%20",
        "%ff",
        "-demo",
        "d\u{e9}mo",
        "a%2fb",
    ] {
        let before = cast.journal().await;
        for rest in ["", "/menu", "/code", "/settings", "/orders"] {
            let path = format!("/v1/shops/{odd}{rest}");
            let path = path.replace('\u{e9}', "%c3%a9");
            let reply = get(&path).by(manager.clone()).send(&cast.server).await;
            assert_eq!(reply.status, 404, "{path}: {reply:?}");
        }
        let path = format!("/v1/orders/{}", odd.replace('\u{e9}', "%c3%a9"));
        let reply = get(&path).by(manager.clone()).send(&cast.server).await;
        assert_eq!(reply.status, 404, "{path}: {reply:?}");
        assert_eq!(cast.journal().await, before);
    }
}

/// Fields that a body does not have are refused, so that none can be slipped in.
#[tokio::test(flavor = "current_thread")]
async fn no_body_takes_a_field_that_is_not_its_own() {
    let cast = Cast::meet().await;
    let eve = cast.server.guest("Eve").await;
    let body = |path: &str, body: serde_json::Value, token: Option<String>| -> Raw {
        get(path).sending("POST", &body).by(token)
    };
    let slipped = [
        body(
            "/v1/session/guest",
            json!({ "who": { "kind": "operator" } }),
            None,
        ),
        body("/v1/session/guest", json!({ "account": "0" }), None),
        body(
            "/v1/session/link",
            json!({ "secret": "x", "role": "manager" }),
            None,
        ),
        body(
            "/v1/session/refresh",
            json!({ "refresh": "x", "who": {} }),
            None,
        ),
        body(
            "/v1/shops/demo/scans",
            json!({ "code": cast.code().await, "customer": "x" }),
            Some(eve.token()),
        ),
        body(
            "/v1/shops/demo/links",
            json!({ "for": "barista", "name": "Eve", "role": "manager" }),
            cast.token(5),
        ),
    ];
    for raw in slipped {
        cast.is_refused(&raw, 422, "invalid_field").await;
    }
}

/// What a person is called is shown, and never run: pages get it as data, and the list of shops
/// writes it out harmless.
#[tokio::test(flavor = "current_thread")]
async fn a_shop_called_by_a_script_is_shown_as_its_letters() {
    let cast = Cast::meet().await;
    let script = "<script>alert(1)</script>";
    let settings = json!({ "name": script });
    let change = get("/v1/shops/demo/settings").sending("PUT", &settings);
    let changed = change.by(cast.token(5)).send(&cast.server).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let page = told(&cast.server, ask("/").as_bytes()).await;
    assert!(
        page.contains("&lt;script&gt;") && !page.contains(script),
        "{page}"
    );
}
