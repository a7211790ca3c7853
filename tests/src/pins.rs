//! PINs, as apps set and use them.

use crate::raw::{Raw, Reply, get};
use crate::server::Server;
use serde_json::{Value, json};

/// A session at a tablet.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Its access token.
    pub access: String,
    /// Its refresh token.
    pub refresh: String,
    /// Who it is.
    pub who: Value,
}

impl Seat {
    /// The session that an answer tells of.
    ///
    /// # Panics
    /// When it tells of none.
    #[must_use]
    pub fn of(reply: &Reply) -> Self {
        assert_eq!(reply.status, 200, "{reply:?}");
        Self {
            access: reply.text("access").to_owned(),
            refresh: reply.text("refresh").to_owned(),
            who: reply.body["who"].clone(),
        }
    }
    /// Whoever comes in by a link.
    pub async fn by_link(server: &Server, link: &str) -> Self {
        let (_, secret) = link.split_once("#k=").expect("a link carries a secret");
        let body = json!({ "secret": secret });
        Self::of(&asks(server, "", "POST", "/v1/session/link", &body).await)
    }
    /// Their identifier.
    #[must_use]
    pub fn staff(&self) -> String {
        self.who["staff"].as_str().expect("staff").to_owned()
    }
    /// Asks the server.
    pub async fn asks(
        &self,
        server: &Server,
        method: &'static str,
        path: &str,
        body: &Value,
    ) -> Reply {
        asks(server, &self.access, method, path, body).await
    }
    /// Sets a PIN; the one before is `current`.
    pub async fn sets(&self, server: &Server, pin: &str, current: Option<&str>) -> Reply {
        let mut body = json!({ "pin": pin });
        if let Some(current) = current {
            body["current"] = json!(current);
        }
        self.asks(server, "PUT", "/v1/me/pin", &body).await
    }
    /// A colleague types a PIN at this tablet.
    pub async fn switches(&self, server: &Server, to: &str, pin: &str) -> Reply {
        let body = json!({ "staff": to, "pin": pin });
        self.asks(server, "POST", "/v1/session/switch", &body).await
    }
    /// The session goes on.
    pub async fn renews(&self, server: &Server) -> Reply {
        let body = json!({ "refresh": self.refresh });
        asks(server, "", "POST", "/v1/session/refresh", &body).await
    }
    /// May it look at the queue?
    pub async fn is_in(&self, server: &Server) -> bool {
        let reply = self
            .asks(server, "GET", "/v1/shops/demo/orders", &Value::Null)
            .await;
        assert!(matches!(reply.status, 200 | 401), "{reply:?}");
        reply.status == 200
    }
}

async fn asks(
    server: &Server,
    token: &str,
    method: &'static str,
    path: &str,
    body: &Value,
) -> Reply {
    let sends = !body.is_null();
    let raw = Raw {
        method,
        token: (!token.is_empty()).then(|| token.to_owned()),
        content_type: sends.then_some("application/json"),
        body: if sends {
            body.to_string().into_bytes()
        } else {
            vec![]
        },
        ..get(path)
    };
    raw.send(server).await
}
