//! A line between one device and the server, which can be cut and mended: the others stay
//! connected.

use std::{
    cell::RefCell,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
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
    accepts: JoinHandle<()>,
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
        let target: SocketAddr = target.expect("the server's address is one");
        let whole = Arc::new(AtomicBool::new(true));
        let cut = watch::Sender::new(());
        let (is_whole, cuts) = (Arc::clone(&whole), cut.subscribe());
        Self {
            address: format!("http://127.0.0.1:{port}"),
            server: server.to_owned(),
            whole,
            cut: RefCell::new(cut),
            accepts: tokio::spawn(accept(listener, target, is_whole, cuts)),
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
}

impl Drop for Line {
    fn drop(&mut self) {
        self.accepts.abort();
    }
}

async fn accept(
    listener: TcpListener,
    server: SocketAddr,
    whole: Arc<AtomicBool>,
    cuts: watch::Receiver<()>,
) {
    while let Ok((device, _)) = listener.accept().await {
        // A cut line drops whoever calls.
        if whole.load(Ordering::SeqCst) {
            tokio::spawn(carry(device, server, cuts.clone()));
        }
    }
}

async fn carry(mut device: TcpStream, server: SocketAddr, mut cuts: watch::Receiver<()>) {
    cuts.mark_unchanged();
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    tokio::select! {
        // Either end may hang up whenever it likes.
        _ = copy_bidirectional(&mut device, &mut server) => {}
        _ = cuts.changed() => {}
    }
}
