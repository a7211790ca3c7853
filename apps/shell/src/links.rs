//! Links that the system opens with this app, at its start or later: in its arguments, through a
//! second start of the app, or as an event of the system (macOS, Android, iOS).

use crate::address::Address;
use crate::consent::goes_to;
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
    // What an installer tells the system, it takes back when the app is removed.
    #[cfg(any(windows, target_os = "linux"))]
    if !is_installed()
        && let Err(error) = app.deep_link().register_all()
    {
        tracing::debug!(%error, "links will not be opened with this app");
    }
}

/// By an installer, which has told the system which links are this app's?
#[cfg(any(windows, target_os = "linux"))]
fn is_installed() -> bool {
    use tauri::utils::{config::BundleType, platform::bundle_type};
    bundle_type().is_some_and(|kind| kind != BundleType::AppImage)
}

/// The first argument that is a whole address: an option's value may look like the short form.
fn link(mut words: impl Iterator<Item = String>) -> Option<String> {
    words.find(|word| word.contains("://") && Address::parse(word).is_some())
}

/// An app that belongs to no server yet has nothing to lose, and there may be no network: the page
/// will find out. One that does stays with its own until the other was asked, and then a person.
fn take_at_start(app: &AppHandle, link: &str) {
    let Some(address) = Address::parse(link) else {
        return;
    };
    let shell = app.state::<Shell>();
    if shell
        .server()
        .is_some_and(|server| server != address.server)
    {
        return open(app, link.to_owned());
    }
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
        let news = match go(&shell, &link, |server| goes_to(app.clone(), server)).await {
            Ok(way) => News::Go(way),
            Err(problem) => News::LostWay(problem),
        };
        let arrival = match &news {
            News::Go(way) => way.place.clone(),
            _ => None,
        };
        if !shell.page.tell(news) {
            // No page has begun: the one that will goes there.
            if arrival.is_some() {
                *shell.arrival() = arrival;
            }
        }
    });
}

/// Goes where a link or a typed address leads. Before a server is left for another, whoever `agrees`
/// is asked, and only then the other who it is: nobody makes this app call on a server by a link
/// alone. A refusal leads nowhere, and everything stays as it was.
///
/// # Errors
/// `no_address`, or what [`probe`] says; `not_kept` when it cannot be remembered.
pub(crate) async fn go<A: Future<Output = bool>>(
    shell: &Shell,
    text: &str,
    agrees: impl FnOnce(String) -> A,
) -> Result<Way, Problem> {
    let no_address = || Problem::new(400, "no_address", "this is no address of a server");
    let Address { server, place } = Address::parse(text).ok_or_else(no_address)?;
    let own = shell.server();
    if own.as_ref() != Some(&server) {
        if own.is_some() && !agrees(server.clone()).await {
            return Ok(Way {
                place: None,
                anew: false,
            });
        }
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
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

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

    /// Answers as Presso does when it is asked for its shops.
    async fn presso() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut caller, _)) = listener.accept().await {
                let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\
                              Content-Length: 12\r\nConnection: close\r\n\r\n{\"shops\":[]}";
                // Whoever hangs up before has no use for it.
                let _ = caller.read(&mut [0; 1024]).await;
                let _ = caller.write_all(answer.as_bytes()).await;
            }
        });
        format!("http://{address}")
    }

    #[tokio::test]
    async fn the_first_server_is_gone_to_and_a_link_to_another_only_after_a_yes() {
        let folder = tempfile::tempdir().unwrap();
        let shell = Shell::open("customer", folder.path().to_owned()).unwrap();
        let (own, other) = (presso().await, presso().await);
        let unasked = async |_| unreachable!("there is nothing to leave");
        let way = go(&shell, &own, unasked).await.unwrap();
        assert!(way.anew);

        let link = format!("{other}/s/demo#c=AB");
        let refused = go(&shell, &link, async |_| false).await.unwrap();
        assert_eq!((refused.place, refused.anew), (None, false));
        assert_eq!(shell.server(), Some(own.clone()));
        assert_eq!(*shell.arrival(), None, "no secret is taken along");
        let within = go(&shell, &format!("{own}/s/demo"), unasked).await.unwrap();
        assert_eq!(within.place.as_deref(), Some("/s/demo"));

        let asked = async |server| server == other;
        let way = go(&shell, &link, asked).await.unwrap();
        assert!(way.anew);
        assert_eq!(shell.server(), Some(other.clone()));
    }

    #[tokio::test]
    async fn a_server_that_does_not_answer_is_never_gone_to_nor_called_on_after_a_no() {
        let folder = tempfile::tempdir().unwrap();
        let shell = Shell::open("customer", folder.path().to_owned()).unwrap();
        let own = presso().await;
        go(&shell, &own, async |_| true).await.unwrap();
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let nobody = free.local_addr().unwrap().to_string();
        drop(free);
        let refused = go(&shell, &nobody, async |_| false).await.unwrap();
        assert_eq!((refused.place, refused.anew), (None, false));
        let problem = go(&shell, &nobody, async |_| true).await.unwrap_err();
        assert_eq!(problem.code, "server_unreachable");
        assert_eq!(shell.server(), Some(own));
    }
}
