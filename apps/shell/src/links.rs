//! Links that the system opens with this app, at its start or later: in its arguments, through a
//! second start of the app, or as an event of the system (macOS, Android, iOS).

use crate::address::Address;
use crate::probe::probe;
use crate::shell::Shell;
use presso_core::api::Problem;
use presso_core::client::seam::{News, Way};
use tauri::{AppHandle, Builder, Manager, Wry};
use tauri_plugin_deep_link::DeepLinkExt;

/// A second start of the app hands its link to the first, and ends.
#[cfg(desktop)]
pub(crate) fn alone(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
        crate::window::show(app);
        if let Some(link) = link(words.into_iter().skip(1)) {
            open(app, link);
        }
    }))
}
/// The system itself sees to it.
#[cfg(mobile)]
pub(crate) fn alone(builder: Builder<Wry>) -> Builder<Wry> {
    builder
}

/// Takes the link that the app was started with, before its page begins, and those to come.
pub(crate) fn listen(app: &AppHandle) {
    if let Some(link) = link(std::env::args().skip(1)) {
        take_at_start(app, &link);
    }
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            crate::window::show(&handle);
            open(&handle, url.to_string());
        }
    });
    // Bundles tell the system which links are theirs; an app that was never installed does not.
    #[cfg(any(windows, target_os = "linux"))]
    if let Err(error) = app.deep_link().register_all() {
        tracing::debug!(%error, "links will not be opened with this app");
    }
}

/// The first argument that is a whole address: an option's value may look like the short form.
fn link(mut words: impl Iterator<Item = String>) -> Option<String> {
    words.find(|word| word.contains("://") && Address::parse(word).is_some())
}

/// Nobody waits for an answer yet, and there may be no network: the page will find out.
fn take_at_start(app: &AppHandle, link: &str) {
    let Some(address) = Address::parse(link) else {
        return;
    };
    let shell = app.state::<Shell>();
    let moved = tauri::async_runtime::block_on(shell.move_to(Some(&address.server)));
    if let Err(error) = moved {
        tracing::error!(%error, "the server cannot be remembered");
        return;
    }
    *shell.arrival() = address.place;
}

fn open(app: &AppHandle, link: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let news = match go(&shell, &link).await {
            Ok(way) => News::Go(way),
            Err(problem) => News::LostWay(problem),
        };
        let arrival = match &news {
            News::Go(way) => way.place.clone(),
            _ => None,
        };
        if !shell.page.tell(news) {
            // No page has begun: the one that will goes there.
            *shell.arrival() = arrival;
        }
    });
}

/// Goes where a link or a typed address leads. Another server is asked first who it is.
///
/// # Errors
/// `no_address`, or what [`probe`] says; `not_kept` when it cannot be remembered.
pub(crate) async fn go(shell: &Shell, text: &str) -> Result<Way, Problem> {
    let no_address = || Problem::new(400, "no_address", "this is no address of a server");
    let Address { server, place } = Address::parse(text).ok_or_else(no_address)?;
    if shell.server().as_ref() != Some(&server) {
        probe(&server).await?;
    }
    let anew = shell.move_to(Some(&server)).await.map_err(not_kept)?;
    if anew {
        shell.arrival().clone_from(&place);
    }
    Ok(Way { place, anew })
}

/// This device would not keep something.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn not_kept(error: std::io::Error) -> Problem {
    tracing::error!(%error, "cannot keep something on this device");
    Problem::new(507, "not_kept", "this device keeps nothing more")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_their_values_are_no_links_and_the_first_address_is_taken() {
        let words = ["--monitor", "2", "presso://coffee.example/display#k=A"].map(String::from);
        let found = link(words.into_iter());
        assert_eq!(
            found.as_deref(),
            Some("presso://coffee.example/display#k=A")
        );
        assert_eq!(link(["--windowed".to_owned()].into_iter()), None);
    }
}
