//! Keeps the screen on while wanted, by the system's own means.

use std::sync::Mutex;

/// The wish to stay awake; let go of when the app ends.
#[derive(Default)]
pub(crate) struct Awake {
    #[cfg(desktop)]
    held: Mutex<Option<keepawake::KeepAwake>>,
}

impl Awake {
    /// Stays awake from now on, or no longer. A system that will not be told goes dark as usual.
    #[cfg(desktop)]
    pub(crate) fn set(&self, app: &str, awake: bool) {
        let mut held = crate::shell::held(&self.held);
        if held.is_some() == awake {
            return;
        }
        let ask = || {
            keepawake::Builder::default()
                .display(true)
                .idle(true)
                .app_name(format!("presso-{app}"))
                .create()
        };
        *held = awake.then(ask).and_then(|asked| {
            asked
                .inspect_err(|error| tracing::info!(%error, "the screen goes dark as usual"))
                .ok()
        });
    }
    /// The web view keeps a phone's screen on by itself.
    #[cfg(mobile)]
    pub(crate) fn set(&self, _: &str, _: bool) {}
}
