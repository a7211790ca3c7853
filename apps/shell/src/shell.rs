//! What lives as long as the app: its server, its page, what it keeps.

use crate::awake::Awake;
use crate::kept::Kept;
use crate::line::Line;
use crate::page::Page;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The server, as `https://coffee.example`.
const SERVER: &str = "server";
/// Where the page stood last: a path, without what a link's fragment carried.
const PLACE: &str = "place";

/// How long the end of the app waits for what is still under way.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// The state of one app.
pub(crate) struct Shell {
    /// `customer`, `barista` or `display`.
    pub(crate) app: &'static str,
    /// The page, once it has begun.
    pub(crate) page: Page,
    /// Keeps the screen on while wanted.
    pub(crate) awake: Awake,
    folder: PathBuf,
    settings: Kept,
    line: tokio::sync::Mutex<Option<Arc<Line>>>,
    /// Where a link led that no page has followed yet. Its fragment is a secret: never on disk.
    arrival: Mutex<Option<String>>,
}

impl Shell {
    /// The app's state, with what it knew when it ended.
    pub(crate) fn open(app: &'static str, folder: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            app,
            page: Page::default(),
            awake: Awake::default(),
            settings: Kept::open(&folder.join("settings.json"))?,
            folder,
            line: tokio::sync::Mutex::default(),
            arrival: Mutex::default(),
        })
    }

    /// The server that this app belongs to; none before somebody named one.
    pub(crate) fn server(&self) -> Option<String> {
        self.settings.recall(SERVER)
    }

    /// The line to that server, opened by the first who asks.
    pub(crate) async fn line(&self) -> Option<Arc<Line>> {
        let mut line = self.line.lock().await;
        if line.is_none() {
            let server = self.server()?;
            let opened = Line::open(self.app, &server, &self.folder).await;
            *line = opened
                .inspect_err(|error| tracing::error!(%error, "the data folder cannot be read"))
                .ok();
        }
        line.clone()
    }

    /// The same for a page that begins: nothing is watched yet, and a client that has given the
    /// server up, being of another protocol, is replaced by one that tries again.
    pub(crate) async fn fresh_line(&self) -> Option<Arc<Line>> {
        let mut line = self.line.lock().await;
        if let Some(before) = line.as_ref() {
            before.hang_up();
            if before.has_given_up() {
                *line = None;
            }
        }
        drop(line);
        self.line().await
    }

    /// The app ends: a session that was just renewed is on its way to the keychain, and the one
    /// before is good for seconds only.
    pub(crate) async fn settles(&self) {
        let settles = async {
            let line = self.line.lock().await.clone();
            if let Some(line) = line {
                line.drawer.settled().await;
            }
        };
        // Neither a keychain that waits for a person nor whoever waits for that one must keep the
        // app from ending: each next start would be handed to one that has no window.
        let _ = tokio::time::timeout(LAST_WORDS, settles).await;
    }

    /// Another server from now on, or none; says whether that is a change.
    pub(crate) async fn move_to(&self, server: Option<&str>) -> std::io::Result<bool> {
        if self.server().as_deref() == server {
            return Ok(false);
        }
        let mut line = self.line.lock().await;
        self.settings.keep(SERVER, server)?;
        self.settings.keep(PLACE, None)?;
        if let Some(left) = line.take() {
            left.hang_up();
        }
        Ok(true)
    }

    /// Where a page that began at `path` is to go: where a link led, or, in a fresh window, where
    /// it stood last. None: it stays. The path is remembered, as far as it can be: an app on a full
    /// disk is to begin all the same.
    pub(crate) fn place_of(&self, path: &str) -> Option<String> {
        let fresh = path == "/";
        let last = || self.settings.recall(PLACE).filter(|_| fresh);
        let goes_to = self.arrival().take().or_else(last);
        let place = goes_to.as_deref().unwrap_or(path);
        let path = place.split('#').next().unwrap_or(place);
        if path != "/" && self.settings.recall(PLACE).as_deref() != Some(path) {
            let kept = self.settings.keep(PLACE, Some(path));
            if let Err(error) = kept {
                tracing::warn!(%error, "where the page stands will not be remembered");
            }
        }
        goes_to
    }

    /// Where the next page that begins is to go.
    pub(crate) fn arrival(&self) -> MutexGuard<'_, Option<String>> {
        held(&self.arrival)
    }
}

/// Locks, also after a panic elsewhere: what is behind these locks is whole at every step.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A server's name as a file's.
pub(crate) fn file_name(folder: &Path, server: &str) -> PathBuf {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || ".-".contains(c) {
            c
        } else {
            '_'
        }
    };
    folder.join(format!(
        "{}.json",
        server.chars().map(plain).collect::<String>()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_where_a_link_led_also_when_nothing_can_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let shell = Shell::open("customer", data.clone()).unwrap();
        // As a full disk: no file can be written there.
        std::fs::remove_dir(&data).unwrap();
        *shell.arrival() = Some("/s/demo#c=AB".into());
        assert_eq!(shell.place_of("/").as_deref(), Some("/s/demo#c=AB"));
        assert!(!data.exists(), "nothing could be kept");
    }
}
