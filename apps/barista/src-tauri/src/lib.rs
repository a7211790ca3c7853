//! The barista's app: its page, in a window whose shell is `presso-shell`.
#![cfg_attr(
    mobile,
    allow(missing_docs, reason = "what mobile_entry_point writes has none")
)]

/// Opens the window; ends with it.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    presso_shell::run("barista", tauri::generate_context!());
}
