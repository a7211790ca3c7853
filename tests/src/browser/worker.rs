//! Chromium's debugging protocol by a socket of its own: what WebDriver cannot pass on, since it
//! answers by events. Here: handing a page's service worker a push message.

use super::{Browser, PATIENCE};
use futures_util::{SinkExt, StreamExt};
use presso_core::api::SubscribeBody;
use serde_json::{Value, json};
use std::path::Path;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// In place of the browser's way to its vendor: the same answers, with keys that the test has.
const VENDOR: &str = include_str!("vendor.js");

impl Browser {
    /// From the next page on, whoever subscribes gets this subscription. (The vendor's own service
    /// is out of reach of tests.)
    pub async fn has_a_vendor(&self, subscription: &SubscribeBody) {
        let SubscribeBody {
            endpoint,
            p256dh,
            auth,
        } = subscription;
        let json = json!({ "endpoint": endpoint, "keys": { "p256dh": p256dh, "auth": auth } });
        let source = VENDOR.replace("SUBSCRIPTION", &json.to_string());
        let early = json!({ "source": source });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", early)
            .await;
    }

    /// From the next page on, there is no web push; as on an iPhone, where that takes the Home
    /// Screen, or as in an old browser.
    pub async fn has_no_push(&self, iphone: bool) {
        let early = json!({ "source": "delete globalThis.PushManager" });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", early)
            .await;
        if iphone {
            let agent =
                json!({ "userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)" });
            self.cdp("Emulation.setUserAgentOverride", agent).await;
        }
    }

    /// Hands the service worker of this origin a push message, as the browser does once its vendor's
    /// push service has brought it and it is decrypted. The worker has it when this answers.
    ///
    /// # Panics
    /// When there is no such worker.
    pub async fn receives_push(&self, origin: &str, text: &str) {
        let profile = self._profile.as_ref().expect("a browser has a profile");
        let mut line = Line::open(profile.path()).await;
        let delivered = tokio::time::timeout(PATIENCE, line.push(origin, text)).await;
        delivered.unwrap_or_else(|_| panic!("{} has no service worker", self.name));
    }

    /// Title, text and tag of the notifications that the service worker of these pages shows now.
    /// The browser must be at a page of the same site.
    pub async fn notifications(&self, scope: &str) -> Vec<[String; 3]> {
        let look = "const done = arguments[arguments.length - 1];
            navigator.serviceWorker.getRegistration(arguments[0])
              .then((r) => r ? r.getNotifications() : [])
              .then((all) => done(all.map((n) => [n.title, n.body, n.tag])));";
        let seen = self.run_async(look, vec![json!(scope)]).await;
        serde_json::from_value(seen).expect("three texts of each")
    }
}

/// One connection to the browser, attached to its page.
struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    page: String,
    asked: u64,
}

impl Line {
    async fn open(profile: &Path) -> Self {
        // Written by every Chromium that listens: the port, and the path to the whole browser.
        let port = std::fs::read_to_string(profile.join("DevToolsActivePort"));
        let port = port.expect("the browser lets itself be debugged");
        let (port, path) = port.split_once('\n').expect("two lines");
        let address = format!("ws://127.0.0.1:{port}{}", path.trim());
        let (socket, _) = connect_async(address).await.expect("it listens");
        let (page, asked) = (String::new(), 0);
        let mut line = Self {
            socket,
            page,
            asked,
        };
        let targets = line.ask("Target.getTargets", json!({})).await;
        let targets = targets["targetInfos"].as_array().cloned();
        let page = targets.into_iter().flatten().find(|t| t["type"] == "page");
        let page = page.expect("a browser has a tab")["targetId"].clone();
        let attach = json!({ "targetId": page, "flatten": true });
        let session = line.ask("Target.attachToTarget", attach).await;
        line.page = session["sessionId"].as_str().unwrap_or_default().to_owned();
        line
    }

    async fn push(&mut self, origin: &str, text: &str) {
        self.send("ServiceWorker.enable", json!({})).await;
        let registration = loop {
            let event = self.next().await;
            if event["method"] != "ServiceWorker.workerRegistrationUpdated" {
                continue;
            }
            let all = event["params"]["registrations"].as_array().cloned();
            let of_origin = |r: &Value| {
                let scope = r["scopeURL"].as_str().unwrap_or_default();
                scope.starts_with(origin) && r["isDeleted"] == false
            };
            if let Some(found) = all.into_iter().flatten().find(of_origin) {
                break found["registrationId"].clone();
            }
        };
        let message = json!({ "origin": origin, "registrationId": registration, "data": text });
        self.ask("ServiceWorker.deliverPushMessage", message).await;
    }

    /// Sends a command and waits for its answer.
    async fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params).await;
        loop {
            let answer = self.next().await;
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    async fn send(&mut self, method: &str, params: Value) -> u64 {
        self.asked += 1;
        let mut command = json!({ "id": self.asked, "method": method, "params": params });
        if !self.page.is_empty() {
            command["sessionId"] = json!(self.page);
        }
        let sent = self.socket.send(Message::text(command.to_string())).await;
        sent.expect("the browser is there");
        self.asked
    }

    async fn next(&mut self) -> Value {
        loop {
            let next = self.socket.next().await.expect("the browser is there");
            if let Message::Text(text) = next.expect("the browser is there") {
                return serde_json::from_str(&text).expect("it speaks JSON");
            }
        }
    }
}
