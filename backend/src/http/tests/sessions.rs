//! Links that let in once, tokens that expire, refresh tokens that rotate.

use super::actors::{Person, Reply, Server};
use presso_core::api::Tokens;
use serde_json::json;

async fn refreshed(server: &Server, refresh: &str) -> Reply {
    server
        .post(
            &Person(None),
            "/v1/session/refresh",
            json!({ "refresh": refresh }),
        )
        .await
}

async fn guest(server: &Server) -> Tokens {
    server
        .post(&Person(None), "/v1/session/guest", json!({}))
        .await
        .tokens()
}

#[tokio::test]
async fn a_link_lets_in_once_and_never_again() {
    let server = Server::start().await;
    let secret = server.link("demo", "barista").await;
    let tokens = server.redeem(&secret).await.tokens();
    assert_eq!(tokens.name.as_deref(), Some("Ada"));
    assert_eq!(
        server.redeem(&secret).await.refused(),
        (410, "link_used".into())
    );
    server.clock.advance_ms(29_000);
    assert_eq!(
        server.redeem(&secret).await.refused(),
        (410, "link_used".into())
    );
}

#[tokio::test]
async fn of_many_who_redeem_a_link_at_once_one_gets_in() {
    let server = Server::start().await;
    let secret = server.link("demo", "barista").await;
    let all = (0..20).map(|_| server.redeem(&secret));
    let replies = futures_util::future::join_all(all).await;
    let inside = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(inside, 1);
}

#[tokio::test]
async fn a_link_expires_after_a_day_and_one_that_was_never_made_is_unknown() {
    let server = Server::start().await;
    let secret = server.link("demo", "display").await;
    server.clock.advance_ms(86_400_000);
    assert_eq!(
        server.redeem(&secret).await.refused(),
        (410, "link_expired".into())
    );
    for never in [&"A".repeat(43), "", "nonsense"] {
        assert_eq!(
            server.redeem(never).await.refused(),
            (404, "link_unknown".into())
        );
    }
}

#[tokio::test]
async fn a_link_for_staff_needs_a_name() {
    let server = Server::start().await;
    let operator = server.operator();
    for body in [
        json!({ "for": "barista" }),
        json!({ "for": "manager", "name": " " }),
    ] {
        let reply = server.post(&operator, "/v1/shops/demo/links", body).await;
        assert_eq!(reply.refused(), (422, "bad_name".into()));
    }
}

#[tokio::test]
async fn an_access_token_is_good_for_ten_minutes() {
    let server = Server::start().await;
    let person = Person(Some(guest(&server).await.access));
    server.clock.advance_ms(599_000);
    assert_eq!(server.get(&person, "/v1/me/orders").await.status, 200);
    server.clock.advance_ms(1_000);
    let reply = server.get(&person, "/v1/me/orders").await;
    assert_eq!(reply.refused(), (401, "session".into()));
    assert!(reply.headers.contains_key("www-authenticate"));
    for bad in ["", "x", "a.b.c"] {
        let reply = server.get(&Person(Some(bad.into())), "/v1/me/orders").await;
        assert_eq!(reply.refused(), (401, "session".into()), "{bad:?}");
    }
}

#[tokio::test]
async fn the_refresh_token_before_stays_good_for_thirty_seconds_and_gets_the_same_successor() {
    let server = Server::start().await;
    let first = guest(&server).await;
    let second = refreshed(&server, &first.refresh).await.tokens();
    assert_eq!(second.who, first.who);
    assert_ne!(second.refresh, first.refresh);
    server.clock.advance_ms(29_999);
    let again = refreshed(&server, &first.refresh).await.tokens();
    assert_eq!(again.refresh, second.refresh, "a lost answer is said again");
    let third = refreshed(&server, &second.refresh).await.tokens();
    assert_ne!(third.refresh, second.refresh);
}

#[tokio::test]
async fn a_refresh_token_used_again_later_ends_the_whole_session() {
    let server = Server::start().await;
    let first = guest(&server).await;
    let second = refreshed(&server, &first.refresh).await.tokens();
    server.clock.advance_ms(30_000);
    let access = Person(Some(second.access));
    assert_eq!(server.get(&access, "/v1/me/orders").await.status, 200);
    assert_eq!(
        refreshed(&server, &first.refresh).await.refused(),
        (401, "session".into())
    );
    assert_eq!(
        refreshed(&server, &second.refresh).await.refused(),
        (401, "session".into())
    );
    assert_eq!(
        server.get(&access, "/v1/me/orders").await.status,
        401,
        "its tokens are revoked"
    );
}

#[tokio::test]
async fn a_session_that_was_ended_is_over_at_once() {
    let server = Server::start().await;
    let tokens = guest(&server).await;
    let person = Person(Some(tokens.access));
    let body = json!({ "refresh": tokens.refresh });
    assert_eq!(
        server
            .post(&Person(None), "/v1/session/end", body)
            .await
            .status,
        200
    );
    assert_eq!(server.get(&person, "/v1/me/orders").await.status, 401);
    assert_eq!(refreshed(&server, &tokens.refresh).await.status, 401);
    for bad in ["", "nonsense", &"A".repeat(64)] {
        assert_eq!(
            refreshed(&server, bad).await.refused(),
            (401, "session".into())
        );
    }
}

#[tokio::test]
async fn a_session_unused_for_thirty_days_is_over() {
    let server = Server::start().await;
    let tokens = guest(&server).await;
    server.clock.advance_ms(29 * 86_400_000);
    let tokens = refreshed(&server, &tokens.refresh).await.tokens();
    server.clock.advance_ms(30 * 86_400_000);
    assert_eq!(refreshed(&server, &tokens.refresh).await.status, 401);
}

/// How many sessions and links there are on disk.
async fn kept(server: &Server) -> (i64, i64) {
    let count = |sql: &'static str| {
        let asked = server
            .app
            .reader
            .query(move |db| db.query_row(sql, [], |row| row.get(0)));
        async move { asked.await.unwrap() }
    };
    (
        count("SELECT count(*) FROM family").await,
        count("SELECT count(*) FROM link").await,
    )
}

#[tokio::test]
async fn sessions_and_links_that_are_over_are_taken_away_in_time() {
    let server = Server::start().await;
    let ended = guest(&server).await;
    let expired = guest(&server).await;
    let lasting = guest(&server).await;
    server.link("demo", "barista").await;
    let body = json!({ "refresh": ended.refresh });
    let reply = server.post(&Person(None), "/v1/session/end", body).await;
    assert_eq!(reply.status, 200);
    server.clock.advance_ms(599_000);
    guest(&server).await;
    assert_eq!(kept(&server).await, (4, 1), "its tokens could be about");
    server.clock.advance_ms(61_000);
    guest(&server).await;
    assert_eq!(kept(&server).await, (4, 1), "the ended one is gone");
    server.clock.advance_ms(29 * 86_400_000);
    let lasting = refreshed(&server, &lasting.refresh).await.tokens();
    assert_eq!(kept(&server).await, (4, 0));
    server.clock.advance_ms(86_400_000);
    refreshed(&server, &lasting.refresh).await.tokens();
    assert_eq!(kept(&server).await, (1, 0), "those unused are gone");
    let gone = refreshed(&server, &expired.refresh).await;
    assert_eq!(gone.refused(), (401, "session".into()));
}
