//! From an address to requests, and an orderly end.

use crate::app::App;
use crate::{http, push};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// Within which a request's head must have come; also how long an idle connection is kept.
const HEAD: Duration = Duration::from_secs(30);
/// How long a stop waits for what is under way.
const DRAIN: Duration = Duration::from_secs(10);
/// How long to wait when the machine has no more sockets to give.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `shutdown` ends: then no more is taken on, sockets hear `bye` with `restarting`,
/// what is under way is finished, and the journal closed.
pub async fn run(listener: TcpListener, app: App, shutdown: impl Future<Output = ()>) {
    let service = TowerToHyperService::new(http::router(&app));
    let (busy, mut idle) = mpsc::channel::<()>(1);
    let courier = tokio::spawn(push::run(app.clone()));
    let mut shutdown = pin!(shutdown);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken on");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        let (service, busy) = (service.clone(), busy.clone());
        let stopping = app.stopping.subscribe();
        tokio::spawn(async move {
            connection(stream, service, stopping).await;
            drop(busy);
        });
    }
    drop(listener);
    app.begin_stop();
    drop(busy);
    let drained = timeout(DRAIN, async {
        // Nothing is sent: these end when the last one is dropped.
        idle.recv().await;
        app.sockets_gone().await;
    });
    if drained.await.is_err() {
        tracing::warn!("stopping although some connections are not done");
    }
    if courier.await.is_err() {
        tracing::error!("the courier of web push panicked");
    }
    app.stop().await;
}

async fn connection(
    stream: TcpStream,
    service: TowerToHyperService<axum::Router>,
    mut stopping: watch::Receiver<bool>,
) {
    // Answers are small and whole: waiting for more to send only delays them.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(16 * 1024)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    // How a connection ends is its peer's business.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
