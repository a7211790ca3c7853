//! What the page may ask, each as a command of Tauri's; `permissions/` says which app may what.

use crate::camera::Eye;
use crate::consent::{goes_to, leaves};
use crate::line::Line;
use crate::links;
use crate::notify::Notifier;
use crate::shell::Shell;
use presso_core::api::{
    AskPasscodeBody, Call, PasscodeAnswer, Problem, PutPinBody, VerifyPasscodeBody, Who,
};
use presso_core::board::Topic;
use presso_core::client::seam::{Beginning, CameraDevice, Hand, News, Signed, Way};
use presso_core::client::{Error, Seen};
use presso_core::id::StaffId;
use serde_json::Value;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, State, Wry};
use tauri_plugin_opener::OpenerExt;
use uuid::Uuid;

type Answer<T> = Result<T, Problem>;
type Here<'a> = State<'a, Shell>;

/// The commands as a plugin; its name is the crate's, by which capabilities call it.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri::plugin::Builder::new("presso-shell")
        .invoke_handler(tauri::generate_handler![
            begin,
            call,
            watch,
            unwatch,
            guest,
            redeem,
            pair,
            ask_passcode,
            verify_passcode,
            hands,
            switch,
            set_pin,
            sign_out,
            nudge,
            go,
            forget_server,
            keep,
            stay_awake,
            badge,
            open_link,
            cameras,
            camera_start,
            camera_look,
            camera_stop
        ])
        .setup(|app, _| {
            app.manage(Eye::default());
            Ok(())
        })
        .build()
}

/// A page begins, and stands at `place` unless it is told otherwise.
#[tauri::command]
async fn begin(
    shell: Here<'_>,
    eye: State<'_, Eye>,
    place: String,
    news: Channel<News>,
) -> Answer<Beginning> {
    eye.stop().await; // the page before may have left it open
    shell.awake.rests().await; // the page before may have wanted otherwise
    let line = shell.fresh_line().await;
    let goes_to = shell.place_of(&place);
    shell.page.begins(news, line.as_ref());
    let client = line.as_ref().map(|line| &line.client);
    Ok(Beginning {
        server: shell.server(),
        place: goes_to,
        who: client.and_then(|client| client.who()),
        name: client.and_then(|client| client.name()),
        kept: line
            .as_ref()
            .map(|line| line.kept.all())
            .unwrap_or_default(),
        session_is_kept: line.is_none_or(|line| *line.drawer.keeping().borrow()),
    })
}

/// Sends a request of the page's. Those of the session are refused: their answers carry tokens.
#[tauri::command]
async fn call(shell: Here<'_>, call: Call, key: Uuid, by: Option<StaffId>) -> Answer<Value> {
    let line = line(&shell).await?;
    let answer = line.client.call(&call, key, by).await;
    shell.page.note_who(&line.client);
    answer.map_err(Problem::from)
}

/// Passes a topic on until [`unwatch`] with the same number, or until the page is another.
#[tauri::command]
async fn watch(
    app: AppHandle,
    shell: Here<'_>,
    number: u32,
    topic: Topic,
    seen: Channel<Seen>,
) -> Answer<()> {
    let notifier = Notifier::of(&app, shell.app, &topic);
    line(&shell).await?.watch(number, topic, seen, notifier);
    Ok(())
}

#[tauri::command]
async fn unwatch(shell: Here<'_>, number: u32) -> Answer<()> {
    line(&shell).await?.unwatch(number);
    Ok(())
}

/// Makes sure of a session, a guest's if there is none.
#[tauri::command]
async fn guest(shell: Here<'_>) -> Answer<Signed> {
    let line = line(&shell).await?;
    let who = line.client.begin_guest().await;
    signed(&shell, &line, who)
}

/// Signs in by a single-use link's secret.
#[tauri::command]
async fn redeem(shell: Here<'_>, secret: String) -> Answer<Signed> {
    let line = line(&shell).await?;
    let who = line.client.redeem_link(&secret).await;
    signed(&shell, &line, who)
}

/// Signs in as a device that somebody let in; a problem of the server's while nobody has.
#[tauri::command]
async fn pair(shell: Here<'_>, device_code: String) -> Answer<Signed> {
    let line = line(&shell).await?;
    let who = line.client.claim_pairing(&device_code).await;
    signed(&shell, &line, who)
}

/// Asks for a one-time code, to sign in with at a shop.
#[tauri::command]
async fn ask_passcode(shell: Here<'_>, body: AskPasscodeBody) -> Answer<PasscodeAnswer> {
    let line = line(&shell).await?;
    let answer = line.client.ask_passcode(body).await;
    shell.page.note_who(&line.client);
    answer.map_err(Problem::from)
}

/// Signs in with a one-time code.
#[tauri::command]
async fn verify_passcode(shell: Here<'_>, body: VerifyPasscodeBody) -> Answer<Signed> {
    let line = line(&shell).await?;
    let who = line.client.verify_passcode(body).await;
    signed(&shell, &line, who)
}

/// Whose sessions this device holds.
#[tauri::command]
async fn hands(shell: Here<'_>) -> Answer<Vec<Hand>> {
    Ok(line(&shell).await?.client.hands())
}

/// Somebody is at this device from now on, by their PIN.
#[tauri::command]
async fn switch(shell: Here<'_>, staff: StaffId, pin: String) -> Answer<Signed> {
    let line = line(&shell).await?;
    let who = line.client.switch(staff, &pin).await;
    signed(&shell, &line, who)
}

/// Sets the PIN of who is at this device.
#[tauri::command]
async fn set_pin(shell: Here<'_>, body: PutPinBody) -> Answer<()> {
    let line = line(&shell).await?;
    let set = line.client.set_pin(body).await;
    shell.page.note_who(&line.client);
    set.map_err(Problem::from)
}

/// Signs out: when it returns, the keychain has forgotten the session, unless it does not answer.
#[tauri::command]
async fn sign_out(shell: Here<'_>) -> Answer<()> {
    let line = line(&shell).await?;
    // On this device it holds at once, whether or not the server could be told.
    let _ = line.client.end_session().await;
    line.drawer.settled().await;
    shell.page.note_who(&line.client);
    Ok(())
}

/// The window is seen again, or the network is back: look whether the line stands.
#[tauri::command]
async fn nudge(shell: Here<'_>) -> Answer<()> {
    line(&shell).await?.client.nudge();
    Ok(())
}

/// Goes where a link or a typed address leads.
#[tauri::command]
async fn go(app: AppHandle, shell: Here<'_>, text: String) -> Answer<Way> {
    links::go(&shell, &text, |server| goes_to(app.clone(), server)).await
}

/// Belongs to no server any more, if the person says so: then the page begins anew and asks for
/// one. Says whether it is so.
#[tauri::command]
async fn forget_server(app: AppHandle, shell: Here<'_>) -> Answer<bool> {
    if shell.server().is_some() && !leaves(app).await {
        return Ok(false);
    }
    let left = shell.move_to(None).await;
    left.map(|_| true).map_err(links::not_kept)
}

/// Keeps a text on this device, on disk when it returns; with none forgets it.
#[tauri::command]
async fn keep(shell: Here<'_>, key: String, value: Option<String>) -> Answer<()> {
    let line = line(&shell).await?;
    let keep = move || line.kept.keep(&key, value.as_deref());
    let kept = tokio::task::spawn_blocking(keep).await;
    kept.unwrap_or_else(|panic| Err(std::io::Error::other(panic)))
        .map_err(links::not_kept)
}

#[tauri::command]
async fn stay_awake(shell: Here<'_>, awake: bool) -> Answer<()> {
    if awake {
        shell.awake.stays(shell.app).await;
    } else {
        shell.awake.rests().await;
    }
    Ok(())
}

/// Puts a number on the app's icon, where the system shows one.
#[tauri::command]
async fn badge(app: AppHandle, count: u32) -> Answer<()> {
    let count = (count > 0).then_some(i64::from(count));
    // A phone's icon counts the notifications that it shows.
    #[cfg(mobile)]
    let _ = (app, count);
    #[cfg(desktop)]
    for window in app.webview_windows().values() {
        // A desktop without such numbers shows the one in the title.
        let _ = window.set_badge_count(count);
    }
    Ok(())
}

/// Opens a web page outside, in whatever this person uses for it.
#[tauri::command]
async fn open_link(app: AppHandle, link: String) -> Answer<()> {
    let web = link.starts_with("https://") || link.starts_with("http://");
    let no_link = || Problem::new(400, "no_address", "only web pages are opened");
    if !web {
        return Err(no_link());
    }
    let opened = app.opener().open_url(link, None::<&str>);
    opened.map_err(|error| {
        tracing::warn!(%error, "no web browser");
        no_link()
    })
}

/// The cameras that can be opened.
#[tauri::command]
async fn cameras() -> Answer<Vec<CameraDevice>> {
    Eye::devices().await
}

/// Opens a camera, and answers when it has a picture.
#[tauri::command]
async fn camera_start(eye: State<'_, Eye>, chosen: Option<String>) -> Answer<()> {
    eye.start(chosen).await
}

/// The next picture and what is found in it, as bytes: JSON would be four times as long.
#[tauri::command]
async fn camera_look(eye: State<'_, Eye>) -> Answer<tauri::ipc::Response> {
    eye.look().await.map(tauri::ipc::Response::new)
}

#[tauri::command]
async fn camera_stop(eye: State<'_, Eye>) -> Answer<()> {
    eye.stop().await;
    Ok(())
}

async fn line(shell: &Shell) -> Answer<Arc<Line>> {
    let nobody = || Problem::new(503, "offline", "this app belongs to no server yet");
    shell.line().await.ok_or_else(nobody)
}

#[expect(
    clippy::result_large_err,
    reason = "a command's answer, made once a sign-in"
)]
fn signed(shell: &Shell, line: &Line, who: Result<Who, Error>) -> Answer<Signed> {
    shell.page.note_who(&line.client);
    let name = line.client.name();
    who.map(|who| Signed { who, name }).map_err(Problem::from)
}
