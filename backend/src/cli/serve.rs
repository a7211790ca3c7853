//! `presso serve`.

use super::{Error, handed, running};
use crate::app::{self, App, AppConfig, raise_descriptors};
use crate::config::{Config, Metrics};
use crate::{journal, serve, telemetry};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// How often to see whether the folder is free.
const GLANCE: Duration = Duration::from_millis(10);

pub(super) async fn serve(config: Config) -> Result<(), Error> {
    telemetry::start(config.log);
    raise_descriptors();
    let stop = told_to_stop();
    let address = config.listen.to_string();
    let failed = |why| Error::Listen { address, why };
    let handed = handed::listener()?;
    let (follows, linger) = match handed {
        Some(_) => (handed::FOLLOWS, handed::LINGER),
        None => (Duration::ZERO, Duration::ZERO),
    };
    let app = build(&config, follows).await?;
    let listener = match handed {
        Some(listener) => Ok(listener),
        None => TcpListener::bind(config.listen).await,
    };
    let listener = match listener {
        Ok(listener) => listener,
        Err(why) => {
            app.stop().await;
            return Err(failed(why));
        }
    };
    let metrics = match config.metrics {
        Some(metrics) => listen_for_metrics(metrics).await,
        None => Ok(None),
    };
    let metrics = match metrics {
        Ok(listener) => listener,
        Err(error) => {
            app.stop().await;
            return Err(error);
        }
    };
    let listening = listener.local_addr().map_err(failed)?;
    running::announce(&config.data, listening).map_err(|why| Error::file(&config.data, why))?;
    tracing::info!(
        %listening, public_url = %config.public_url, data = %config.data.display(),
        build = app.build_id(), "serving",
    );
    if !config.is_secure_context() {
        tracing::warn!(
            "without HTTPS, phones give a page no camera: guests use their camera app or type the code"
        );
    }
    if let Some(listener) = metrics {
        tokio::spawn(serve::run_metrics(listener, app.clone()));
    }
    handed::tell(true);
    let stop = async {
        stop.await;
        handed::tell(false);
    };
    serve::until(listener, &app, stop, linger).await;
    // Before the folder is let go: what stands there then is the next server's.
    running::withdraw(&config.data);
    app.stop().await;
    tracing::info!("stopped");
    Ok(())
}

/// Takes the folder; from a server that is about to stop, within the time that it `follows`.
async fn build(config: &Config, follows: Duration) -> Result<App, app::Error> {
    let began = Instant::now();
    loop {
        let mut parts = AppConfig::new(config.data.clone(), config.public_url.clone());
        parts.ui = std::env::var_os("PRESSO_UI_DIR").map(Into::into);
        parts.limits = config.limits.clone();
        parts.passcodes = config.passcodes.clone();
        parts.proxies = config.proxies.clone();
        parts.webhooks = config.webhooks.reach();
        match App::build(parts).await {
            Err(app::Error::Journal(journal::Error::InUse(_))) if began.elapsed() < follows => {
                tokio::time::sleep(GLANCE).await;
            }
            built => return built,
        }
    }
}

/// Where nobody asked for metrics by name, a place that is taken is no reason not to serve: another
/// Presso of this machine may be there.
async fn listen_for_metrics(metrics: Metrics) -> Result<Option<TcpListener>, Error> {
    match TcpListener::bind(metrics.listen).await {
        Ok(listener) => {
            tracing::info!(listening = %metrics.listen, "metrics");
            Ok(Some(listener))
        }
        Err(why) if metrics.wanted => {
            let address = metrics.listen.to_string();
            Err(Error::Listen { address, why })
        }
        Err(error) => {
            tracing::warn!(listening = %metrics.listen, %error, "no metrics");
            Ok(None)
        }
    }
}

/// Ends with ctrl-c, and with SIGTERM where there is such a thing. Both are heard from this call on,
/// not only once somebody waits: a stop that comes with the start is an orderly one, too.
#[cfg(unix)]
fn told_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    async fn heard(signal: std::io::Result<tokio::signal::unix::Signal>, name: &str) {
        match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::warn!(%error, "{name} cannot be heard here");
                std::future::pending().await
            }
        }
    }
    let interrupted = signal(SignalKind::interrupt());
    let terminated = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = heard(interrupted, "ctrl-c") => {}
            () = heard(terminated, "SIGTERM") => {}
        }
        tracing::info!("stopping");
    }
}

/// Ends with ctrl-c.
#[cfg(not(unix))]
async fn told_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        tracing::warn!("ctrl-c cannot be heard here");
        std::future::pending::<()>().await;
    }
    tracing::info!("stopping");
}
