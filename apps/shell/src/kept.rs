//! Small things on disk: texts by key, in one file that is replaced as a whole, so that a crash
//! leaves the old one or the new one.

use crate::shell::held;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// All texts together, bytes: an outbox and a few names are far below it.
const MOST: usize = 1 << 20;

/// Texts by key.
pub(crate) struct Kept {
    path: PathBuf,
    texts: Mutex<BTreeMap<String, String>>,
}

impl Kept {
    /// What the file holds. One that cannot be understood is put aside: an app that does not
    /// start because of it helps nobody.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let texts = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).or_else(|error| {
                tracing::warn!(%error, file = %path.display(), "cannot be read, put aside");
                fs::rename(path, path.with_extension("unreadable")).map(|()| BTreeMap::new())
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            path: path.to_owned(),
            texts: Mutex::new(texts),
        })
    }

    /// What is kept under a key.
    pub(crate) fn recall(&self, key: &str) -> Option<String> {
        held(&self.texts).get(key).cloned()
    }

    /// Everything that is kept.
    pub(crate) fn all(&self) -> BTreeMap<String, String> {
        held(&self.texts).clone()
    }

    /// Keeps a text, or with none forgets it; is on disk when this returns. On an error nothing
    /// has changed, as far as this device can tell.
    pub(crate) fn keep(&self, key: &str, text: Option<&str>) -> std::io::Result<()> {
        let mut texts = held(&self.texts);
        let mut next = texts.clone();
        match text {
            Some(text) => next.insert(key.to_owned(), text.to_owned()),
            None => next.remove(key),
        };
        let bytes = serde_json::to_vec(&next)?;
        if bytes.len() > MOST {
            return Err(Error::new(ErrorKind::FileTooLarge, "too much to keep"));
        }
        replace(&self.path, &bytes)?;
        *texts = next;
        Ok(())
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let next = path.with_extension("next");
    let mut file = private(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&next, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        // Else the new name may be forgotten with the power, and with it what was just kept.
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A file that nobody else on this machine reads: there are names in it.
fn private(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_after_a_restart_and_what_is_forgotten_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.json");
        let kept = Kept::open(&path).unwrap();
        kept.keep("outbox", Some("[1]")).unwrap();
        kept.keep("name", Some("Ada")).unwrap();
        kept.keep("name", None).unwrap();
        let again = Kept::open(&path).unwrap();
        assert_eq!(again.recall("outbox").as_deref(), Some("[1]"));
        assert_eq!(again.recall("name"), None);
    }

    #[test]
    fn a_file_of_rubbish_is_put_aside_and_the_app_starts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.json");
        fs::write(&path, "{\"half").unwrap();
        let kept = Kept::open(&path).unwrap();
        assert_eq!(kept.recall("half"), None);
        assert!(path.with_extension("unreadable").exists());
    }

    #[test]
    fn too_much_is_refused_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::open(&folder.path().join("kept.json")).unwrap();
        kept.keep("outbox", Some("[1]")).unwrap();
        assert!(kept.keep("outbox", Some(&"x".repeat(MOST))).is_err());
        assert_eq!(kept.recall("outbox").as_deref(), Some("[1]"));
    }
}
