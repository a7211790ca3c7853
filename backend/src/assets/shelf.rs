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
        let bytes = |path: &str| -> Option<Cow<'static, [u8]>> {
            match &self.live {
                Some(folder) => std::fs::read(folder.join(path)).ok().map(Cow::Owned),
                None => Embedded::get(path).map(|f| f.data),
            }
        };
        served(path, brotli, bytes)
    }

    fn left_over(&self, name: &str, brotli: bool) -> Option<File> {
        let builds = std::fs::read_dir(self.earlier.as_ref()?).ok()?;
        builds.flatten().find_map(|build| {
            let read = |name: &str| std::fs::read(build.path().join(name)).ok().map(Cow::Owned);
            served(name, brotli, read)
        })
    }
}

fn served(
    path: &str,
    brotli: bool,
    bytes: impl Fn(&str) -> Option<Cow<'static, [u8]>>,
) -> Option<File> {
    let file = |bytes, encoding| File {
        bytes,
        encoding,
        kind: kind(path),
    };
    if brotli && let Some(squeezed) = bytes(&format!("{path}.br")) {
        return Some(file(squeezed, Encoding::Brotli));
    }
    bytes(path).map(|plain| file(plain, Encoding::Plain))
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
        assert_eq!(
            shelf.asset("a-1.wasm", false).unwrap().encoding,
            Encoding::Plain
        );
    }
}
