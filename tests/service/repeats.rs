//! The same request twice is one order.

use crate::raw::{Raw, post, version};
use presso_tests::server::{self, Server};
use serde_json::json;

#[tokio::test(flavor = "current_thread")]
async fn the_same_key_gets_the_same_answer_also_at_once_and_after_a_restart() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let code = bo.code().await;
    let scan = post(
        &ada,
        "/v1/shops/demo/scans",
        &json!({ "code": code.as_str() }),
    );
    let replies = futures::future::join_all((0..20).map(|_| scan.send(&server))).await;
    let after = version(&server).await;
    for reply in &replies {
        assert_eq!(reply.status / 100, 2, "{reply:?}");
        assert_eq!(reply.body, replies[0].body, "the same answer");
    }
    server.goes_away().await;
    server.comes_back().await;
    let again = scan.send(&server).await;
    assert_eq!((again.status / 100, &again.body), (2, &replies[0].body));
    assert_eq!(version(&server).await, after, "nothing was done again");
}

#[tokio::test(flavor = "current_thread")]
async fn a_key_with_another_body_is_refused_and_a_refusal_is_kept_under_its_key() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let code = bo.code().await;
    let right = json!({ "code": code.as_str() });
    let scan = post(&ada, "/v1/shops/demo/scans", &right);
    let wrong = Raw {
        body: json!({"code": "0000000000"}).to_string().into_bytes(),
        ..scan.clone()
    };
    assert_eq!(wrong.send(&server).await.text("code"), "code_unknown");
    let late = scan.send(&server).await;
    assert_eq!(late.text("code"), "code_unknown", "its key was refused");
    // Who tries again draws another key.
    let scan = post(&ada, "/v1/shops/demo/scans", &right);
    assert_eq!(scan.send(&server).await.status / 100, 2);
    let wrong = Raw {
        body: wrong.body,
        ..scan.clone()
    };
    let reused = wrong.send(&server).await;
    assert_eq!(
        (reused.status, reused.text("code")),
        (422, "idempotency_key_reused")
    );
    // Somebody else's key of the same name is another key.
    let eve = server.guest("Eve").await;
    let same_key = Raw {
        token: Some(eve.token()),
        ..scan
    };
    assert_eq!(same_key.send(&server).await.status / 100, 2);
}
