//! Access tokens that were tampered with, made up, or are not meant for here.

use crate::cast::{Bent, Cast};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_backend::app::KEY_FILE;
use presso_backend::identity::Key;
use presso_tests::raw::get;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Asks as the server's operator by this token.
async fn is_refused(cast: &Cast, what: &str, token: String) {
    let body = json!({ "shop": "mine" });
    let raw = get("/v1/shops")
        .sending("POST", &body)
        .by(Some(token.clone()));
    cast.is_refused(&raw, 401, "session").await;
    let mut socket = crate::topics::Socket::open(cast, None)
        .await
        .expect("programs may");
    let hello = json!({ "t": "hello", "protocol": 1, "app": "eve/1", "token": token });
    socket.says(&hello).await;
    let said = socket.hears().await.unwrap_or_default();
    assert_eq!(said["t"], "bye", "{what}: {said}");
}

fn text(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The server's own key: who has it may do anything, so these tokens fail for one reason each.
fn key(cast: &Cast) -> Key {
    Key::read(&cast.server.data().join(KEY_FILE)).expect("the server made it")
}

fn signed(key: &Key, head: &Value, claims: &Value) -> String {
    let signed = format!("{}.{}", text(head), text(claims));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// A header as the server writes it, in its order.
fn head(key: &Key) -> String {
    let head = format!(r#"{{"alg":"EdDSA","typ":"JWT","kid":"{}"}}"#, key.id());
    URL_SAFE_NO_PAD.encode(head)
}

fn claims(cast: &Cast) -> Value {
    let now_s = presso_backend::engine::Clock::now(&cast.server.clock).0 / 1000;
    json!({
        "iss": "presso", "aud": "presso-api", "iat": now_s, "exp": now_s + 60,
        "who": { "kind": "operator" },
    })
}

fn with_claims(key: &Key, claims: &Value) -> String {
    let signed = format!("{}.{}", head(key), text(claims));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

#[tokio::test(flavor = "current_thread")]
async fn a_token_like_the_servers_own_is_taken_so_that_the_others_fail_for_what_they_change() {
    let cast = Cast::meet().await;
    let token = with_claims(&key(&cast), &claims(&cast));
    let asked = get("/v1/shops/demo/code").by(Some(token));
    assert_eq!(asked.send(&cast.server).await.status, 200);
}

#[tokio::test(flavor = "current_thread")]
async fn no_algorithm_but_the_servers_own_is_taken() {
    let cast = Cast::meet().await;
    let (key, claims) = (key(&cast), claims(&cast));
    for alg in [
        "none", "None", "NONE", "", "HS256", "RS256", "ES256", "eddsa", "Ed25519",
    ] {
        let head = json!({ "alg": alg, "typ": "JWT", "kid": key.id() });
        is_refused(&cast, alg, signed(&key, &head, &claims)).await;
        is_refused(&cast, alg, format!("{}.{}.", text(&head), text(&claims))).await;
    }
}

/// The public key is public: a server that lets the header choose would take a keyed hash under it.
#[tokio::test(flavor = "current_thread")]
async fn a_hash_under_the_public_key_is_no_signature() {
    let cast = Cast::meet().await;
    let keys = get("/.well-known/jwks.json").send(&cast.server).await.body;
    let public = keys["keys"][0]["x"].as_str().expect("the public half");
    let raw = URL_SAFE_NO_PAD.decode(public).expect("it is base64");
    let head = json!({ "alg": "HS256", "typ": "JWT", "kid": keys["keys"][0]["kid"] });
    let signed = format!("{}.{}", text(&head), text(&claims(&cast)));
    for secret in [raw.as_slice(), public.as_bytes()] {
        let tag = URL_SAFE_NO_PAD.encode(hmac_sha256(secret, signed.as_bytes()));
        is_refused(&cast, "HS256", format!("{signed}.{tag}")).await;
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_signature_that_is_stripped_cut_changed_or_of_another_key_is_refused() {
    let cast = Cast::meet().await;
    let key = key(&cast);
    let good = with_claims(&key, &claims(&cast));
    let (signed, signature) = good.rsplit_once('.').expect("three parts");
    let stranger = with_claims(&Key::new(&[7; 32]), &claims(&cast));
    let (_, strange) = stranger.rsplit_once('.').expect("three parts");
    let zeros = URL_SAFE_NO_PAD.encode([0_u8; 64]);
    for (what, token) in [
        ("stripped", signed.to_owned()),
        ("stripped, the dot left", format!("{signed}.")),
        ("cut", format!("{signed}.{}", &signature[..80])),
        ("doubled", format!("{signed}.{signature}{signature}")),
        ("zeros", format!("{signed}.{zeros}")),
        ("a fourth part", format!("{good}.{signature}")),
        ("padded", format!("{good}==")),
        ("of another key", stranger.clone()),
        (
            "of another key, under this one's name",
            format!("{signed}.{strange}"),
        ),
    ] {
        is_refused(&cast, what, token).await;
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_key_that_the_header_brings_or_points_to_is_not_looked_at() {
    let cast = Cast::meet().await;
    let (own, claims) = (Key::new(&[7; 32]), claims(&cast));
    let public = own.jwk();
    let named = key(&cast).id().to_owned();
    for head in [
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": own.id() }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": named }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": named, "jwk": public }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": named, "jku": "http://evil.example/keys" }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": "../../../../dev/null" }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": "' OR 1=1 --" }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": ["", named] }),
        json!({ "alg": "EdDSA", "typ": "JWT" }),
        json!({ "alg": "EdDSA", "typ": "JWT", "kid": named, "crit": ["b64"], "b64": false }),
    ] {
        is_refused(&cast, &head.to_string(), signed(&own, &head, &claims)).await;
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_token_that_is_over_or_meant_for_others_is_refused_though_its_signature_is_good() {
    let cast = Cast::meet().await;
    let (key, good) = (key(&cast), claims(&cast));
    let now_s = good["iat"].as_i64().expect("a time");
    let with = |field: &str, value: Value| {
        let mut claims = good.clone();
        claims[field] = value;
        claims
    };
    let without = |field: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().expect("an object").remove(field);
        claims
    };
    for claims in [
        with("exp", json!(now_s)),
        with("exp", json!(now_s - 600)),
        with("exp", json!(-1)),
        with("exp", json!("9999999999")),
        with("exp", json!(1e300)),
        with("aud", json!("other-api")),
        with("aud", json!(["presso-api"])),
        with("aud", json!("presso-api ")),
        with("iss", json!("presso.example")),
        with("who", json!({ "kind": "root" })),
        with("who", json!("operator")),
        without("exp"),
        without("aud"),
        without("iss"),
        without("who"),
    ] {
        is_refused(&cast, &claims.to_string(), with_claims(&key, &claims)).await;
    }
}

/// RFC 2104, so that nothing of the server's own is used to attack it.
fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let pad = |byte: u8| block.map(|of_key| of_key ^ byte);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message);
    let outer = Sha256::new().chain_update(pad(0x5c));
    outer.chain_update(inner.finalize()).finalize().into()
}
