//! From an address to requests, and an orderly end.

use crate::app::App;
use crate::http::Peer;
use crate::limits::Kind;
use crate::{bus, http, push, retention};
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt;

/// Within which a request's head must have come; also how long an idle connection is kept.
const HEAD: Duration = Duration::from_secs(30);
/// How long a peer may take nothing of what it asked for.
const READ: Duration = Duration::from_secs(30);
/// How long a stop waits for the first request of who has connected already.
const FIRST_WORD: Duration = Duration::from_secs(1);
/// How long a stop waits for what is under way.
const DRAIN: Duration = Duration::from_secs(10);
/// How long to wait when the machine has no more sockets to give.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `shutdown` ends: then no more is taken on, sockets hear `bye` with `restarting`,
/// what is under way is finished, and the journal closed.
pub async fn run(listener: TcpListener, app: App, shutdown: impl Future<Output = ()>) {
    until(listener, &app, shutdown, Duration::ZERO).await;
    app.stop().await;
}

/// The same, but for the journal. For a socket that stays open and will be another server's, it
/// takes on for `linger` longer whatever comes, and each of the answers then says that its connection
/// closes: who keeps one is not cut off between two requests. Who has connected and not spoken by
/// then is heard out for a second.
pub async fn until(
    listener: TcpListener,
    app: &App,
    shutdown: impl Future<Output = ()>,
    linger: Duration,
) {
    let router = http::router(app);
    let patience = if linger.is_zero() { linger } else { FIRST_WORD };
    let shutdown = async {
        shutdown.await;
        app.begin_leave();
        tokio::time::sleep(linger).await;
    };
    let (busy, mut idle) = mpsc::channel::<()>(1);
    let courier = kept(app, "the courier of web push", push::run);
    let sweeper = kept(app, "the sweep of what is old", retention::run);
    let bus = kept(app, "the courier of the bus", bus::run);
    let mut shutdown = pin!(shutdown);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Answers are small and whole: waiting for more to send only delays them.
                    let _ = stream.set_nodelay(true);
                    (stream, peer.ip())
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken on");
                    tokio::time::sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        // Whoever holds so many is not told why: an answer would cost more than the connection.
        let Some(seat) = app.limiter.connect(peer) else {
            app.metrics.too_often(Kind::Connections);
            continue;
        };
        let (router, busy) = (router.clone(), busy.clone());
        let stopping = app.stopping.subscribe();
        let open = app.metrics.connection();
        tokio::spawn(async move {
            connection(stream, peer, router, stopping, patience).await;
            drop((busy, seat, open));
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
    for work in [courier, sweeper, bus] {
        let _ = work.await; // a panic was logged when it happened
    }
    if timeout(DRAIN, app.passcodes.sent()).await.is_err() {
        tracing::warn!("stopping although some one-time codes are not sent");
    }
}

/// Work of the server's own, until it ends by itself, as it does when the server stops. A panic is
/// told at once, and the work begins anew: where it was stands on the disk.
fn kept<F>(
    app: &App,
    what: &'static str,
    run: impl Fn(App) -> F + Send + Sync + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let app = app.clone();
    tokio::spawn(async move {
        while tokio::spawn(run(app.clone())).await.is_err() {
            tracing::error!("{what} panicked, and begins anew");
            if *app.stopping.borrow() {
                return;
            }
            tokio::time::sleep(BREATH).await;
        }
    })
}

/// Serves what is counted, and nothing else, on a listener of its own, until the server stops.
pub async fn run_metrics(listener: TcpListener, app: App) {
    let router = http::metrics_router(&app);
    let mut stopping = app.stopping.subscribe();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                let stopping = app.stopping.subscribe();
                let (peer, router) = (peer.ip(), router.clone());
                tokio::spawn(connection(stream, peer, router, stopping, Duration::ZERO));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection for metrics could not be taken on");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// One connection, to its end: nobody holds it by writing slowly, or by reading slowly.
pub(crate) async fn connection(
    stream: impl AsyncRead + AsyncWrite + Send + 'static,
    peer: IpAddr,
    router: Router,
    mut stopping: watch::Receiver<bool>,
    patience: Duration,
) {
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(READ));
    let stream = Box::pin(stream);
    let spoke = Arc::new(Notify::new());
    let speaks = Arc::clone(&spoke);
    let told = move |mut request: Request<Incoming>| {
        speaks.notify_one();
        request.extensions_mut().insert(Peer(peer));
        request
    };
    let service = TowerToHyperService::new(router.map_request(told));
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
    // The first request of a connection that was taken on may be on its way.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = timeout(patience, spoke.notified()) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::AppConfig;
    use std::sync::atomic::{AtomicU32, Ordering};

    static BEGUN: AtomicU32 = AtomicU32::new(0);

    async fn stumbles(app: App) {
        assert!(BEGUN.fetch_add(1, Ordering::SeqCst) > 0, "the first time");
        let mut stopping = app.stopping.subscribe();
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    #[tokio::test]
    async fn work_that_panics_begins_anew_and_ends_with_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let config = AppConfig::new(folder.path().into(), "http://presso.example".into());
        let app = App::build(config).await.unwrap();
        let work = kept(&app, "the test", stumbles);
        while BEGUN.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        app.stop().await;
        work.await.unwrap();
        assert_eq!(BEGUN.load(Ordering::SeqCst), 2);
    }
}
