//! A line between one device and the server, which can be cut and mended, slowed down, and made to
//! swallow what is said: the others stay connected.

use std::{
    cell::RefCell,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// A line to the server, with an address of its own.
pub struct Line {
    /// What the device takes for the server: `http://127.0.0.1:PORT`.
    pub address: String,
    server: String,
    whole: Arc<AtomicBool>,
    cut: RefCell<watch::Sender<()>>,
    weather: watch::Sender<Weather>,
    /// Counts how often what was connected was forgotten.
    forgotten: watch::Sender<u32>,
    accepts: JoinHandle<()>,
}

/// How a line carries what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weather {
    /// So much later.
    pub delay: Duration,
    /// At most so many bytes a second each way; 0 for as many as come.
    pub bytes_a_second: u32,
    /// Connections stay open, and nothing passes.
    pub is_mute: bool,
}

impl Line {
    /// A line to a server at this address.
    ///
    /// # Panics
    /// Where no port is free.
    pub async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let target = server.trim_start_matches("http://").parse();
        let whole = Arc::new(AtomicBool::new(true));
        let cut = watch::Sender::new(());
        let weather = watch::Sender::new(Weather::default());
        let forgotten = watch::Sender::new(0);
        let far = Far {
            server: target.expect("the server's address is one"),
            whole: Arc::clone(&whole),
            cuts: cut.subscribe(),
            weather: weather.subscribe(),
            forgotten: forgotten.subscribe(),
        };
        Self {
            address: format!("http://127.0.0.1:{port}"),
            server: server.to_owned(),
            whole,
            cut: RefCell::new(cut),
            weather,
            forgotten,
            accepts: tokio::spawn(far.accept(listener)),
        }
    }

    /// A link to the server, by this line.
    #[must_use]
    pub fn by(&self, link: &str) -> String {
        link.replace(&self.server, &self.address)
    }

    /// Whatever is connected is not any more, and nothing is connected until it is mended.
    pub fn cut(&self) {
        self.whole.store(false, Ordering::SeqCst);
        self.cut.borrow().send_replace(());
    }

    /// From here on everything passes again.
    pub fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }

    /// From here on it carries so, also what is connected already.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// What is connected stays so, and nothing passes on it any more, whatever comes; new
    /// connections are carried. So it is when a router on the way forgets a connection.
    pub fn forget(&self) {
        self.forgotten.send_modify(|generation| *generation += 1);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepts.abort();
    }
}

/// The line's far end.
struct Far {
    server: SocketAddr,
    whole: Arc<AtomicBool>,
    cuts: watch::Receiver<()>,
    weather: watch::Receiver<Weather>,
    forgotten: watch::Receiver<u32>,
}

impl Far {
    async fn accept(self, listener: TcpListener) {
        while let Ok((device, _)) = listener.accept().await {
            // A cut line drops whoever calls.
            if self.whole.load(Ordering::SeqCst) {
                let mut cuts = self.cuts.clone();
                cuts.mark_unchanged();
                let mut carrier = Carrier {
                    weather: self.weather.clone(),
                    forgotten: self.forgotten.clone(),
                };
                carrier.forgotten.mark_unchanged();
                let carried = carry(device, self.server, carrier);
                tokio::spawn(async move {
                    tokio::select! {
                        () = carried => {}
                        _ = cuts.changed() => {}
                    }
                });
            }
        }
    }
}

/// What one connection goes by.
#[derive(Clone)]
struct Carrier {
    weather: watch::Receiver<Weather>,
    forgotten: watch::Receiver<u32>,
}

/// Carries both ways, until either end hangs up.
async fn carry(device: TcpStream, server: SocketAddr, carrier: Carrier) {
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_device, to_device) = device.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        _ = pass(from_device, to_server, carrier.clone()) => {}
        _ = pass(from_server, to_device, carrier) => {}
    }
}

/// Carries one way, to its end.
async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut carrier: Carrier,
) -> io::Result<()> {
    let mut chunk = vec![0; 4096];
    loop {
        let read = from.read(&mut chunk).await?;
        if carrier.forgotten.has_changed().unwrap_or(true) {
            // Not even that an end hung up passes.
            std::future::pending::<()>().await;
        }
        if read == 0 {
            return Ok(());
        }
        let passes = carrier.weather.wait_for(|weather| !weather.is_mute).await;
        let Ok(now) = passes.map(|weather| *weather) else {
            return Ok(());
        };
        let takes_us = (read as u64 * 1_000_000).checked_div(now.bytes_a_second.into());
        let late = now.delay + Duration::from_micros(takes_us.unwrap_or(0));
        if !late.is_zero() {
            tokio::time::sleep(late).await;
        }
        to.write_all(&chunk[..read]).await?;
    }
}
