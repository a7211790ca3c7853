//! A crowd that stays: who is one too many is told so at once, and whoever only reads goes on.

use super::actors::{Person, Server};
use axum::http::header::RETRY_AFTER;
use serde_json::json;

#[tokio::test]
async fn while_a_crowd_stays_commands_are_refused_before_they_are_read_and_reads_go_on() {
    let server = Server::start().await;
    let nobody = Person(None);
    let crowd = server.app.engine.crowd(257);
    assert_eq!(crowd.len(), 257);
    server.clock.advance_ms(250);
    let guest = || server.post(&nobody, "/v1/session/guest", json!({}));
    assert_eq!(guest().await.status, 200, "a crowd that comes is served");
    for _ in 0..6 {
        server.clock.advance_ms(400);
        assert_eq!(guest().await.status, 200, "for three seconds");
    }
    server.clock.advance_ms(400);
    let refused = guest().await;
    assert_eq!(refused.refused(), (503, "overloaded".into()));
    assert_eq!(refused.headers[RETRY_AFTER], "1");
    let unreadable = server.post(&nobody, "/v1/session/link", json!([])).await;
    assert_eq!(unreadable.refused(), (503, "overloaded".into()));
    assert_eq!(server.get(&nobody, "/v1/shops").await.status, 200);
    drop(crowd);
    assert_eq!(guest().await.status, 200, "it is gone");
}
