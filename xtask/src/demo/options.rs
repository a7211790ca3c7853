//! What may follow `demo` and `dev`.

use crate::ui::Profile;
use anyhow::{Context, Result, bail};
use std::net::{IpAddr, Ipv4Addr, TcpListener, UdpSocket};

/// The port unless somebody says another.
const PORT: u16 = 7070;

/// What was asked for.
pub(crate) struct Options {
    /// Run rehearsal customers and a robot barista.
    pub(crate) robots: bool,
    /// Keep the data in `./data`.
    pub(crate) keep: bool,
    /// How the screens are built.
    pub(crate) screens: Profile,
    /// Where the server listens.
    pub(crate) ip: IpAddr,
    pub(crate) port: u16,
    /// How others reach it: what the code on the display leads to.
    pub(crate) host: String,
}

impl Options {
    /// Reads the words after the command.
    pub(crate) fn parse(command: &str, words: &[String]) -> Result<Self> {
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let mut options = Self {
            robots: false,
            keep: false,
            screens: Profile::Dev,
            ip: local,
            port: 0,
            host: "localhost".to_owned(),
        };
        let mut wanted = None;
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--robots" => options.robots = true,
                "--keep" => options.keep = true,
                "--release" => options.screens = Profile::Release,
                "--lan" => {
                    options.ip = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
                    options.host = own_address()?.to_string();
                }
                "--port" => {
                    let number = words.next().context("--port N")?;
                    wanted = Some(number.parse().context("--port N, from 1 to 65535")?);
                }
                other => bail!(
                    "{other:?}? usage: cargo xtask {command} [--robots] [--port N] [--lan] [--keep] [--release]"
                ),
            }
        }
        options.port = free(options.ip, wanted)?;
        Ok(options)
    }
}

/// The wanted port, which must be free, or the first free one from ours on.
fn free(ip: IpAddr, wanted: Option<u16>) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((ip, *port)).is_ok();
    match wanted {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => bail!("port {port} is taken"),
        None => (PORT..PORT + 50)
            .find(is_free)
            .context("no free port; name one by --port N"),
    }
}

/// This machine's address as its neighbours see it. Nothing is sent: connecting a UDP socket only
/// asks which interface would be used.
fn own_address() -> Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket
        .connect((Ipv4Addr::new(192, 0, 2, 1), 9))
        .context("this machine has no network")?;
    Ok(socket.local_addr()?.ip())
}
