//! A data folder's copy: made while the server goes on, verified before it bears its name, and put
//! back where no shop is.
//!
//! A backup is a folder with the database, the keys, the settings' file if there was one, and
//! `backup.json`, which says when it was made and what each file's digest is.

mod disk;
mod manifest;
mod put_back;
#[cfg(test)]
mod tests;

pub use manifest::{MANIFEST_FILE, Manifest};
pub use put_back::{Restored, inspect, restore};

use crate::app::DATABASE_FILE;
use crate::journal::{self, copy};
use crate::verify::{Folder, Report};
use presso_core::time::Timestamp;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The settings' file in a backup.
pub const SETTINGS_FILE: &str = "presso.toml";
/// What every key's file ends with.
const KEY: &str = ".key";

/// Why there is no backup, or none was put back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder cannot be read or written.
    #[error("{}: {why}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// The database cannot be copied, or not be read.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// Something is there already, and nothing is written over.
    #[error("{} is not empty; name a folder that is not there yet", .0.display())]
    NotEmpty(PathBuf),
    /// No backup is there.
    #[error("{} is no backup: it has no backup.json", .0.display())]
    NoBackup(PathBuf),
    /// A newer Presso made it.
    #[error("the backup has format {found}, this program knows up to {known}: use a newer one")]
    TooNew {
        /// The backup's.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// A file is not as it was when the backup was made.
    #[error("{file} of the backup {why}; take another backup")]
    Changed {
        /// Which.
        file: String,
        /// How so.
        why: String,
    },
    /// What lies beside the journal says otherwise than it, or SQLite finds the file damaged.
    #[error("the backup does not hold together, take another one:\n{0}")]
    Differs(String),
}

impl Error {
    fn file(path: &Path, why: io::Error) -> Self {
        let path = path.to_owned();
        Self::File { path, why }
    }
}

/// What is in a backup.
#[derive(Debug)]
pub struct Contents {
    /// When, by what, which files.
    pub manifest: Manifest,
    /// Each shop, replayed.
    pub shops: Vec<Report>,
    /// What SQLite finds wrong, and what lies beside the journal and says otherwise: one sentence
    /// each; empty when all is well.
    pub wrong: Vec<String>,
}

/// Copies the folder, whose server may be running, and the file of settings, where there is one, to
/// where nothing is yet. What was answered before this began is in it. It bears its name only once
/// all of it is on disk.
///
/// Whatever is wrong with the folder itself is copied and told ([`Contents::wrong`]): half a shop is
/// worth keeping.
///
/// # Errors
/// [`Error`]; then nothing is left of it.
pub fn make(folder: &Path, settings: &Path, to: &Path, now: Timestamp) -> Result<Contents, Error> {
    if to.exists() && !disk::is_empty(to)? {
        return Err(Error::NotEmpty(to.to_owned()));
    }
    let unfinished = beside(to)?;
    let made = disk::make_private(&unfinished)
        .and_then(|()| fill(folder, settings, &unfinished, now))
        .and_then(|contents| {
            fs::rename(&unfinished, to).map_err(|why| Error::file(to, why))?;
            disk::sync_folder(unfinished.parent().unwrap_or(Path::new("/")))?;
            Ok(contents)
        });
    if made.is_err() {
        // What is wrong is told already.
        let _ = fs::remove_dir_all(&unfinished);
    }
    made
}

/// On the same disk, so that it can be renamed; of a name that no other run takes.
fn beside(to: &Path) -> Result<PathBuf, Error> {
    let to = std::path::absolute(to).map_err(|why| Error::file(to, why))?;
    let mut name = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".unfinished-{}", std::process::id()));
    Ok(to.with_file_name(name))
}

fn fill(folder: &Path, settings: &Path, to: &Path, now: Timestamp) -> Result<Contents, Error> {
    copy(folder, &to.join(DATABASE_FILE))?;
    let mut files = vec![DATABASE_FILE.to_owned()];
    for name in disk::names(folder)? {
        if name.ends_with(KEY) && disk::copy_private(&folder.join(&name), &to.join(&name))? {
            files.push(name);
        }
    }
    if disk::copy_private(settings, &to.join(SETTINGS_FILE))? {
        files.push(SETTINGS_FILE.to_owned());
    }
    let manifest = Manifest::of(to, &files, now)?;
    manifest.write(to)?;
    disk::sync_folder(to)?;
    let (shops, wrong) = replay(to)?;
    Ok(Contents {
        manifest,
        shops,
        wrong,
    })
}

/// What `presso verify` would say of it.
fn replay(folder: &Path) -> Result<(Vec<Report>, Vec<String>), Error> {
    let folder = Folder::open(folder)?;
    let mut wrong = folder.damages()?;
    let mut shops = Vec::new();
    for shop in folder.shops()? {
        let report = folder.verify(&shop)?;
        wrong.extend(report.differences.iter().map(ToString::to_string));
        shops.push(report);
    }
    Ok((shops, wrong))
}
