//! How the server asks others by HTTP, whoever they are: push services, webhooks, gateways.

use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use std::time::Duration;

/// Others have this long for their whole answer.
pub(crate) const WITHIN: Duration = Duration::from_secs(10);

/// A client to be made that trusts whom the system trusts, follows no redirect, waits ten seconds
/// and says who it is.
///
/// # Errors
/// The system's certificates cannot be used.
pub(crate) fn client() -> Result<ClientBuilder, rustls::Error> {
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)?
        .with_no_client_auth();
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .timeout(WITHIN)
        .user_agent(concat!("presso/", env!("CARGO_PKG_VERSION"))))
}
