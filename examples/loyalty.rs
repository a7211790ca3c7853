//! A loyalty card: who gets a coffee gets a point.

use axum::http::{HeaderMap, StatusCode};
use axum::{Router, body::Bytes, extract::State, routing::post};
use serde_json::Value;
use standardwebhooks::Webhook;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

struct Card {
    webhook: Webhook,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    seen: HashSet<String>,
    whose: HashMap<String, String>,
    points: HashMap<String, u32>,
}

impl Book {
    fn hear(&mut self, event: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let order = text(&event["subject"]);
        if event["type"] == "presso.order.started.v1" {
            self.whose.insert(order, text(&event["data"]["customer"]));
        } else if let Some(customer) = self.whose.remove(&order) {
            let points = self.points.entry(customer.clone()).or_default();
            *points += 1;
            println!("{} has {points} point(s)", &customer[..8]);
        }
    }
}

async fn hook(State(card): State<Arc<Card>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if card.webhook.verify(&body, &headers).is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    let (Ok(event), Ok(mut book)) = (serde_json::from_slice(&body), card.book.lock()) else {
        return StatusCode::INTERNAL_SERVER_ERROR;
    };
    let message = headers["webhook-id"].to_str().unwrap_or_default();
    if book.seen.insert(message.to_owned()) {
        book.hear(&event);
    }
    StatusCode::NO_CONTENT
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let webhook = Webhook::new(&std::env::var("PRESSO_SECRET")?)?;
    let port = std::env::var("PORT")
        .unwrap_or("4000".into())
        .parse::<u16>()?;
    let book = Mutex::default();
    let app = Router::new().route("/", post(hook));
    let app = app.with_state(Arc::new(Card { webhook, book }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    Ok(axum::serve(listener, app).await?)
}
