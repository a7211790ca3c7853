//! The display's app: its page, in a window whose shell is `presso-shell`. On a desktop the window
//! is a kiosk, unless it is started with `--windowed`.
#![cfg_attr(
    mobile,
    allow(missing_docs, reason = "what mobile_entry_point writes has none")
)]

#[cfg(desktop)]
mod kiosk;
#[cfg(desktop)]
mod options;

/// Opens the window; ends with it.
#[cfg(desktop)]
pub fn run() {
    let options = options::Options::read(std::env::args().skip(1)).unwrap_or_else(|wrong| {
        eprintln!(
            "{wrong}: there is no such option, or its value is missing\n{}",
            options::USAGE
        );
        std::process::exit(2)
    });
    let context = tauri::generate_context!();
    presso_shell::run_with("display", context, |builder| {
        if options.windowed {
            return builder;
        }
        builder
            .plugin(kiosk::plugin(options.monitor))
            .enable_macos_default_menu(false)
    });
}

/// Opens the window; ends with it.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
pub fn run() {
    presso_shell::run("display", tauri::generate_context!());
}
