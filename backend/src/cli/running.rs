//! The file by which the command finds the server that has the data folder.

use serde::{Deserialize, Serialize};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

#[derive(Serialize, Deserialize)]
struct Running {
    address: SocketAddr,
}

fn file(data: &Path) -> PathBuf {
    data.join("server.json")
}

/// Says where the server listens.
///
/// # Errors
/// Why the file cannot be written.
pub(super) fn announce(data: &Path, listening: SocketAddr) -> io::Result<()> {
    let address = within_reach(listening);
    let text = serde_json::to_string(&Running { address }).map_err(io::Error::other)?;
    std::fs::write(file(data), text)
}

/// Says that it does no more.
pub(super) fn withdraw(data: &Path) {
    // A file left behind leads to an address that does not answer, which is noticed.
    let _ = std::fs::remove_file(file(data));
}

/// Where a server said that it listens. It may be gone without having withdrawn that.
pub(super) fn find(data: &Path) -> Option<SocketAddr> {
    let text = std::fs::read_to_string(file(data)).ok()?;
    serde_json::from_str(&text).ok().map(|r: Running| r.address)
}

/// "Every address" is nothing to dial.
fn within_reach(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, listening.port())
}
