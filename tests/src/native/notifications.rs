//! The desktop's notifications (org.freedesktop.Notifications), taken down instead of shown.

use crate::browser::PATIENCE;
use std::collections::HashMap;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zbus::zvariant::OwnedValue;

/// What a device's apps notify of.
pub struct Notifications {
    seen: UnboundedReceiver<[String; 2]>,
    _bus: zbus::Connection,
}

impl Notifications {
    /// Takes the place of the desktop on this bus.
    pub(super) async fn listen(bus: &str) -> Result<Self, String> {
        let (tell, seen) = unbounded_channel();
        let build = async {
            zbus::connection::Builder::address(bus)?
                .serve_at("/org/freedesktop/Notifications", Desktop(tell))?
                .name("org.freedesktop.Notifications")?
                .build()
                .await
        };
        let bus = build
            .await
            .map_err(|problem: zbus::Error| problem.to_string())?;
        Ok(Self { seen, _bus: bus })
    }

    /// Title and text of the next one.
    ///
    /// # Panics
    /// When none comes.
    pub async fn next(&mut self) -> [String; 2] {
        let next = tokio::time::timeout(PATIENCE, self.seen.recv()).await;
        next.expect("a notification comes")
            .expect("the bus is there as long as the device")
    }

    /// Were there any that nobody asked for?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }
}

struct Desktop(UnboundedSender<[String; 2]>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    #[allow(clippy::too_many_arguments, reason = "the desktops' own interface")]
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires_ms: i32,
    ) -> u32 {
        // Whoever listens no more has seen enough.
        let _ = self.0.send([summary, body]);
        1
    }
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".into()]
    }
    fn get_server_information(&self) -> (String, String, String, String) {
        let text = |text: &str| text.to_owned();
        (text("test"), text("presso"), text("1"), text("1.2"))
    }
    fn close_notification(&self, _id: u32) {}
}
