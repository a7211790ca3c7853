//! A webhook's other end on this machine: keeps what comes, checks who signed it, answers as told.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use serde_json::Value;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;

/// How long a fact may take to come true.
const PATIENCE: Duration = Duration::from_secs(60);

/// One message, as it came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Received {
    pub(super) id: String,
    at_s: i64,
    signature: String,
    text: String,
    pub(super) body: Value,
}

type Answers = Box<dyn FnMut(&Received) -> u16 + Send>;

#[derive(Clone)]
struct Desk {
    received: Arc<Mutex<Vec<Received>>>,
    answers: Arc<Mutex<Answers>>,
}

/// An address that is taken, at which nobody answers yet.
pub(super) struct Target {
    pub(super) url: String,
    socket: Option<TcpSocket>,
    desk: Desk,
    serving: Option<JoinHandle<()>>,
}

impl Target {
    /// At which connections are refused, until it opens.
    pub(super) fn closed() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}/hook", socket.local_addr().unwrap());
        let answers: Answers = Box::new(|_| 200);
        let desk = Desk {
            received: Arc::default(),
            answers: Arc::new(Mutex::new(answers)),
        };
        Self {
            url,
            socket: Some(socket),
            desk,
            serving: None,
        }
    }
    pub(super) fn open() -> Self {
        let mut target = Self::closed();
        target.opens();
        target
    }
    pub(super) fn opens(&mut self) {
        let listener = self.socket.take().unwrap().listen(1024).unwrap();
        let router = Router::new().route("/hook", post(receive));
        let router = router.with_state(self.desk.clone());
        let serve = async move { axum::serve(listener, router).await.unwrap() };
        self.serving = Some(tokio::spawn(serve));
    }
    pub(super) fn answers(&self, answers: impl FnMut(&Received) -> u16 + Send + 'static) {
        *self.desk.answers.lock() = Box::new(answers);
    }
    pub(super) fn received(&self) -> Vec<Received> {
        self.desk.received.lock().clone()
    }
    /// The types of what came, of each order in the order of arrival, each message once.
    pub(super) fn by_order(&self) -> BTreeMap<String, Vec<String>> {
        let mut seen = std::collections::BTreeSet::new();
        let mut orders: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for received in self.received() {
            if seen.insert(received.id.clone()) {
                let text =
                    |field: &str| received.body[field].as_str().unwrap_or_default().to_owned();
                orders
                    .entry(text("subject"))
                    .or_default()
                    .push(text("type"));
            }
        }
        orders
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(serving) = &self.serving {
            serving.abort();
        }
    }
}

async fn receive(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let received = Received {
        id: header("webhook-id"),
        at_s: header("webhook-timestamp").parse().unwrap(),
        signature: header("webhook-signature"),
        text: String::from_utf8(body.to_vec()).unwrap(),
        body: serde_json::from_slice(&body).unwrap(),
    };
    let status = (desk.answers.lock())(&received);
    desk.received.lock().push(received);
    StatusCode::from_u16(status).unwrap()
}

impl Received {
    /// Was it signed with this secret, as Standard Webhooks has it?
    pub(super) fn is_signed_with(&self, secret: &str) -> bool {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap());
        let mut mac = Hmac::<Sha256>::new_from_slice(&key.unwrap()).unwrap();
        mac.update(format!("{}.{}.{}", self.id, self.at_s, self.text).as_bytes());
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        self.signature == format!("v1,{signature}")
    }
}

/// Waits until something is so.
pub(super) async fn until<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let wait = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, wait).await;
    waited.unwrap_or_else(|_| panic!("not within {PATIENCE:?}: {what}"));
}
