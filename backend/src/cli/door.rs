//! How the command's requests reach the routes: through the running server's socket, or, when none
//! runs, through the same router in this process, under the data folder's lock.

use super::{Error, running};
use crate::app::{self, App, AppConfig, DATABASE_FILE, KEY_FILE};
use crate::config::Config;
use crate::engine::{Clock, SystemClock};
use crate::http::{self, IDEMPOTENCY_KEY};
use crate::identity::{Key, Sessions};
use crate::journal;
use axum::body::Body;
use axum::http::{Request, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use presso_core::api::{Call, Endpoint, Method, Problem, Who};
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tower::ServiceExt;
use uuid::Uuid;

/// A way to the routes, with an operator's token.
pub(super) struct Door {
    token: String,
    way: Way,
}

enum Way {
    /// A server runs there.
    Server(SocketAddr),
    /// No server runs: this process has the folder.
    Here(Box<App>),
}

impl Door {
    /// Finds the way, and mints a token for it. Only who sets something up `may_create` the data
    /// folder: anybody else is in the wrong place.
    pub(super) async fn open(config: &Config, may_create: bool) -> Result<Self, Error> {
        if !may_create && !config.data.join(DATABASE_FILE).is_file() {
            let data = std::path::absolute(&config.data);
            let data = data.unwrap_or_else(|_| config.data.clone());
            return Err(Error::NoData(data));
        }
        let mut parts = AppConfig::new(config.data.clone(), config.public_url.clone());
        parts.keep_assets = false;
        parts.passcodes = config.passcodes.clone();
        parts.webhooks = config.webhooks.reach();
        // Only who cannot have the folder asks the server that has it: what a server left behind
        // may lead to a stranger, who must not get a token.
        let app = match App::build(parts).await {
            Ok(app) => app,
            Err(app::Error::Journal(journal::Error::InUse(folder))) => {
                let address = running::find(&config.data)
                    .ok_or(app::Error::Journal(journal::Error::InUse(folder)))?;
                let key = Key::read(&config.data.join(KEY_FILE))?;
                let now = SystemClock::new().now();
                let (token, _) = Sessions::new(key).issue(Who::Operator, None, now);
                let way = Way::Server(address);
                return Ok(Self { token, way });
            }
            Err(error) => return Err(error.into()),
        };
        let now = app.clock.now();
        let (token, _) = app.sessions.issue(Who::Operator, None, now);
        let way = Way::Here(Box::new(app));
        Ok(Self { token, way })
    }

    /// Lets go of the folder.
    pub(super) async fn close(self) {
        if let Way::Here(app) = self.way {
            app.stop().await;
        }
    }

    /// Asks, and reads the answer.
    pub(super) async fn send<E: Endpoint>(&self, endpoint: &E) -> Result<E::Answer, Error> {
        let (good, body) = self.call(endpoint.call()).await?;
        let odd = |error: serde_json::Error| Error::NoAnswer(error.to_string());
        if good {
            return serde_json::from_slice(&body).map_err(odd);
        }
        let problem: Problem = serde_json::from_slice(&body).map_err(odd)?;
        Err(Error::Refused(Box::new(problem)))
    }

    async fn call(&self, call: Call) -> Result<(bool, Bytes), Error> {
        let lost = |error: &dyn std::fmt::Display| Error::NoAnswer(error.to_string());
        let method = match call.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        };
        let mut request = Request::builder()
            .method(method)
            .uri(call.path)
            .header(header::HOST, "presso")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        if call.keyed {
            request = request.header(IDEMPOTENCY_KEY, Uuid::new_v4().to_string());
        }
        let body = call.body.map(|body| body.to_string()).unwrap_or_default();
        let request = request
            .body(Full::new(Bytes::from(body)))
            .map_err(|e| lost(&e))?;
        match &self.way {
            Way::Here(app) => {
                let answered = http::router(app).oneshot(request.map(Body::new)).await;
                let response = answered.unwrap_or_else(|never| match never {});
                let good = response.status().is_success();
                let body = response.into_body().collect().await.map_err(|e| lost(&e))?;
                Ok((good, body.to_bytes()))
            }
            Way::Server(address) => {
                let stream = TcpStream::connect(address).await.map_err(|e| lost(&e))?;
                let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
                let (mut sender, connection) = shaken.map_err(|e| lost(&e))?;
                tokio::spawn(connection);
                let response = sender.send_request(request).await.map_err(|e| lost(&e))?;
                let good = response.status().is_success();
                let body = response.into_body().collect().await.map_err(|e| lost(&e))?;
                Ok((good, body.to_bytes()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Layer;
    use presso_core::api::ListShops;

    #[tokio::test]
    async fn who_sets_nothing_up_makes_no_data_folder() {
        let folder = tempfile::tempdir().unwrap();
        for data in [folder.path().to_owned(), folder.path().join("data")] {
            let layer = Layer {
                data: Some(data.clone()),
                ..Layer::default()
            };
            let config = layer.settle().unwrap();
            let refused = Door::open(&config, false).await.err().unwrap();
            let told = refused.to_string();
            assert_eq!(refused.exit_code(), 3);
            assert!(told.starts_with("there is no data folder at /"), "{told}");
            let made = std::fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(made, 0, "nothing was made");
        }
    }

    #[tokio::test]
    async fn a_folder_that_was_set_up_is_used_and_no_pages_are_kept_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let layer = Layer {
            data: Some(data.clone()),
            ..Layer::default()
        };
        let config = layer.settle().unwrap();
        for may_create in [true, false] {
            let door = Door::open(&config, may_create).await.unwrap();
            assert!(door.send(&ListShops).await.unwrap().shops.is_empty());
            door.close().await;
        }
        assert!(data.join(DATABASE_FILE).is_file() && !data.join("assets").exists());
    }
}
