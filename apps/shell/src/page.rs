//! The page: the way to tell it something while it lives.

use crate::line::Line;
use crate::shell::held;
use presso_core::api::Who;
use presso_core::client::Client;
use presso_core::client::seam::News;
use std::sync::{Arc, Mutex};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// The page that is shown now; none before one has begun.
#[derive(Default)]
pub(crate) struct Page {
    now: Mutex<Option<Shown>>,
}

struct Shown {
    news: Channel<News>,
    who: Option<(Option<Who>, Option<String>)>,
    follows: Option<JoinHandle<()>>,
}

impl Page {
    /// Another page is shown from now on, and hears how the line stands.
    pub(crate) fn begins(&self, news: Channel<News>, line: Option<&Arc<Line>>) {
        let follows = line.map(|line| follow(line.clone(), news.clone()));
        let who = line.map(|line| identity(&line.client));
        let shown = Shown { news, who, follows };
        let before = held(&self.now).replace(shown);
        if let Some(task) = before.and_then(|before| before.follows) {
            task.abort();
        }
    }

    /// Tells it; false when there is none to be told.
    pub(crate) fn tell(&self, news: News) -> bool {
        let now = held(&self.now);
        now.as_ref()
            .is_some_and(|page| page.news.send(news).is_ok())
    }

    /// Tells it when somebody signed in or out since it was last told.
    pub(crate) fn note_who(&self, client: &Client) {
        let mut now = held(&self.now);
        let Some(page) = now.as_mut() else { return };
        let is = identity(client);
        if page.who.as_ref() != Some(&is) {
            page.who = Some(is.clone());
            let (who, name) = is;
            // A window that is gone need not know.
            let _ = page.news.send(News::Who { who, name });
        }
    }
}

fn identity(client: &Client) -> (Option<Who>, Option<String>) {
    (client.who(), client.name())
}

/// Tells the page how fresh everything is, and whether the session is kept, when that changes.
fn follow(line: Arc<Line>, news: Channel<News>) -> JoinHandle<()> {
    tauri::async_runtime::spawn(async move {
        let mut statuses = line.client.status();
        let mut keeping = line.drawer.keeping();
        let now = || line.client.server_now();
        let mut message = News::Status {
            status: statuses.now(),
            now: now(),
        };
        while news.send(message).is_ok() {
            message = tokio::select! {
                status = statuses.next() => match status {
                    Some(status) => News::Status { status, now: now() },
                    None => return,
                },
                changed = keeping.changed() => match changed {
                    Ok(()) => News::SessionIsKept { kept: *keeping.borrow_and_update() },
                    Err(_) => return,
                },
            };
        }
    })
}
