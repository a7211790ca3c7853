//! The floor: the least code that does an order's durable work. Four routes that mean what
//! Presso's mean, SQLite with `synchronous=FULL`, one writer thread, group commit. No sessions,
//! roles, idempotency, limits, deadlines, journal or realtime: what those cost is the distance.

mod store;
mod writer;

pub use store::Order;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use std::path::Path as FilePath;
use std::sync::{Arc, mpsc};
use store::Readers;
use tokio::sync::oneshot;
use writer::{Job, Reply, Work};

/// What an order is changed by.
#[derive(Debug, Deserialize)]
pub struct Choice {
    drink: String,
    options: Vec<String>,
}

/// An order was started.
#[derive(Debug, Serialize)]
struct Started {
    order: String,
}

/// An order, wrapped as Presso wraps it.
#[derive(Debug, Serialize)]
struct Answer {
    order: Order,
}

#[derive(Clone)]
struct Floor {
    to_writer: mpsc::Sender<Job>,
    readers: Arc<Readers>,
}

/// The router over a database in this folder.
///
/// # Errors
/// What SQLite says when the database cannot be made.
pub fn router(folder: &FilePath) -> rusqlite::Result<Router> {
    let file = folder.join("floor.db");
    let to_writer = writer::start(store::create(&file)?);
    let floor = Floor {
        to_writer,
        readers: Arc::new(Readers::of(file)),
    };
    Ok(Router::new()
        .route("/v1/shops/{shop}/scans", post(scan))
        .route("/v1/orders/{order}/submit", post(submit))
        .route("/v1/orders/{order}/complete", post(complete))
        .route("/v1/orders/{order}", get(read))
        .with_state(floor))
}

type Said<T> = Result<Json<T>, StatusCode>;

async fn scan(State(floor): State<Floor>) -> Said<Started> {
    let started = floor.write(Work::Start).await?;
    let order = started.id.to_string();
    Ok(Json(Started { order }))
}

async fn submit(
    State(floor): State<Floor>,
    Path(order): Path<i64>,
    Json(choice): Json<Choice>,
) -> Said<Answer> {
    let Choice { drink, options } = choice;
    let order = floor.write(Work::Submit(order, drink, options)).await?;
    Ok(Json(Answer { order }))
}

async fn complete(State(floor): State<Floor>, Path(order): Path<i64>) -> Said<Answer> {
    let order = floor.write(Work::Complete(order)).await?;
    Ok(Json(Answer { order }))
}

async fn read(State(floor): State<Floor>, Path(order): Path<i64>) -> Said<Answer> {
    let order = floor.readers.order(order).map_err(status)?;
    Ok(Json(Answer { order }))
}

impl Floor {
    /// Has it written, and waits until it is on disk.
    async fn write(&self, work: Work) -> Result<Order, StatusCode> {
        let (reply, written): (Reply, _) = oneshot::channel();
        let job = Job { work, reply };
        let gone = StatusCode::SERVICE_UNAVAILABLE;
        self.to_writer.send(job).map_err(|_| gone)?;
        written.await.map_err(|_| gone)?.map_err(status)
    }
}

/// The rows are found by identifier and state, so that a verb out of order finds none.
fn status(error: rusqlite::Error) -> StatusCode {
    match error {
        rusqlite::Error::QueryReturnedNoRows => StatusCode::CONFLICT,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}
