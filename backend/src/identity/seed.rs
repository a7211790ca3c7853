//! The seed of a key: 32 random bytes in a file that only the server's user can read.

use super::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::io::Write;
use std::path::Path;

/// What the file begins with.
const HEAD: &str = "presso-key-1 ";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read or written.
    #[error("the key {path} cannot be read or made: {source}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a key.
    #[error("{0} is not a key of Presso")]
    Malformed(String),
    /// Others can read it.
    #[error(
        "{0} can be read by others; make it yours alone (chmod 600) or delete it, and another is made"
    )]
    Exposed(String),
}

/// The seed in this file, which is made with `fresh` when there is none.
///
/// # Errors
/// [`Error`]: unreadable, not a seed, or readable by others.
pub fn open(path: &Path, fresh: &[u8; 32]) -> Result<[u8; 32], Error> {
    let failed = |source| Error::File {
        path: path.display().to_string(),
        source,
    };
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let text = format!("{HEAD}{}\n", URL_SAFE_NO_PAD.encode(fresh));
            file.write_all(text.as_bytes())
                .and_then(|()| file.sync_all())
                .map_err(failed)?;
            Ok(*fresh)
        }
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => read(path),
        Err(e) => Err(failed(e)),
    }
}

/// The seed in this file.
///
/// # Errors
/// As [`open`], and when there is no file.
pub(super) fn read(path: &Path) -> Result<[u8; 32], Error> {
    let shown = || path.display().to_string();
    let failed = |source| Error::File {
        path: shown(),
        source,
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let facts = std::fs::metadata(path).map_err(failed)?;
        if facts.permissions().mode() & 0o077 != 0 {
            return Err(Error::Exposed(shown()));
        }
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let seed = text
        .strip_prefix(HEAD)
        .and_then(|text| Secret::parse(text.trim_end()));
    seed.map(|seed| seed.0)
        .ok_or_else(|| Error::Malformed(shown()))
}
