//! May this app leave its server? Asked in a window of the system's own, so that no page can answer,
//! whoever wrote it: any web page can open an app's link, and a page of an app's may not be its own
//! any more.

use crate::shell::Shell;
use presso_words::t;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};
use tokio::sync::{Mutex, oneshot};

/// One question at a time: a page that opens a hundred links is a nuisance once.
static ASKING: Mutex<()> = Mutex::const_new(());

/// What is asked, and what the buttons say.
struct Question {
    title: String,
    text: String,
    yes: String,
    no: String,
}

/// For this other server?
pub(crate) async fn goes_to(app: AppHandle, to: String) -> bool {
    asked(app, |own| Question {
        title: t!("consent-title"),
        text: t!("consent-text", own = own, to = to),
        yes: t!("consent-go"),
        no: t!("consent-stay"),
    })
    .await
}

/// For none, until somebody names one?
pub(crate) async fn leaves(app: AppHandle) -> bool {
    asked(app, |own| Question {
        title: t!("consent-leave-title"),
        text: t!("consent-leave-text", own = own),
        yes: t!("consent-leave-go"),
        no: t!("consent-stay"),
    })
    .await
}

/// Asks. What is not answered with yes is a no, and so is what comes during another question.
async fn asked(app: AppHandle, question: impl FnOnce(String) -> Question) -> bool {
    let Ok(_asking) = ASKING.try_lock() else {
        return false;
    };
    if let Some(language) = sys_locale::get_locale() {
        presso_words::speak(&[&language]);
    }
    let own = app.state::<Shell>().server().unwrap_or_default();
    let question = question(own);
    let buttons = MessageDialogButtons::OkCancelCustom(question.yes, question.no);
    let dialog = app.dialog().message(question.text).title(question.title);
    let dialog = dialog.kind(MessageDialogKind::Warning).buttons(buttons);
    #[cfg(desktop)]
    let dialog = match app.get_webview_window(crate::window::MAIN) {
        Some(window) => dialog.parent(&window),
        None => dialog,
    };
    let (tell, told) = oneshot::channel();
    dialog.show(move |yes| {
        // Whoever asked waits.
        let _ = tell.send(yes);
    });
    told.await.unwrap_or(false)
}
