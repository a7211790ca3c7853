//! `backup.json`: when a backup was made, by what, and what its files are.

use super::{Error, disk};
use presso_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Its name in the backup.
pub const MANIFEST_FILE: &str = "backup.json";
/// How it is written; a newer one is refused.
const FORMAT: u32 = 1;

/// What stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// When it was begun, unix milliseconds: what was answered before is in it.
    pub made_at: Timestamp,
    /// The version of the program that made it.
    pub presso: String,
    /// Each file, and its SHA-256 in hexadecimal.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Of these files of a folder.
    pub(super) fn of(folder: &Path, files: &[String], now: Timestamp) -> Result<Self, Error> {
        let digested = files.iter().map(|name| {
            let digest = disk::digest(&folder.join(name))?;
            Ok((name.clone(), digest))
        });
        Ok(Self {
            format: FORMAT,
            made_at: now,
            presso: env!("CARGO_PKG_VERSION").to_owned(),
            files: digested.collect::<Result<_, Error>>()?,
        })
    }

    /// Into a backup's folder, and onto the disk.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(MANIFEST_FILE);
        let text = serde_json::to_vec_pretty(self).expect("text keys and numbers cannot fail");
        File::create(&path)
            .and_then(|mut file| {
                file.write_all(&text)?;
                file.sync_all()
            })
            .map_err(|why| Error::file(&path, why))
    }

    /// Of a backup.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(MANIFEST_FILE);
        let text = std::fs::read(&path).map_err(|why| match why.kind() {
            ErrorKind::NotFound => Error::NoBackup(folder.to_owned()),
            _ => Error::file(&path, why),
        })?;
        let changed = |why: serde_json::Error| Error::Changed {
            file: MANIFEST_FILE.into(),
            why: format!("cannot be read: {why}"),
        };
        // Whatever else a newer format says, it says this.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let Format { format: found } = serde_json::from_slice(&text).map_err(changed)?;
        if found > FORMAT {
            let known = FORMAT;
            return Err(Error::TooNew { found, known });
        }
        serde_json::from_slice(&text).map_err(changed)
    }

    /// Are the folder's files those that it names?
    pub(super) fn check(&self, folder: &Path) -> Result<(), Error> {
        for (file, digest) in &self.files {
            let changed = |why: &str| Error::Changed {
                file: file.clone(),
                why: why.to_owned(),
            };
            // A manifest that somebody made up leads nowhere else.
            if file.contains(['/', '\\']) {
                return Err(changed("is no file of it"));
            }
            let path = folder.join(file);
            if !path.is_file() {
                return Err(changed("is missing"));
            }
            if disk::digest(&path)? != *digest {
                return Err(changed("is not as it was when the backup was made"));
            }
        }
        Ok(())
    }
}
