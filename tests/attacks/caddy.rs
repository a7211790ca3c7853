//! Behind Caddy, as `deploy/Caddyfile` has it: a real one, with a certificate authority of its own,
//! on ports of this machine.

use futures_util::{SinkExt, StreamExt};
use presso_backend::limits::{Bound, Proxies, Rate};
use presso_tests::server::{self, Server};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::process::{Child, Command};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

/// How long Caddy may take to be there.
const PATIENCE: Duration = Duration::from_secs(20);
/// The host and the address in the file that are somebody else's.
const HOST: &str = "coffee.example.org";
const UPSTREAM: &str = "127.0.0.1:8080";
/// Two phones, as far as this machine can tell addresses apart.
const ADA: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const EVE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);

/// Caddy before a server.
struct Front {
    server: Server,
    port: u16,
    tls: TlsConnector,
    _caddy: Child,
    _folder: TempDir,
}

/// An answer, as it came.
struct Reply {
    status: u16,
    head: String,
    body: Value,
}

/// Where Caddy is, if it is: on the path, or where `cargo xtask test` unpacks it.
fn caddy() -> Option<PathBuf> {
    let unpacked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/caddy/usr/bin/caddy");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).map(|folder| folder.join("caddy"));
    places
        .find(|place| place.is_file())
        .or_else(|| Some(unpacked).filter(|it| it.is_file()))
}

impl Front {
    /// None, and a word why, where there is no Caddy.
    async fn stand() -> Option<Self> {
        let Some(program) = caddy() else {
            println!("skipped: there is no caddy; Debian's package has it");
            return None;
        };
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = free.local_addr().expect("it has an address").port();
        let server = Server::start_with(server::settings(), move |config| {
            config.public_url = format!("https://localhost:{port}");
            config.proxies = Proxies {
                trusted: vec!["127.0.0.1".parse::<IpAddr>().expect("an address").into()],
                ..Proxies::default()
            };
            let two = NonZeroU32::new(2).expect("not 0");
            let one = NonZeroU32::MIN;
            config.limits.guests = Bound::At(Rate {
                burst: two,
                per_minute: one,
            });
        })
        .await;
        let folder = TempDir::new().expect("the system has a folder for temporary things");
        let own = folder.path().display();
        // What the file leaves to Caddy's habits is for a machine on the internet.
        let file = format!(
            "{{\n admin off\n auto_https disable_redirects\n skip_install_trust\n local_certs\n \
             default_bind 127.0.0.1\n storage file_system {own}/store\n}}\n{}",
            include_str!("../../deploy/Caddyfile")
                .replace(HOST, &format!("localhost:{port}"))
                .replace(UPSTREAM, server.address.trim_start_matches("http://")),
        );
        let path = folder.path().join("Caddyfile");
        std::fs::write(&path, file).expect("the file can be written");
        drop(free);
        let caddy = Command::new(program)
            .args(["run", "--adapter", "caddyfile", "--config"])
            .arg(&path)
            .env("HOME", folder.path())
            .env("XDG_CONFIG_HOME", folder.path())
            .env("XDG_DATA_HOME", folder.path())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("caddy starts");
        let root = folder.path().join("store/pki/authorities/local/root.crt");
        let root = within(async {
            loop {
                let read = CertificateDer::from_pem_file(&root);
                match read {
                    Ok(root) => return root,
                    Err(_) => tokio::task::yield_now().await,
                }
            }
        });
        let mut roots = RootCertStore::empty();
        roots.add(root.await).expect("a certificate");
        let provider = Arc::new(crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring knows them")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let front = Self {
            server,
            port,
            tls: TlsConnector::from(Arc::new(tls)),
            _caddy: caddy,
            _folder: folder,
        };
        within(async {
            while front.dial(ADA).await.is_none() {
                tokio::task::yield_now().await;
            }
        })
        .await;
        Some(front)
    }

    /// A connection of that phone's, by HTTPS.
    async fn dial(&self, from: Ipv4Addr) -> Option<TlsStream<tokio::net::TcpStream>> {
        let socket = TcpSocket::new_v4().ok()?;
        socket.bind(SocketAddr::new(from.into(), 0)).ok()?;
        let to = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), self.port);
        let stream = socket.connect(to).await.ok()?;
        let name = ServerName::try_from("localhost").ok()?;
        self.tls.connect(name, stream).await.ok()
    }

    /// Asks as that phone, with more lines in the head.
    async fn ask(&self, from: Ipv4Addr, request: &str, more: &str, body: &Value) -> Reply {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let (port, length) = (self.port, body.len());
        let head = format!(
            "{request} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n{more}\r\n{body}"
        );
        let mut stream = self.dial(from).await.expect("caddy answers");
        stream.write_all(head.as_bytes()).await.expect("it listens");
        let mut answer = Vec::new();
        within(stream.read_to_end(&mut answer))
            .await
            .expect("a whole answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Reply {
            status: status.expect("a status"),
            head: head.to_lowercase(),
            body: serde_json::from_str(body).unwrap_or_default(),
        }
    }

    /// A socket for a page of this origin.
    async fn socket(
        &self,
        origin: &str,
    ) -> Result<tokio_tungstenite::WebSocketStream<TlsStream<tokio::net::TcpStream>>, Error> {
        let address = format!("wss://localhost:{}/v1/realtime", self.port);
        let mut request = address.into_client_request()?;
        let headers = request.headers_mut();
        headers.insert("origin", origin.parse().expect("a header's value"));
        let protocol = "presso.1".parse().expect("a header's value");
        headers.insert("sec-websocket-protocol", protocol);
        let stream = self.dial(ADA).await.expect("caddy answers");
        client_async(request, stream)
            .await
            .map(|(socket, _)| socket)
    }
}

async fn within<T>(coming: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, coming)
        .await
        .expect("it comes in time")
}

#[tokio::test(flavor = "current_thread")]
async fn a_page_comes_by_https_and_says_that_it_always_does() {
    let Some(front) = Front::stand().await else {
        return;
    };
    let page = front.ask(ADA, "GET /s/demo", "", &Value::Null).await;
    assert_eq!(page.status, 200, "{}", page.head);
    assert!(
        page.head
            .contains("strict-transport-security: max-age=31536000"),
        "{}",
        page.head
    );
    let socket = format!("connect-src 'self' wss://localhost:{}", front.port);
    assert!(page.head.contains(&socket), "{}", page.head);
    // Links lead back to where one came from.
    let link = front
        .server
        .link(presso_core::api::LinkFor::Display, "")
        .await;
    assert!(
        link.starts_with(&format!("https://localhost:{}/display#k=", front.port)),
        "{link}"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_socket_passes_for_pages_of_this_address_and_for_no_others() {
    let Some(front) = Front::stand().await else {
        return;
    };
    let own = format!("https://localhost:{}", front.port);
    let mut socket = front.socket(&own).await.expect("its own pages may");
    for frame in [
        json!({ "t": "hello", "protocol": 1, "app": "customer/1" }),
        json!({ "t": "watch", "topic": "shop/demo/board" }),
    ] {
        let sent = socket.send(Message::text(frame.to_string())).await;
        sent.expect("it is open");
    }
    let mut told = Vec::new();
    while told.len() < 2 {
        let message = within(socket.next())
            .await
            .expect("it stays open")
            .expect("a message");
        let frame: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
        told.push(frame["t"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(told, ["welcome", "snapshot"]);
    match front.socket("https://evil.example").await {
        Err(Error::Http(answer)) => assert_eq!(answer.status(), 403),
        other => panic!("{:?}", other.map(|_| "a socket for another site's page")),
    }
}

#[tokio::test(flavor = "current_thread")]
async fn each_client_counts_for_itself_and_nobody_for_whom_they_say_they_are() {
    let Some(front) = Front::stand().await else {
        return;
    };
    let begin = async |from, more: &str| {
        let asked = front
            .ask(from, "POST /v1/session/guest", more, &json!({}))
            .await;
        (
            asked.status,
            asked.body["code"].as_str().unwrap_or_default().to_owned(),
        )
    };
    for _ in 0..2 {
        assert_eq!(begin(ADA, "").await, (200, String::new()));
    }
    assert_eq!(begin(ADA, "").await, (429, "too_often".to_owned()));
    // Somebody else's phone is not held up, and Ada's is not somebody else's.
    assert_eq!(begin(EVE, "").await, (200, String::new()));
    for forged in [
        "X-Forwarded-For: 203.0.113.7\r\n",
        "Forwarded: for=203.0.113.7\r\n",
    ] {
        assert_eq!(begin(ADA, forged).await.0, 429, "{forged}");
    }
}
