//! A socket that somebody else opened, and keeps open while one server follows the other: systemd's
//! socket activation. Whoever connects in between waits in it, and is not refused.

use super::Error;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long the next server waits for the one before to let go of the data folder; that one has
/// ten seconds to finish what is under way.
pub(super) const FOLLOWS: Duration = Duration::from_secs(30);
/// How long a server that stops takes more on: in it, who asks by a connection that was kept hears
/// that it is closed, and does not lose a request to its closing.
pub(super) const LINGER: Duration = Duration::from_millis(250);

/// The socket that was handed over, if one was.
///
/// # Errors
/// When what was handed over is no socket that listens.
#[cfg(target_os = "linux")]
pub(super) fn listener() -> Result<Option<TcpListener>, Error> {
    let failed = |why| Error::Listen {
        address: "the socket that was handed over".into(),
        why,
    };
    let mut handed = listenfd::ListenFd::from_env();
    let Some(listener) = handed.take_tcp_listener(0).map_err(failed)? else {
        return Ok(None);
    };
    listener.set_nonblocking(true).map_err(failed)?;
    TcpListener::from_std(listener).map(Some).map_err(failed)
}

/// Tells whoever started this how it stands, if they want to know (`Type=notify`).
#[cfg(target_os = "linux")]
pub(super) fn tell(serves: bool) {
    let state = match serves {
        true => sd_notify::NotifyState::Ready,
        false => sd_notify::NotifyState::Stopping,
    };
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "systemd cannot be told");
    }
}

/// There is no such thing here.
#[cfg(not(target_os = "linux"))]
pub(super) fn listener() -> Result<Option<TcpListener>, Error> {
    Ok(None)
}

/// There is nobody to tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn tell(_serves: bool) {}
