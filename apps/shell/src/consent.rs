//! May a link take this app to another server? Asked in a window of the system's own, so that no
//! page can answer, whoever wrote it: any web page can open an app's link.

use crate::shell::Shell;
use presso_words::t;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tokio::sync::{Mutex, oneshot};

/// One question at a time: a page that opens a hundred links is a nuisance once.
static ASKING: Mutex<()> = Mutex::const_new(());

/// Asks. What is not answered with yes is a no, and so is what comes during another question.
pub(crate) async fn agrees(app: AppHandle, to: String) -> bool {
    let Ok(_asking) = ASKING.try_lock() else {
        return false;
    };
    if let Some(language) = sys_locale::get_locale() {
        presso_words::speak(&[&language]);
    }
    let own = app.state::<Shell>().server().unwrap_or_default();
    let text = t!("consent-text", own = own, to = to);
    let buttons = MessageDialogButtons::OkCancelCustom(t!("consent-go"), t!("consent-stay"));
    let question = app.dialog().message(text).title(t!("consent-title"));
    let question = question.kind(MessageDialogKind::Warning).buttons(buttons);
    #[cfg(desktop)]
    let question = match app.get_webview_window(crate::window::MAIN) {
        Some(window) => question.parent(&window),
        None => question,
    };
    let (tell, told) = oneshot::channel();
    question.show(move |yes| {
        // Whoever asked waits.
        let _ = tell.send(yes);
    });
    told.await.unwrap_or(false)
}
