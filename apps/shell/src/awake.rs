//! Keeps the screen on while wanted, by the system's own means. The system is asked on a thread
//! that may wait, and lets go when what it gave is dropped.

/// The wish to stay awake; let go of when the app ends.
#[derive(Default)]
pub(crate) struct Awake {
    #[cfg(desktop)]
    held: tokio::sync::Mutex<Option<keepawake::KeepAwake>>,
}

#[cfg(desktop)]
impl Awake {
    /// Stays awake from now on. A system that will not be told goes dark as usual.
    pub(crate) async fn stays(&self, app: &'static str) {
        let mut held = self.held.lock().await;
        if held.is_some() {
            return;
        }
        let ask = move || {
            let mut ask = keepawake::Builder::default();
            let name = format!("presso-{app}");
            ask.display(true).idle(true).app_name(name).create()
        };
        let asked = tokio::task::spawn_blocking(ask).await;
        *held = asked.ok().and_then(|asked| {
            asked
                .inspect_err(|error| tracing::info!(%error, "the screen goes dark as usual"))
                .ok()
        });
    }

    /// Goes dark as usual from now on.
    pub(crate) async fn rests(&self) {
        if let Some(held) = self.held.lock().await.take() {
            // What panics in there leaves the screen on until the app ends.
            let _ = tokio::task::spawn_blocking(move || drop(held)).await;
        }
    }
}

/// The web view keeps a phone's screen on by itself.
#[cfg(mobile)]
impl Awake {
    pub(crate) async fn stays(&self, _: &'static str) {}
    pub(crate) async fn rests(&self) {}
}
