//! The way back, into a folder that is empty or not there.

use super::{Contents, Error, Manifest, SETTINGS_FILE, disk, replay};
use crate::app::DATABASE_FILE;
use crate::journal::{LOCK, lock};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What stands in the database's place until the database does: a server that is started meanwhile,
/// or after a restore that was cut off, must not begin an empty shop there.
pub(super) const UNDER_WAY: &str = "A backup is being put back here, or that was cut off: empty this folder, \
                         and run `presso restore` again.\n";

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    /// What it has.
    pub contents: Contents,
    /// The settings' file of the backup, if it has one: it is not put anywhere.
    pub settings: Option<PathBuf>,
}

/// Reads a backup and checks all of it.
///
/// # Errors
/// [`Error`]: it is none, not as it was when it was made, or does not hold together.
pub fn inspect(from: &Path) -> Result<Contents, Error> {
    let manifest = Manifest::read(from)?;
    manifest.check(from)?;
    let (shops, wrong) = replay(from)?;
    if !wrong.is_empty() {
        return Err(Error::Differs(wrong.join("\n")));
    }
    Ok(Contents {
        manifest,
        shops,
        wrong,
    })
}

/// Puts a backup back, once it is checked.
///
/// # Errors
/// [`Error`]; the folder is in use or not empty, or the backup is not good: then nothing was
/// written. When the disk fails meanwhile, the folder holds nothing that a server would start with.
pub fn restore(from: &Path, folder: &Path) -> Result<Restored, Error> {
    if folder.join(LOCK).is_file() {
        drop(lock(folder)?);
    }
    if folder.exists() && !disk::is_empty(folder)? {
        return Err(Error::NotEmpty(folder.to_owned()));
    }
    let contents = inspect(from)?;
    fs::create_dir_all(folder).map_err(|why| Error::file(folder, why))?;
    let _held = lock(folder)?;
    let database = folder.join(DATABASE_FILE);
    // On disk before anything else is: an empty file would be a new shop's to a server.
    let placeholder = || {
        let mut file = fs::File::create(&database)?;
        file.write_all(UNDER_WAY.as_ref())?;
        file.sync_all()
    };
    placeholder().map_err(|why| Error::file(&database, why))?;
    disk::sync_folder(folder)?;
    let coming = folder.join("presso.db.coming");
    for file in contents.manifest.files.keys() {
        let to = match file.as_str() {
            DATABASE_FILE => coming.clone(),
            SETTINGS_FILE => continue,
            key => folder.join(key),
        };
        disk::copy_private(&from.join(file), &to)?;
        if disk::digest(&to)? != contents.manifest.files[file] {
            return Err(Error::Changed {
                file: file.clone(),
                why: "did not arrive as it left".into(),
            });
        }
    }
    disk::sync_folder(folder)?;
    fs::rename(&coming, &database).map_err(|why| Error::file(&database, why))?;
    disk::sync_folder(folder)?;
    let has_settings = contents.manifest.files.contains_key(SETTINGS_FILE);
    Ok(Restored {
        settings: has_settings.then(|| from.join(SETTINGS_FILE)),
        contents,
    })
}
