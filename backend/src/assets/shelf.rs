//! Where a file is found: embedded, or read from a folder while one develops, or left by an
//! earlier build.

use super::file::{Encoding, File, hex, is_plain, kind};
use super::{Embedded, Page};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// How many builds are kept beside the one that is embedded.
const EARLIER_BUILDS: usize = 2;

/// The service worker's name in a bundle.
const WORKER: &str = "worker.js";

/// The pages and their parts.
pub struct Assets {
    /// Asset names and where in the bundles they are.
    names: BTreeMap<String, String>,
    build: String,
    /// `target/ui`, read anew at each request: for `cargo xtask dev`.
    live: Option<PathBuf>,
    /// `data/assets`: a folder a build.
    earlier: Option<PathBuf>,
}

impl Assets {
    /// The embedded pages; with `live`, those of that folder as they are at each moment.
    #[must_use]
    pub fn new(live: Option<PathBuf>) -> Self {
        let mut digest = Sha256::new();
        let mut names = BTreeMap::new();
        let mut paths: Vec<_> = Embedded::iter().collect();
        paths.sort();
        for path in &paths {
            digest.update(path.as_bytes());
            if let Some(file) = Embedded::get(path) {
                digest.update(file.metadata.sha256_hash());
            }
            if let Some((_, name)) = path.split_once("/assets/") {
                names.insert(name.to_owned(), path.to_string());
            }
        }
        Self {
            names,
            build: hex(&digest.finalize()[..8]),
            live,
            earlier: None,
        }
    }

    /// Also keeps the embedded files in this folder, for the builds to come, and serves what
    /// earlier builds left there.
    ///
    /// # Errors
    /// Why the folder cannot be written.
    pub fn keep_in(mut self, folder: &Path) -> io::Result<Self> {
        let own = folder.join(&self.build);
        if !self.names.is_empty() && !own.is_dir() {
            let next = folder.join(format!(".{}.next", self.build));
            // Is there only when an earlier start was cut short.
            let _ = std::fs::remove_dir_all(&next);
            std::fs::create_dir_all(&next)?;
            for (name, path) in &self.names {
                if let Some(file) = Embedded::get(path) {
                    std::fs::write(next.join(name), file.data)?;
                }
            }
            std::fs::rename(&next, &own)?;
        }
        if folder.is_dir() {
            forget_old(folder, &self.build)?;
        }
        self.earlier = Some(folder.to_owned());
        Ok(self)
    }

    /// Which build the pages are of: changes with any of their bytes.
    #[must_use]
    pub fn build(&self) -> &str {
        &self.build
    }

    /// A page; none when it was not built.
    #[must_use]
    pub fn page(&self, page: Page, brotli: bool) -> Option<File> {
        let path = format!("{}/index.html", page.folder());
        self.read(&path, brotli)
    }

    /// The customer page's service worker, which has one name for good.
    #[must_use]
    pub fn worker(&self, brotli: bool) -> Option<File> {
        self.read(&format!("{}/{WORKER}", Page::Customer.folder()), brotli)
    }

    /// A part of a page, of this build or an earlier one.
    #[must_use]
    pub fn asset(&self, name: &str, brotli: bool) -> Option<File> {
        if !is_plain(name) {
            return None;
        }
        if self.live.is_some() {
            let mut pages = Page::ALL.iter();
            let found =
                pages.find_map(|p| self.read(&format!("{}/assets/{name}", p.folder()), brotli));
            if found.is_some() {
                return found;
            }
        }
        match self.names.get(name) {
            Some(path) => self.read(path, brotli),
            None => self.left_over(name, brotli),
        }
    }

    fn read(&self, path: &str, brotli: bool) -> Option<File> {
        served(path, brotli, |path| match &self.live {
            Some(folder) => from_disk(&folder.join(path)),
            None => Embedded::get(path).map(|file| Found {
                digest: Some(file.metadata.sha256_hash()),
                bytes: file.data,
            }),
        })
    }

    fn left_over(&self, name: &str, brotli: bool) -> Option<File> {
        let builds = std::fs::read_dir(self.earlier.as_ref()?).ok()?;
        builds
            .flatten()
            .find_map(|build| served(name, brotli, |name| from_disk(&build.path().join(name))))
    }
}

/// What was found under a path.
struct Found {
    bytes: Cow<'static, [u8]>,
    /// Of the bytes, where it is known beforehand.
    digest: Option<[u8; 32]>,
}

fn from_disk(path: &Path) -> Option<Found> {
    let bytes = std::fs::read(path).ok()?;
    Some(Found {
        bytes: Cow::Owned(bytes),
        digest: None,
    })
}

fn served(path: &str, brotli: bool, find: impl Fn(&str) -> Option<Found>) -> Option<File> {
    let file = |path_as_stored: &str, found: Found, encoding| File {
        etag: etag(path_as_stored, &found),
        bytes: found.bytes,
        encoding,
        kind: kind(path),
    };
    let squeezed = format!("{path}.br");
    if brotli && let Some(found) = find(&squeezed) {
        return Some(file(&squeezed, found, Encoding::Brotli));
    }
    find(path).map(|found| file(path, found, Encoding::Plain))
}

/// An asset's name carries a hash of what it holds, so the name will do; nothing is hashed while
/// somebody waits, but pages on disk, which are there only while one develops.
fn etag(path: &str, found: &Found) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let has_no_hash = name.starts_with("index.html") || name.starts_with(WORKER);
    if !has_no_hash {
        return format!("\"{name}\"");
    }
    let digest = found.digest;
    let digest = digest.unwrap_or_else(|| Sha256::digest(&found.bytes).into());
    format!("\"{}\"", hex(&digest[..12]))
}

/// Takes away all but the newest of the builds that are not `own`.
fn forget_old(folder: &Path, own: &str) -> io::Result<()> {
    let mut earlier = Vec::new();
    for build in std::fs::read_dir(folder)?.flatten() {
        let named = build.file_name();
        if build.path().is_dir() && named != own {
            earlier.push((build.metadata()?.modified()?, build.path()));
        }
    }
    earlier.sort();
    let too_many = earlier.len().saturating_sub(EARLIER_BUILDS);
    for (_, path) in earlier.into_iter().take(too_many) {
        std::fs::remove_dir_all(path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_an_earlier_build_are_still_served_and_those_of_old_ones_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        for (build, name) in [("1", "one.js"), ("2", "two.js"), ("3", "three.js")] {
            let path = folder.path().join(build);
            std::fs::create_dir_all(&path).unwrap();
            std::fs::write(path.join(name), name).unwrap();
            let age = std::time::Duration::from_secs(60 * (9 - build.parse::<u64>().unwrap()));
            let dir = std::fs::File::open(&path).unwrap();
            dir.set_modified(std::time::SystemTime::now() - age)
                .unwrap();
        }
        let assets = Assets::new(None).keep_in(folder.path()).unwrap();
        assert_eq!(assets.asset("one.js", true), None);
        let two = assets.asset("two.js", true).unwrap();
        assert_eq!(
            (&*two.bytes, two.encoding),
            (&b"two.js"[..], Encoding::Plain)
        );
        assert!(assets.asset("three.js", false).is_some());
        assert_eq!(assets.asset("../3/three.js", false), None);
    }

    #[test]
    fn a_page_is_read_from_the_folder_one_develops_in_squeezed_where_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let assets = folder.path().join("display/assets");
        std::fs::create_dir_all(&assets).unwrap();
        std::fs::write(folder.path().join("display/index.html"), "<p>").unwrap();
        std::fs::write(assets.join("a-1.wasm"), "plain").unwrap();
        std::fs::write(assets.join("a-1.wasm.br"), "squeezed").unwrap();
        let shelf = Assets::new(Some(folder.path().to_owned()));
        assert_eq!(
            shelf.page(Page::Display, true).unwrap().kind,
            "text/html; charset=utf-8"
        );
        assert_eq!(shelf.page(Page::Barista, true), None);
        let squeezed = shelf.asset("a-1.wasm", true).unwrap();
        assert_eq!(
            (squeezed.kind, squeezed.encoding),
            ("application/wasm", Encoding::Brotli)
        );
        let plain = shelf.asset("a-1.wasm", false).unwrap();
        assert_eq!(plain.encoding, Encoding::Plain);
        assert_eq!(plain.etag, "\"a-1.wasm\"");
        assert_eq!(squeezed.etag, "\"a-1.wasm.br\"");
        let before = shelf.page(Page::Display, false).unwrap().etag;
        std::fs::write(folder.path().join("display/index.html"), "<b>").unwrap();
        assert_ne!(shelf.page(Page::Display, false).unwrap().etag, before);
    }
}
