//! Where a request comes from, and how often that place may ask.

use super::failure::too_often;
use super::refusal::Refusal;
use crate::app::App;
use crate::limits::{Counted, Kind, Seat};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

/// When there is no room for a socket, it is worth looking again after so long, seconds.
const HELD_RETRY_S: u32 = 10;

/// Whose connection a request came on. The server puts it there; requests that came on none (the
/// command's, within its own process) have none, and are not counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// From which address a request comes: its peer's, or the one that a trusted proxy names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller {
    /// The address.
    pub(super) address: IpAddr,
    counted: Counted,
}

impl Caller {
    /// Of this request, noted in it for whoever counts further on.
    pub(super) fn note(app: &App, request: &mut Request) -> Option<Self> {
        let Peer(peer) = *request.extensions().get::<Peer>()?;
        let proxies = app.limiter.proxies();
        if proxies.overlook(peer, request.headers()) {
            warn_once();
        }
        let address = proxies.speaks_for(peer, request.headers());
        let counted = app.limiter.address(address);
        let caller = Self { address, counted };
        request.extensions_mut().insert(caller);
        Some(caller)
    }
}

/// The caller, where there is a connection.
pub(super) struct CameFrom(pub(super) Option<Caller>);

impl<S: Send + Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get().copied()))
    }
}

impl App {
    /// Counts one more of this kind from there.
    ///
    /// # Errors
    /// 429: it is one too many.
    pub(super) fn count_from(&self, caller: Option<Caller>, kind: Kind) -> Result<(), Refusal> {
        caller.map_or(Ok(()), |caller| self.count(kind, caller.counted))
    }
    /// A place for a socket that comes from there.
    ///
    /// # Errors
    /// 429: as many as may be come from there already.
    pub(super) fn seat(&self, caller: Option<Caller>) -> Result<Seat, Refusal> {
        let Some(caller) = caller else {
            return Ok(Seat::free());
        };
        self.limiter.hold_socket(caller.address).ok_or_else(|| {
            self.metrics.too_often(Kind::Connections);
            too_often(HELD_RETRY_S)
        })
    }
    /// Counts one more of this kind.
    ///
    /// # Errors
    /// 429: it is one too many.
    pub(super) fn count(&self, kind: Kind, who: Counted) -> Result<(), Refusal> {
        self.limiter.count(kind, who).map_err(|refused| {
            self.metrics.too_often(refused.kind);
            too_often(refused.retry_after_s)
        })
    }
}

/// Around a route that has a limit of its own.
pub(super) async fn limited(
    State((app, kind)): State<(App, Kind)>,
    CameFrom(caller): CameFrom,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    app.count_from(caller, kind)?;
    Ok(next.run(request).await)
}

fn warn_once() {
    static WARNED: AtomicBool = AtomicBool::new(false);
    if !WARNED.swap(true, Ordering::Relaxed) {
        tracing::warn!(
            "a proxy on this machine speaks for others, and trusted_proxies does not name it: all \
             who come by it count as one address"
        );
    }
}
