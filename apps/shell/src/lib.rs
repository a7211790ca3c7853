//! The native half of the seam: Tauri commands over core's client. A shell knows Tauri and no
//! coffee; the apps in `apps/*/src-tauri` only start it.
//!
//! - The page gets no network (the policy in the root's `tauri.conf.json`) and no token: every
//!   request and every watched topic goes through [`commands`], and what carries tokens has
//!   commands of its own that keep them here. What is said is typed in `presso_core::client::seam`.
//! - [`line`] is the client of the one server that the app belongs to, [`address`] reads what was
//!   typed or opened, [`probe`] asks who answers there, [`links`] takes what the system opens,
//!   [`consent`] asks a person before a link moves the app to another.
//! - [`notify`] tells the customer, also while the window is hidden.
//! - [`camera`] is the camera where this system has one for programs.
//! - [`window`] is the window, [`revive`] begins its page anew when the web view's process falls over.
//! - [`keychain`] keeps the session, [`kept`] the small things in the app's data folder.

mod address;
mod awake;
mod camera;
mod commands;
mod consent;
mod kept;
mod keychain;
mod line;
mod links;
mod notify;
mod page;
mod probe;
#[cfg(any(target_os = "linux", target_os = "macos", target_os = "ios"))]
mod revive;
mod shell;
mod window;

pub use keychain::Drawer;

use shell::Shell;
use tauri::{Builder, Context, Manager, RunEvent, Wry};
use tracing_subscriber::EnvFilter;

/// Opens the app's window and runs until it is closed. `app` names it: its session's place in the
/// keychain, and itself to the server.
///
/// # Panics
/// When there is no window system, or no folder to keep anything in: then there is no app.
pub fn run(app: &'static str, context: Context) {
    run_with(app, context, |builder| builder);
}

/// The same, of an app that adds something of its own.
///
/// # Panics
/// As [`run`].
pub fn run_with(
    app: &'static str,
    context: Context,
    own: impl FnOnce(Builder<Wry>) -> Builder<Wry>,
) {
    tracing_subscriber::fmt()
        .with_env_filter(log_filter())
        .with_writer(std::io::stderr)
        .init();
    let builder = links::alone(Builder::default());
    #[cfg(any(target_os = "macos", target_os = "ios"))]
    let builder = revive::watch_all(builder);
    own(builder)
        .plugin(tauri_plugin_deep_link::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(commands::plugin())
        .setup(move |handle| {
            let folder = handle.path().app_data_dir()?;
            handle.manage(Shell::open(app, folder)?);
            links::listen(handle.handle());
            window::open(handle.handle())?;
            Ok(())
        })
        .build(context)
        .expect("an app without a window cannot tell what is wrong")
        .run(|app, event| {
            if let RunEvent::Exit = event {
                tauri::async_runtime::block_on(app.state::<Shell>().settles());
            }
        });
}

/// What `PRESSO_LOG` asks for, but for one crate that writes arguments down: links carry secrets.
fn log_filter() -> EnvFilter {
    let filter = EnvFilter::from_env("PRESSO_LOG");
    match "tauri_plugin_deep_link=error".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    }
}
