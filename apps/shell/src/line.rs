//! The line to one server: the client, its session in the keychain, and what the page watches.

use crate::kept::Kept;
use crate::keychain::Drawer;
use crate::notify::Notifier;
use crate::shell::{file_name, held};
use presso_core::board::Topic;
use presso_core::client::{Client, Config, Seen, Status};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// One server, and everything of this device that belongs to it.
pub(crate) struct Line {
    /// Drives everything.
    pub(crate) client: Client,
    /// Where the session lies.
    pub(crate) drawer: Arc<Drawer>,
    /// What the page keeps on this device.
    pub(crate) kept: Arc<Kept>,
    watches: Mutex<BTreeMap<u32, JoinHandle<()>>>,
}

impl Line {
    /// A line to this server; nothing is sent yet.
    pub(crate) async fn open(app: &str, server: &str, folder: &Path) -> std::io::Result<Arc<Self>> {
        let drawer = Drawer::open(&format!("presso-{app}"), server).await;
        let client = Client::new(Config {
            base_url: server.to_owned(),
            app: format!("{app}-app/{}", env!("CARGO_PKG_VERSION")),
            tokens: drawer.clone(),
        });
        Ok(Arc::new(Self {
            client,
            drawer,
            kept: Arc::new(Kept::open(&file_name(folder, server))?),
            watches: Mutex::default(),
        }))
    }

    /// Passes a topic on to the page, which calls this watch by a number of its own, and to whoever
    /// notifies.
    pub(crate) fn watch(
        &self,
        number: u32,
        topic: Topic,
        seen: Channel<Seen>,
        mut notifier: Option<Notifier>,
    ) {
        let mut watch = self.client.watch(topic);
        let task = tauri::async_runtime::spawn(async move {
            while let Some(news) = watch.next().await {
                if let Some(notifier) = &mut notifier {
                    notifier.take(&news);
                }
                if seen.send(news).is_err() {
                    return; // the window is gone
                }
            }
        });
        if let Some(other) = held(&self.watches).insert(number, task) {
            other.abort();
        }
    }

    /// Watches it no more.
    pub(crate) fn unwatch(&self, number: u32) {
        if let Some(task) = held(&self.watches).remove(&number) {
            task.abort();
        }
    }

    /// Does the server speak another protocol?
    pub(crate) fn has_given_up(&self) -> bool {
        matches!(self.client.status().now(), Status::UpdateNeeded { .. })
    }

    /// Watches nothing any more: the page is another, or the server is.
    pub(crate) fn hang_up(&self) {
        for task in std::mem::take(&mut *held(&self.watches)).into_values() {
            task.abort();
        }
    }
}
