//! The kiosk: the window fills one monitor, has no frame and no menu, and does not close, except
//! for whoever holds Ctrl+Shift+Q for three seconds. After that the program ends in peace, so that
//! what starts it again after a crash leaves it alone.

use crate::options::Which;
use tauri::plugin::{Builder, TauriPlugin};
use tauri::{PhysicalPosition, Runtime, Window, WindowEvent};

/// Where the page goes when the keys were held for long enough; there is no such page.
const LEAVE: &str = "/leave-the-kiosk";

/// Watches the keys, and keeps what a touch could open closed. Runs before the page.
const KEYS: &str = include_str!("kiosk.js");

/// Makes a kiosk of the app's window.
pub(crate) fn plugin<R: Runtime>(monitor: Option<Which>) -> TauriPlugin<R> {
    Builder::new("presso-kiosk")
        .js_init_script(KEYS)
        .on_window_ready(move |window| {
            if let Err(error) = fill(&window, monitor.as_ref()) {
                // A display in a frame is better than none.
                eprintln!("the display does not fill its screen: {error}");
            }
            window.on_window_event(|event| {
                if let WindowEvent::CloseRequested { api, .. } = event {
                    api.prevent_close();
                }
            });
        })
        .on_navigation(|webview, url| {
            let leaves = url.path() == LEAVE;
            if leaves {
                use tauri::Manager;
                webview.app_handle().exit(0);
            }
            !leaves
        })
        .build()
}

/// Fills the chosen monitor; the system's first choice where that is not there.
fn fill<R: Runtime>(window: &Window<R>, wanted: Option<&Which>) -> tauri::Result<()> {
    window.set_decorations(false)?;
    let monitors = window.available_monitors()?;
    let names: Vec<Option<String>> = monitors.iter().map(|m| m.name().cloned()).collect();
    let place = wanted.and_then(|wanted| wanted.among(&names));
    if wanted.is_some() && place.is_none() {
        let known: Vec<&str> = names.iter().flatten().map(String::as_str).collect();
        eprintln!("there is no such monitor; there are: {}", known.join(", "));
    }
    let chosen = match place.and_then(|place| monitors.get(place).cloned()) {
        Some(monitor) => Some(monitor),
        None => window
            .primary_monitor()?
            .or_else(|| monitors.first().cloned()),
    };
    let Some(monitor) = chosen else {
        return window.set_fullscreen(true);
    };
    // Where there is no window manager, as in a session of its own, nobody else makes it so big;
    // where there is one, it needs to see the window on its monitor first.
    let corner = *monitor.position();
    window.set_position(corner)?;
    window.set_size(*monitor.size())?;
    let corner = PhysicalPosition::new(f64::from(corner.x), f64::from(corner.y));
    window.set_fullscreen_on_monitor(corner)
}
