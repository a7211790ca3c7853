//! Native notifications: what news of an order means for its customer is core's to say, the words
//! are presso-words'; here they are shown, also while the window is hidden or the page asleep.

use presso_core::board::{OrderView, Topic, View};
use presso_core::client::Seen;
use presso_words::AlertWords;
use tauri::{AppHandle, Manager};
use tauri_plugin_notification::NotificationExt;

/// The customer's: staff see orders on their screens all the time.
const APP: &str = "customer";

/// Follows one watch of the page's beside it.
pub(crate) struct Notifier {
    app: AppHandle,
    before: Option<OrderView>,
}

impl Notifier {
    /// For a watch of this topic, where it is one that somebody waits for.
    pub(crate) fn of(app: &AppHandle, name: &str, topic: &Topic) -> Option<Self> {
        let waits = name == APP && matches!(topic, Topic::Order(_));
        waits.then(|| {
            may_notify(app);
            Self {
                app: app.clone(),
                before: None,
            }
        })
    }

    /// Takes what the page is about to get, and tells the person unless they are looking at it.
    pub(crate) fn take(&mut self, seen: &Seen) {
        let Seen::View {
            view: View::Order(order),
            ..
        } = seen
        else {
            return;
        };
        if let Some(language) = sys_locale::get_locale() {
            presso_words::speak(&[&language]);
        }
        let told = presso_words::notification(self.before.as_ref(), order);
        self.before = Some((**order).clone());
        if let Some(words) = told.filter(|_| !is_looked_at(&self.app)) {
            show(&self.app, &words);
        }
    }
}

fn show(app: &AppHandle, words: &AlertWords) {
    let notification = app.notification().builder();
    let shown = notification.title(&words.title).body(&words.body).show();
    if let Err(error) = shown {
        // A desktop without notifications: the page still says it.
        tracing::info!(%error, "a notification is not shown");
    }
}

/// Is the window before somebody's eyes? What a system does not know counts as no.
fn is_looked_at(app: &AppHandle) -> bool {
    let focused = |window: &tauri::WebviewWindow| window.is_focused().unwrap_or(false);
    let visible = |window: &tauri::WebviewWindow| window.is_visible().unwrap_or(false);
    let windows = app.webview_windows();
    windows
        .values()
        .any(|window| focused(window) && visible(window))
}

/// Phones ask their owner first, once.
#[cfg(mobile)]
fn may_notify(app: &AppHandle) {
    let app = app.clone();
    // The question waits for its answer: not on a thread that others need. A no is an answer too.
    drop(tauri::async_runtime::spawn_blocking(move || {
        app.notification().request_permission().is_ok()
    }));
}
#[cfg(desktop)]
fn may_notify(_: &AppHandle) {}
