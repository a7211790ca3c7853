//! The page runs in a process of the web view's, which can fall over or be ended by the system while
//! the app runs on: its window would stay white. Then the page is begun anew, once; falling again
//! soon, it takes the app with it, with a status by which whatever watches over it starts it anew.
//!
//! Windows and Android do not tell through Tauri; there the web view shows a page of its own, or
//! the system ends the app.

use crate::shell::held;
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tauri::AppHandle;

/// Falling twice within this time, beginning anew does not help.
const SOON: Duration = Duration::from_secs(10);

/// When it fell last.
#[derive(Default)]
pub(crate) struct Falls {
    last: Mutex<Option<Instant>>,
}

impl Falls {
    /// It fell now; is the page to begin anew?
    fn again(&self, now: Instant) -> bool {
        let last = held(&self.last).replace(now);
        last.is_none_or(|last| now.duration_since(last) >= SOON)
    }

    /// Begins the page anew, or ends the app.
    fn take(&self, app: &AppHandle, reload: impl FnOnce()) {
        if self.again(Instant::now()) {
            tracing::error!("the web view's process ended: the page begins anew");
            reload();
        } else {
            tracing::error!("the web view's process ended again: so does the app");
            app.exit(1);
        }
    }
}

/// Watches over the window's page.
#[cfg(target_os = "linux")]
pub(crate) fn watch(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use tauri::Manager;
    use webkit2gtk::WebViewExt;
    let app = window.app_handle().clone();
    window.with_webview(move |view| {
        let falls = Falls::default();
        // It listens as long as the web view lives.
        let _ = view
            .inner()
            .connect_web_process_terminated(move |view, _| falls.take(&app, || view.reload()));
    })
}

/// Watches over the pages of all windows.
#[cfg(any(target_os = "macos", target_os = "ios"))]
pub(crate) fn watch_all(builder: tauri::Builder<tauri::Wry>) -> tauri::Builder<tauri::Wry> {
    use tauri::Manager;
    let falls = Falls::default();
    builder.on_web_content_process_terminate(move |view| {
        falls.take(view.app_handle(), || {
            if let Err(error) = view.reload() {
                tracing::error!(%error, "the page does not begin anew");
            }
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_falls_begins_anew_unless_it_has_just_done_so() {
        let (falls, start) = (Falls::default(), Instant::now());
        let after = |seconds| start + Duration::from_secs(seconds);
        assert!(falls.again(start));
        assert!(falls.again(after(10)), "long after");
        assert!(!falls.again(after(19)), "soon after");
    }
}
