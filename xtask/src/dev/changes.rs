//! Has a source changed? Asked by looking at times: a few hundred files, the same on every system.

use crate::{place, stop};
use anyhow::Result;
use std::{fs, path::PathBuf, time::Duration, time::SystemTime};

/// What the product is built from.
const WATCHED: &[&str] = &["core", "backend", "apps", "Cargo.toml", "Cargo.lock"];

/// The sources as they were when last looked at.
pub(super) struct Sources {
    seen: State,
}

/// The youngest file's time, and how many there are: a file that goes away is a change too.
type State = (Option<SystemTime>, usize);

impl Sources {
    /// As they are now.
    pub(super) fn now() -> Result<Self> {
        Ok(Self { seen: look()? })
    }

    /// Have they changed since the last look?
    pub(super) fn changed(&mut self) -> Result<bool> {
        let now = look()?;
        Ok(std::mem::replace(&mut self.seen, now) != now)
    }

    /// Waits until they change; false when somebody pressed Ctrl-C instead.
    pub(super) fn wait_for_change(&mut self, look: Duration) -> Result<bool> {
        let before = self.seen;
        while !stop::asked() {
            if self.changed()? {
                // Whoever asks next has not heard of it yet.
                self.seen = before;
                return Ok(true);
            }
            std::thread::sleep(look);
        }
        Ok(false)
    }
}

fn look() -> Result<State> {
    let mut todo: Vec<PathBuf> = WATCHED
        .iter()
        .map(|name| place::root().join(name))
        .collect();
    let mut state: State = (None, 0);
    while let Some(path) = todo.pop() {
        // An editor may replace a file just now: then it is there at the next look.
        let Ok(facts) = fs::metadata(&path) else {
            continue;
        };
        if facts.is_dir() {
            if let Ok(entries) = fs::read_dir(&path) {
                todo.extend(entries.flatten().map(|entry| entry.path()));
            }
        } else {
            state = (state.0.max(facts.modified().ok()), state.1 + 1);
        }
    }
    Ok(state)
}
