//! One-time codes: guessed over sessions and addresses, replayed, carried elsewhere, and asked for
//! to learn who is known.

use crate::cast::{Bent, Cast};
use presso_backend::app::AppConfig;
use presso_backend::identity::passcode::{GUESSES, GUESSES_S, TRIES};
use presso_backend::limits::{ForwardedHeader, Limits, Proxies};
use presso_backend::passcodes::Settings;
use presso_tests::passcodes::Gateway;
use presso_tests::people::Person;
use presso_tests::raw::{Raw, Reply, get};
use presso_tests::server::{self, Server};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const ADA: &str = "+491701234567";
const NOBODY: &str = "+491709999999";

struct Scene {
    server: Server,
    gateway: Gateway,
}

impl Scene {
    async fn set() -> Self {
        let gateway = Gateway::open();
        let passcodes = gateway.settings();
        let server = Server::start_with(server::settings(), move |config| {
            with(config, &passcodes);
        })
        .await;
        Self { server, gateway }
    }
    async fn asks(&self, who: &Person, to: &str) -> Reply {
        self.send(who, "/v1/session/code", json!({ "shop": "demo", "to": to }))
            .await
    }
    async fn tries(&self, who: &Person, to: &str, code: &str) -> Reply {
        let body = json!({ "shop": "demo", "to": to, "code": code });
        self.send(who, "/v1/session/verify", body).await
    }
    async fn send(&self, who: &Person, path: &str, body: serde_json::Value) -> Reply {
        let raw = get(path).sending("POST", &body).by(Some(who.token()));
        Raw { key: None, ..raw }.send(&self.server).await
    }
    fn time_passes(&self, seconds: u64) {
        self.server.clock.push(Duration::from_secs(seconds));
    }
}

/// Codes go to the gateway; whoever attacks comes from as many addresses as they like.
fn with(config: &mut AppConfig, passcodes: &Settings) {
    config.passcodes = Settings {
        number_a_day: 100.try_into().expect("not 0"),
        ..passcodes.clone()
    };
    config.limits = Limits::default();
    config.proxies = Proxies {
        trusted: vec!["127.0.0.0/8".parse().expect("a network")],
        header: ForwardedHeader::XForwardedFor,
    };
}

/// Which is wrong, whatever is right.
fn other_than(right: &str, nth: u32) -> String {
    let right: u32 = right.parse().expect("digits");
    format!("{:06}", (right + 1 + nth) % 1_000_000)
}

/// A million codes, and with a new session for each three tries no more than five guesses in ten
/// minutes: the sixth is not even compared.
#[tokio::test(flavor = "current_thread")]
async fn a_number_is_guessed_at_five_times_in_ten_minutes_over_all_sessions() {
    let scene = Scene::set().await;
    let (mut compared, mut refused) = (0, 0);
    for nth in 0..6 {
        let eve = scene.server.guest("Eve").await;
        assert_eq!(scene.asks(&eve, ADA).await.status, 200);
        let right = scene.gateway.code(ADA).await;
        for guess in 0..TRIES {
            let reply = scene.tries(&eve, ADA, &other_than(&right, guess)).await;
            match reply.text("code") {
                "passcode_wrong" | "passcode_spent" => compared += 1,
                "passcode_guessed" => refused += 1,
                _ => panic!("{nth}: {reply:?}"),
            }
        }
        if compared >= GUESSES {
            // Right, and refused all the same: nothing is to be learned by going on.
            let reply = scene.tries(&eve, ADA, &right).await;
            assert!(reply.status == 429 || reply.status == 410, "{reply:?}");
        }
        scene.time_passes(31);
    }
    assert_eq!(compared, GUESSES, "and {refused} were not compared");
    scene.time_passes(u64::from(GUESSES_S));
    let ada = scene.server.guest("Ada").await;
    assert_eq!(scene.asks(&ada, ADA).await.status, 200);
    let right = scene.gateway.code(ADA).await;
    assert_eq!(
        scene.tries(&ada, ADA, &right).await.status,
        200,
        "its owner comes in later"
    );
}

/// With ten messages a day to a number, the most that a stranger can try is thirty of a million.
#[test]
fn a_day_of_guessing_is_right_once_in_thirty_thousand() {
    let settings = Settings::default();
    let by_messages = settings.number_a_day.get() * TRIES;
    let by_time = GUESSES * 86_400 / GUESSES_S;
    let chance = f64::from(by_messages.min(by_time)) / 1_000_000.0;
    assert!(chance <= 1.0 / 30_000.0, "{chance}");
}

#[tokio::test(flavor = "current_thread")]
async fn guesses_sent_at_once_from_many_addresses_are_counted_one_by_one() {
    let scene = Scene::set().await;
    let mut wrong = Vec::new();
    for nth in 0..3 {
        let eve = scene.server.guest("Eve").await;
        assert_eq!(scene.asks(&eve, ADA).await.status, 200);
        let right = scene.gateway.code(ADA).await;
        for guess in 0..TRIES {
            let body = json!({ "shop": "demo", "to": ADA, "code": other_than(&right, guess) });
            wrong.push((nth * 10 + guess, eve.token(), body));
        }
        scene.time_passes(31);
    }
    let tries = wrong.into_iter().map(|(nth, token, body)| {
        let address = scene.server.address.clone();
        async move {
            let client = reach(&address, &token, &format!("198.51.100.{nth}"), &body).await;
            client["code"].as_str().unwrap_or_default().to_owned()
        }
    });
    let codes = futures::future::join_all(tries).await;
    let compared = codes
        .iter()
        .filter(|c| ["passcode_wrong", "passcode_spent"].contains(&c.as_str()));
    assert_eq!(compared.count(), GUESSES as usize, "{codes:?}");
}

/// A request that says it comes from elsewhere, by a proxy that is believed.
async fn reach(
    address: &str,
    token: &str,
    from: &str,
    body: &serde_json::Value,
) -> serde_json::Value {
    use http_body_util::{BodyExt, Full};
    use hyper_util::{client::legacy::Client, rt::TokioExecutor};
    let client = Client::builder(TokioExecutor::new()).build_http();
    let request = http::Request::post(format!("{address}/v1/session/verify"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("x-forwarded-for", from)
        .body(Full::<bytes::Bytes>::from(body.to_string()))
        .expect("a request");
    let answer = client.request(request).await.expect("the server answers");
    let body = answer.into_body().collect().await.expect("a whole answer");
    serde_json::from_slice(&body.to_bytes()).expect("JSON")
}

#[tokio::test(flavor = "current_thread")]
async fn a_code_of_another_session_shop_or_number_lets_nobody_in_nor_does_one_that_is_old() {
    let scene = Scene::set().await;
    let body = json!({ "shop": "other" });
    let operator = scene.server.operator();
    let set_up = get("/v1/shops")
        .sending("POST", &body)
        .by(Some(operator.token()));
    assert_eq!(set_up.send(&scene.server).await.status, 201);
    let (ada, eve) = (
        scene.server.guest("Ada").await,
        scene.server.guest("Eve").await,
    );
    assert_eq!(scene.asks(&ada, ADA).await.status, 200);
    let code = scene.gateway.code(ADA).await;
    // Looked over her shoulder: another session.
    let stolen = scene.tries(&eve, ADA, &code).await;
    assert_eq!(
        (stolen.status, stolen.text("code")),
        (403, "passcode_wrong")
    );
    let other = json!({ "shop": "other", "to": ADA, "code": code });
    let carried = scene.send(&ada, "/v1/session/verify", other).await;
    assert_eq!(
        (carried.status, carried.text("code")),
        (403, "passcode_wrong")
    );
    let taken = scene.tries(&ada, NOBODY, &code).await;
    assert_eq!((taken.status, taken.text("code")), (403, "passcode_wrong"));
    scene.time_passes(300);
    let old = scene.tries(&ada, ADA, &code).await;
    assert_eq!((old.status, old.text("code")), (410, "passcode_expired"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_code_that_was_used_opens_nothing_to_anybody_else() {
    let scene = Scene::set().await;
    let (ada, eve) = (
        scene.server.guest("Ada").await,
        scene.server.guest("Eve").await,
    );
    assert_eq!(scene.asks(&ada, ADA).await.status, 200);
    let code = scene.gateway.code(ADA).await;
    assert_eq!(scene.tries(&ada, ADA, &code).await.status, 200);
    let replayed = scene.tries(&eve, ADA, &code).await;
    assert_eq!(
        (replayed.status, replayed.text("code")),
        (403, "passcode_wrong")
    );
    // Also with a code of her own asked for: it is another one.
    scene.time_passes(31);
    assert_eq!(scene.asks(&eve, ADA).await.status, 200);
    let hers = scene.gateway.code(ADA).await;
    if hers != code {
        let replayed = scene.tries(&eve, ADA, &code).await;
        assert_eq!(
            (replayed.status, replayed.text("code")),
            (403, "passcode_wrong")
        );
    }
}

/// Who is a customer here? The answers are the same to the last byte of their form, and so is the
/// time that they take: nothing is looked up before, and nobody waits for the gateway.
#[tokio::test(flavor = "current_thread")]
async fn whether_a_number_is_known_is_told_neither_by_the_answer_nor_by_its_time() {
    let scene = Scene::set().await;
    let ada = scene.server.guest("Ada").await;
    assert_eq!(scene.asks(&ada, ADA).await.status, 200);
    let code = scene.gateway.code(ADA).await;
    assert_eq!(scene.tries(&ada, ADA, &code).await.status, 200);
    let eve = scene.server.guest("Eve").await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..15 {
        scene.time_passes(31);
        for (to, times) in [(ADA, &mut known), (NOBODY, &mut unknown)] {
            let begin = Instant::now();
            let reply = scene.asks(&eve, to).await;
            times.push(begin.elapsed());
            assert_eq!(reply.status, 200, "{reply:?}");
            let fields: BTreeSet<_> = reply.body.as_object().expect("an object").keys().collect();
            assert_eq!(fields.len(), 2, "{reply:?}");
            scene.gateway.code(to).await;
            let wrong = scene.tries(&eve, to, "0").await;
            assert_eq!(wrong.text("code"), "passcode_malformed");
        }
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[7], unknown[7]);
    let apart = known.abs_diff(unknown);
    assert!(
        apart < Duration::from_millis(20),
        "{known:?} and {unknown:?}"
    );
}

/// The gateway never answers: whoever asks is answered all the same.
#[tokio::test(flavor = "current_thread")]
async fn a_gateway_that_hangs_holds_nobody_up() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = silent.local_addr().expect("it has an address");
    let gateway = Gateway::open();
    let mut passcodes = gateway.settings();
    if let Some(sms) = &mut passcodes.sms {
        sms.url = format!("http://{address}/");
    }
    let server = Server::start_with(server::settings(), move |config| {
        config.passcodes = passcodes.clone();
    })
    .await;
    let scene = Scene { server, gateway };
    let ada = scene.server.guest("Ada").await;
    let begin = Instant::now();
    assert_eq!(scene.asks(&ada, ADA).await.status, 200);
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
}

/// The spend limit: a stranger with any number of sessions and numbers sends so many messages.
#[tokio::test(flavor = "current_thread")]
async fn nobody_makes_the_shop_pay_for_more_messages_than_its_limit() {
    let gateway = Gateway::open();
    let passcodes = Settings {
        number_a_day: 2.try_into().expect("not 0"),
        shop_a_day: 4.try_into().expect("not 0"),
        a_day: 4.try_into().expect("not 0"),
        ..gateway.settings()
    };
    let server = Server::start_with(server::settings(), move |config| {
        config.passcodes = passcodes.clone();
    })
    .await;
    let scene = Scene { server, gateway };
    let mut sent = 0;
    for nth in 0..8 {
        let eve = scene.server.guest("Eve").await;
        let to = format!("+4917012345{nth:02}");
        let reply = scene.asks(&eve, &to).await;
        if reply.status == 200 {
            sent += 1;
            scene.gateway.code(&to).await;
            continue;
        }
        assert_eq!(
            (reply.status, reply.text("code")),
            (429, "passcode_day_spent")
        );
        let wait: u32 = reply.header("retry-after").parse().expect("seconds");
        assert!((86_000..=86_400).contains(&wait), "{wait}");
    }
    assert_eq!(sent, 4);
    assert!(scene.gateway.is_empty().await);
    // Also after a restart: the limit is on disk.
    scene.server.goes_away().await;
    scene.server.comes_back().await;
    let eve = scene.server.guest("Eve").await;
    assert_eq!(
        scene.asks(&eve, NOBODY).await.text("code"),
        "passcode_day_spent"
    );
}

/// Mass assignment, and a token that says more than its session.
#[tokio::test(flavor = "current_thread")]
async fn nobody_signs_in_by_saying_so() {
    let cast = Cast::meet().await;
    let eve = cast.server.guest("Eve").await.token();
    for body in [
        json!({ "verified": [{ "shop": "demo", "account": "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01" }] }),
        json!({ "account": "6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01" }),
    ] {
        let begin = get("/v1/session/guest")
            .sending("POST", &body)
            .by(Some(eve.clone()));
        let reply = begin.send(&cast.server).await;
        assert!(reply.status >= 400, "{reply:?}");
    }
}
