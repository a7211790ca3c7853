//! The client's native body: tokio, reqwest over rustls, tokio-tungstenite.

use super::feed::Event;
use crate::realtime::frame::SUBPROTOCOL;
use crate::time::Timestamp;
use futures_util::{SinkExt, StreamExt};
#[cfg(not(target_os = "android"))]
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};

type Stream = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// A closing handshake may take this long.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);

/// The device's time at the start, and steady from there: setting the clock moves no deadline.
pub(super) fn now() -> Timestamp {
    static START: LazyLock<(Instant, i64)> = LazyLock::new(|| {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let ms = since_1970.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
        (Instant::now(), ms)
    });
    let (instant, ms) = *START;
    Timestamp(ms).plus_ms(i64::try_from(instant.elapsed().as_millis()).unwrap_or(i64::MAX))
}

/// Waits.
pub(super) async fn sleep(ms: i64) {
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0))).await;
}

/// Runs it beside everything else, to its end.
pub(super) fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}

/// One TLS configuration for requests and sockets: rustls with ring.
fn tls() -> rustls::ClientConfig {
    static TLS: LazyLock<rustls::ClientConfig> = LazyLock::new(|| {
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let builder = || {
            rustls::ClientConfig::builder_with_provider(ring.clone())
                .with_safe_default_protocol_versions()
                .expect("ring supports the versions that rustls takes for safe")
        };
        trusting(builder)
    });
    TLS.clone()
}

type Builder = rustls::ConfigBuilder<rustls::ClientConfig, rustls::WantsVerifier>;

/// Whom the system trusts. A system that has no such list trusts nobody; plain connections still
/// work there.
#[cfg(not(target_os = "android"))]
fn trusting(builder: impl Fn() -> Builder) -> rustls::ClientConfig {
    let nobody = |_| {
        builder()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    };
    builder()
        .with_platform_verifier()
        .map(|builder| builder.with_no_client_auth())
        .unwrap_or_else(nobody)
}

/// Android is only asked whom it trusts from Java, and whoever asks before Java was told panics:
/// Mozilla's list instead. A certificate that a person added to the phone does not count.
#[cfg(target_os = "android")]
fn trusting(builder: impl Fn() -> Builder) -> rustls::ClientConfig {
    let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    builder()
        .with_root_certificates(rustls::RootCertStore { roots })
        .with_no_client_auth()
}

pub(super) fn http_client() -> reqwest::Client {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls())
        .build()
        .expect("a client with a ready TLS configuration and no other setting can be built")
}

/// Nothing tells a native client that the network came back; its shell may ([`super::Client::nudge`]).
pub(super) struct Nudges;

impl Nudges {
    pub(super) const fn new(_: &UnboundedSender<Event>) -> Self {
        Self
    }
}

/// A connection; closed when dropped.
pub(super) struct Socket {
    outbox: UnboundedSender<String>,
}

impl Socket {
    pub(super) fn open(url: &str, number: u64, tell: UnboundedSender<Event>) -> Self {
        let (outbox, to_send) = unbounded_channel();
        let url = url.to_owned();
        spawn(async move {
            carry(&url, number, &tell, to_send).await;
            // If nobody listens any more, nobody needs to know.
            let _ = tell.send(Event::Closed(number));
        });
        Self { outbox }
    }
    pub(super) fn send(&self, text: String) {
        // A connection that has ended says so by itself.
        let _ = self.outbox.send(text);
    }
}

async fn carry(
    url: &str,
    number: u64,
    tell: &UnboundedSender<Event>,
    mut to_send: UnboundedReceiver<String>,
) {
    let connected = tokio::select! {
        connected = connect(url) => connected,
        // Nothing is sent before it is open: this is the socket being dropped.
        _ = to_send.recv() => None,
    };
    let Some(mut stream) = connected else { return };
    let mut listens = tell.send(Event::Opened(number)).is_ok();
    while listens {
        tokio::select! {
            text = to_send.recv() => match text {
                Some(text) => listens = stream.send(Message::text(text)).await.is_ok(),
                None => {
                    // Politely; a peer that does not answer loses nothing.
                    let _ = tokio::time::timeout(CLOSE_WITHIN, stream.close(None)).await;
                    return;
                }
            },
            message = stream.next() => match message {
                Some(Ok(Message::Text(text))) => {
                    listens = tell.send(Event::Text(number, text.to_string())).is_ok();
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

async fn connect(url: &str) -> Option<Stream> {
    let mut request = url.into_client_request().ok()?;
    let subprotocol = HeaderValue::from_static(SUBPROTOCOL);
    request
        .headers_mut()
        .insert("sec-websocket-protocol", subprotocol);
    let tls = Connector::Rustls(Arc::new(tls()));
    let connecting =
        tokio_tungstenite::connect_async_tls_with_config(request, None, true, Some(tls));
    connecting.await.ok().map(|(stream, _)| stream)
}
