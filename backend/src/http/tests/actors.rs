//! A shop in a temporary folder, and people who ask things of it.

use crate::app::{App, AppConfig};
use crate::engine::{ManualClock, SeededRandomness};
use crate::http::{IDEMPOTENCY_KEY, Peer, router};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use http_body_util::BodyExt;
use presso_core::api::{Problem, Tokens, Who};
use presso_core::time::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;

/// A server with two shops, `demo` and `other`, both open.
pub(super) struct Server {
    pub(super) app: App,
    pub(super) clock: ManualClock,
    router: Router,
    _folder: tempfile::TempDir,
}

/// Someone with an access token, or without.
#[derive(Clone)]
pub(super) struct Person(pub(super) Option<String>);

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
    pub(super) fn problem(&self) -> Problem {
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{self:?}"
        );
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        problem
    }
    pub(super) fn refused(&self) -> (u16, String) {
        (self.status, self.problem().code)
    }
    pub(super) fn tokens(&self) -> Tokens {
        assert_eq!(self.status, 200, "{self:?}");
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::start_with(|_| ()).await
    }
    /// With something that is not as usual.
    pub(super) async fn start_with(unusual: impl FnOnce(&mut AppConfig)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ManualClock::new(Timestamp(1_800_000_000_000));
        let mut config = AppConfig::new(folder.path().into(), "http://presso.example".into());
        config.clock = Arc::new(clock.clone());
        config.randomness = Box::new(SeededRandomness(1));
        config.secrets = Box::new(SeededRandomness(2));
        unusual(&mut config);
        let app = App::build(config).await.unwrap();
        let router = router(&app);
        let server = Self {
            app,
            clock,
            router,
            _folder: folder,
        };
        let operator = server.operator();
        for shop in ["demo", "other"] {
            let body = json!({ "shop": shop, "menu": {
                "drinks": [{ "id": "latte", "name": "Latte", "groups": ["milk"] },
                           { "id": "tea", "name": "Tea", "available": false }],
                "groups": [{ "id": "milk", "name": "Milk", "choose": "single", "required": true,
                             "options": [{ "id": "oat", "name": "Oat" }, { "id": "soy", "name": "Soy" }] }],
            } });
            assert_eq!(server.post(&operator, "/v1/shops", body).await.status, 201);
            let open = format!("/v1/shops/{shop}/open");
            assert_eq!(server.post(&operator, &open, json!({})).await.status, 200);
        }
        server
    }

    pub(super) fn operator(&self) -> Person {
        let now = self.app.clock.now();
        Person(Some(self.app.sessions.issue(Who::Operator, None, now).0))
    }
    pub(super) async fn guest(&self) -> Person {
        let reply = self
            .post(&Person(None), "/v1/session/guest", json!({}))
            .await;
        Person(Some(reply.tokens().access))
    }
    /// The secret of a fresh link.
    pub(super) async fn link(&self, shop: &str, link_for: &str) -> String {
        let body = json!({ "for": link_for, "name": "Ada" });
        let path = format!("/v1/shops/{shop}/links");
        let reply = self.post(&self.operator(), &path, body).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        let link = reply.json()["link"].as_str().unwrap().to_owned();
        link.split_once("#k=").unwrap().1.to_owned()
    }
    pub(super) async fn redeem(&self, secret: &str) -> Reply {
        self.post(
            &Person(None),
            "/v1/session/link",
            json!({ "secret": secret }),
        )
        .await
    }
    pub(super) async fn staff(&self, shop: &str, link_for: &str) -> Person {
        let secret = self.link(shop, link_for).await;
        Person(Some(self.redeem(&secret).await.tokens().access))
    }
    pub(super) async fn code(&self, shop: &str) -> String {
        let reply = self
            .get(&self.operator(), &format!("/v1/shops/{shop}/code"))
            .await;
        reply.json()["code"].as_str().unwrap().to_owned()
    }
    /// The order that a guest starts by a scan.
    pub(super) async fn scanned(&self, guest: &Person) -> String {
        let code = self.code("demo").await;
        let reply = self
            .post(guest, "/v1/shops/demo/scans", json!({ "code": code }))
            .await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["order"].as_str().unwrap().to_owned()
    }

    pub(super) async fn get(&self, person: &Person, path: &str) -> Reply {
        self.ask(person.request("GET", path).body(Body::empty()).unwrap())
            .await
    }
    pub(super) async fn post(&self, person: &Person, path: &str, body: Value) -> Reply {
        self.send(person, "POST", path, body).await
    }
    pub(super) async fn send(
        &self,
        person: &Person,
        method: &str,
        path: &str,
        body: Value,
    ) -> Reply {
        let request = person
            .request(method, path)
            .header(IDEMPOTENCY_KEY, Uuid::new_v4().to_string());
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(body.to_string())).unwrap())
            .await
    }
    /// The same, on a connection of this address.
    pub(super) async fn ask_from(&self, address: &str, mut request: Request<Body>) -> Reply {
        let peer = Peer(address.parse().unwrap());
        request.extensions_mut().insert(peer);
        self.ask(request).await
    }
    pub(super) async fn ask(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }
    /// Version of a shop's stream: whatever is refused must not move it.
    pub(super) fn version(&self) -> u64 {
        let demo = presso_core::id::ShopId::parse("demo").unwrap();
        self.app.hub.facts(&demo).unwrap().0
    }
}

impl Person {
    pub(super) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.0 {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
}
