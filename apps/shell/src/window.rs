//! The one window: opened from the configuration, named by its page, kept on its page.

use tauri::{AppHandle, Manager, WebviewWindowBuilder};

/// Its label in the configuration and in the capabilities.
pub(crate) const MAIN: &str = "main";

/// Opens it.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let windows = &app.config().app.windows;
    let Some(config) = windows.iter().find(|window| window.label == MAIN) else {
        return Err(tauri::Error::WindowNotFound);
    };
    let builder = WebviewWindowBuilder::from_config(app, config)?
        // The page is the app's own, and stays it: no link leads the window elsewhere.
        .on_navigation(is_own);
    #[cfg(desktop)]
    let builder = builder.on_document_title_changed(|window, title| {
        if let Err(error) = window.set_title(&title) {
            tracing::debug!(%error, "the window keeps its old title");
        }
    });
    let window = builder.build()?;
    #[cfg(target_os = "linux")]
    crate::revive::watch(&window)?;
    drop(window);
    Ok(())
}

/// The address under which the page lies inside the app, on this system: elsewhere a program may
/// answer there that is not this one.
fn is_own(url: &tauri::Url) -> bool {
    let own = if cfg!(any(windows, target_os = "android")) {
        matches!(url.scheme(), "http" | "https") && url.host_str() == Some("tauri.localhost")
    } else {
        url.scheme() == "tauri" && url.host_str() == Some("localhost")
    };
    own && url.port().is_none()
}

/// Brings it before whoever opened a link.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    #[cfg(desktop)]
    let shown = window.unminimize().and_then(|()| window.show());
    #[cfg(mobile)]
    let shown = window.show();
    if let Err(error) = shown.and_then(|()| window.set_focus()) {
        tracing::debug!(%error, "the window stays where it is");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str) -> bool {
        is_own(&url.parse().unwrap())
    }

    #[test]
    fn the_window_stays_on_the_apps_own_page_of_this_system() {
        let elsewhere = cfg!(any(windows, target_os = "android"));
        assert_eq!(own("tauri://localhost/s/demo#c=AB"), !elsewhere);
        assert_eq!(own("http://tauri.localhost/s/demo"), elsewhere);
        for url in [
            "http://tauri.localhost:8080/",
            "tauri://localhost:8080/",
            "tauri://coffee.example/",
            "https://coffee.example/",
            "file:///etc/passwd",
        ] {
            assert!(!own(url), "{url}");
        }
    }
}
