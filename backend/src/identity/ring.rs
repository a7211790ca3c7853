//! The signing keys: the newest signs, and those before it are believed until no token that they
//! signed can be about any more.
//!
//! In the data folder `signing.key` is the newest; one before it is
//! `signing-NAME-until-TIME.key`, so that its name says when it may go.

use super::key::Key;
use super::seed::{self, Error};
use super::token::ACCESS_S;
use presso_core::time::Timestamp;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The newest key's file in the data folder.
pub const KEY_FILE: &str = "signing.key";
/// Between the name of an older key and the time until when it is believed.
const UNTIL: &str = "-until-";

/// The keys of one server.
pub struct Ring {
    newest: Key,
    older: Vec<(Key, Timestamp)>,
    /// How often it was changed at once: what an earlier one let in is out.
    epoch: u64,
}

impl Ring {
    /// One key alone.
    #[must_use]
    pub const fn of(newest: Key) -> Self {
        Self {
            newest,
            older: Vec::new(),
            epoch: 0,
        }
    }

    /// The keys in this folder; the newest is made with `fresh` as its seed when there is none.
    /// Those that are over go.
    ///
    /// # Errors
    /// [`Error`]: unreadable, not a key, or readable by others.
    pub fn open(folder: &Path, fresh: &[u8; 32], now: Timestamp) -> Result<Self, Error> {
        let mut older = Vec::new();
        for (path, until) in dated(folder)? {
            if now < until {
                older.push((Key::read(&path)?, until));
            } else {
                remove(&path)?;
            }
        }
        let newest = Key::open(&folder.join(KEY_FILE), fresh)?;
        Ok(Self {
            newest,
            older,
            epoch: 0,
        })
    }

    /// Makes a new key of this seed in the folder. The one that signed until now goes on being
    /// believed for as long as its tokens live; or, `at_once`, neither it nor any before it.
    ///
    /// # Errors
    /// [`Error`]: then the files may hold one key more, and what is believed has not changed.
    pub fn rotate(
        &self,
        folder: &Path,
        fresh: &[u8; 32],
        now: Timestamp,
        at_once: bool,
    ) -> Result<Self, Error> {
        let (current, until) = (folder.join(KEY_FILE), now.plus_ms(ACCESS_S * 1000));
        // Complete before it takes the other's place: there is a key at every instant.
        let next = folder.join("signing.key.next");
        remove(&next)?;
        seed::open(&next, fresh)?;
        let mut older = Vec::new();
        if at_once {
            for (path, _) in dated(folder)? {
                remove(&path)?;
            }
        } else {
            let name = format!("signing-{}{UNTIL}{}.key", self.newest.id(), until.0);
            let kept = folder.join(name);
            std::fs::hard_link(&current, &kept).map_err(|e| failed(&kept, e))?;
            for (path, until) in dated(folder)? {
                older.push((Key::read(&path)?, until));
            }
        }
        std::fs::rename(&next, &current).map_err(|e| failed(&current, e))?;
        let newest = Key::read(&current)?;
        Ok(Self {
            newest,
            older,
            epoch: self.epoch + u64::from(at_once),
        })
    }

    /// Signs.
    #[must_use]
    pub const fn newest(&self) -> &Key {
        &self.newest
    }
    /// How often keys were changed at once, since the start.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }
    /// Those that are believed, the newest first.
    pub fn believed(&self, now: Timestamp) -> impl Iterator<Item = &Key> {
        let older = self.older.iter().filter(move |(_, until)| now < *until);
        std::iter::once(&self.newest).chain(older.map(|(key, _)| key))
    }
    /// The public halves, as a JSON Web Key Set.
    #[must_use]
    pub fn jwks(&self, now: Timestamp) -> Value {
        let keys: Vec<Value> = self.believed(now).map(Key::jwk).collect();
        json!({ "keys": keys })
    }
}

/// The older keys' files, and until when each is believed.
fn dated(folder: &Path) -> Result<Vec<(PathBuf, Timestamp)>, Error> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| failed(folder, e))? {
        let path = entry.map_err(|e| failed(folder, e))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let until = name.and_then(|name| {
            let dated = name.strip_prefix("signing-")?.strip_suffix(".key")?;
            dated.rsplit_once(UNTIL)?.1.parse().ok()
        });
        if let Some(until) = until {
            found.push((path, Timestamp(until)));
        }
    }
    // The latest first, whatever order the folder has.
    found.sort_by_key(|(_, until)| std::cmp::Reverse(*until));
    Ok(found)
}

/// Removes a file; that it is not there is fine.
fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(failed(path, e)),
        _ => Ok(()),
    }
}

fn failed(path: &Path, source: std::io::Error) -> Error {
    let path = path.display().to_string();
    Error::File { path, source }
}

#[cfg(test)]
mod tests;
