//! Guessing what is secret: how long it takes at the rate that is let through.

use crate::cast::{Bent, Cast, roomy};
use futures::future::join_all;
use presso_backend::limits::{Bound, Limits};
use presso_tests::raw::get;
use presso_tests::server::Server;
use serde_json::json;

/// A code has ten characters of 32, and at most two are good at once: the one on the screen, and
/// for a grace the one before.
const CODES: f64 = (1_u64 << 50) as f64;
const GOOD_AT_ONCE: f64 = 2.0;
const SECONDS_A_YEAR: f64 = 365.25 * 86_400.0;

fn a_second(bound: Bound) -> f64 {
    match bound {
        Bound::Off => f64::INFINITY,
        Bound::At(rate) => f64::from(rate.per_minute.get()) / 60.0,
    }
}

/// From one address an even chance takes longer than there has been coffee, and a thousand
/// addresses do not change that.
#[test]
fn a_code_is_not_guessed_within_a_thousand_years_by_a_thousand_addresses() {
    let tries_a_second = a_second(Limits::default().scans) * 1_000.0;
    let even_chance_s = CODES / GOOD_AT_ONCE / 2.0 / tries_a_second;
    let years = even_chance_s / SECONDS_A_YEAR;
    assert!(years > 800.0, "{years}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_burst_of_guesses_is_cut_off_at_the_limit_and_none_of_them_is_right() {
    let guesses = 40;
    let server = Server::start_with(roomy(), |config| {
        config.limits.scans = toml::from_str::<Limits>("scans = { burst = 25, per_minute = 60 }")
            .expect("a limit")
            .scans;
    })
    .await;
    let eve = server.guest("Eve").await.token();
    let tries = (0..guesses).map(|number: u64| {
        let body = json!({ "code": format!("{number:0>10}") });
        get("/v1/shops/demo/scans")
            .sending("POST", &body)
            .by(Some(eve.clone()))
    });
    let tries: Vec<_> = tries.collect();
    let replies = join_all(tries.iter().map(|raw| raw.send(&server))).await;
    let refused = replies.iter().filter(|r| r.text("code") == "too_often");
    let refused: Vec<_> = refused.collect();
    // The clock runs: a few more may come through while they are sent.
    assert!((10..=15).contains(&refused.len()), "{}", refused.len());
    assert!(
        refused
            .iter()
            .all(|r| r.status == 429 && !r.header("retry-after").is_empty())
    );
    let unknown = replies.iter().filter(|r| r.text("code") == "code_unknown");
    assert_eq!(unknown.count() + refused.len(), replies.len());
}

/// The same words and as good as the same time, whether an order is there for others or not at all.
#[tokio::test(flavor = "current_thread")]
async fn an_order_of_somebody_else_is_told_like_one_that_never_was() {
    let cast = Cast::meet().await;
    let (ada, eve) = (
        cast.server.guest("Ada").await,
        cast.server.guest("Eve").await,
    );
    let scan = json!({ "code": cast.code().await });
    let scan = get("/v1/shops/demo/scans").sending("POST", &scan);
    let scanned = scan.by(Some(ada.token())).send(&cast.server).await;
    let hers = scanned.text("order").to_owned();
    let never = "0192d5b0-0000-7000-8000-000000000000";
    let asked = async |order: &str, rest: &str, method: &'static str| {
        let raw = get(&format!("/v1/orders/{order}{rest}")).sending(method, &json!({}));
        let before = cast.journal().await;
        let reply = raw.by(Some(eve.token())).send(&cast.server).await;
        assert_eq!(cast.journal().await, before, "{method} {rest}");
        (reply.status, reply.body)
    };
    for (method, rest) in [
        ("GET", ""),
        ("GET", "/journey"),
        ("POST", "/submit"),
        ("POST", "/cancel"),
        ("POST", "/undo"),
        ("POST", "/claim"),
        ("POST", "/complete"),
        ("POST", "/collect"),
    ] {
        let (there, nowhere) = (
            asked(&hers, rest, method).await,
            asked(never, rest, method).await,
        );
        assert_eq!(there, nowhere, "{method} {rest}");
        assert_eq!(there.0, 404, "{method} {rest}");
    }
}
