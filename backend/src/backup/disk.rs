//! Files and folders that are on disk before anybody is told of them.

use super::Error;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// What a disk of its own has at its root, which is nobody's.
const LOST_AND_FOUND: &str = "lost+found";

/// Every name in a folder, in order.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let failed = |why| Error::file(folder, why);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Is there nothing in this folder? A file in its place is something.
pub(super) fn is_empty(folder: &Path) -> Result<bool, Error> {
    Ok(names(folder)?.iter().all(|name| name == LOST_AND_FOUND))
}

/// A folder for its owner only, which must not be there yet.
pub(super) fn make_private(folder: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|why| Error::file(folder, why))
}

/// Copies a file, for its owner only, and syncs the copy; false when there is none.
pub(super) fn copy_private(from: &Path, to: &Path) -> Result<bool, Error> {
    let mut source = match File::open(from) {
        Ok(source) => source,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(why) => return Err(Error::file(from, why)),
    };
    let failed = |why| Error::file(to, why);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut copy = options.open(to).map_err(failed)?;
    io::copy(&mut source, &mut copy).map_err(failed)?;
    copy.sync_all().map_err(failed)?;
    Ok(true)
}

/// Makes sure that the names in it are on disk.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Elsewhere a folder cannot be opened, and its names are safe without.
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|why| Error::file(folder, why))?;
    Ok(())
}

/// A file's SHA-256, in hexadecimal.
pub(super) fn digest(path: &Path) -> Result<String, Error> {
    let failed = |why| Error::file(path, why);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut chunk) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match io::Read::read(&mut file, &mut chunk).map_err(failed)? {
            0 => break,
            read => hash.update(&chunk[..read]),
        }
    }
    let digits = hash.finalize();
    Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
}
