//! What native windows need of the system: to be built, and to be looked at without a screen.

use super::packages;
use crate::run::{answer, found, program};
use anyhow::Result;
use std::path::Path;

/// What pkg-config knows it by, and the package that brings it.
const LIBRARIES: &[(&str, &str)] = &[
    ("webkit2gtk-4.1", "libwebkit2gtk-4.1-dev"),
    ("librsvg-2.0", "librsvg2-dev"),
];

/// A program, and the package that brings it.
const PROGRAMS: &[(&str, &str)] = &[
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    ("dbus-daemon", "dbus"),
    ("gnome-keyring-daemon", "gnome-keyring"),
    ("secret-tool", "libsecret-tools"),
];

/// To build the shells: the web view, and libclang, which reads the system's header files for the
/// camera.
pub(super) fn build() -> Result<()> {
    let mut missing = Vec::new();
    for (name, package) in [("cc", "build-essential"), ("pkg-config", "pkg-config")] {
        if !found(name) {
            missing.push(package.to_owned());
        }
    }
    for (library, package) in LIBRARIES {
        if answer(program("pkg-config").args(["--exists", library])).is_err() {
            missing.push((*package).to_owned());
        }
    }
    if !has_libclang() {
        missing.push(libclang_package());
    }
    packages::install(&missing.iter().map(String::as_str).collect::<Vec<_>>())
}

/// To drive windows where nobody looks: a screen, a message bus, a keychain.
pub(super) fn drive() -> Result<()> {
    let mut missing: Vec<&str> = PROGRAMS
        .iter()
        .filter(|(name, _)| !found(name))
        .map(|(_, package)| *package)
        .collect();
    if !Path::new("/usr/share/fonts/truetype").is_dir() {
        missing.push("fonts-dejavu-core");
    }
    packages::install(&missing)
}

/// Where its reader looks too: `libclang.so`, `libclang-14.so.1`, and not `libclang-cpp.so`.
fn has_libclang() -> bool {
    if std::env::var_os("LIBCLANG_PATH").is_some() {
        return true;
    }
    let mut folders = vec![
        "/usr/lib".into(),
        "/usr/lib64".into(),
        "/usr/local/lib".into(),
    ];
    for entry in std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("llvm") {
            folders.push(entry.path().join("lib"));
        } else if name.ends_with("-linux-gnu") {
            folders.push(entry.path());
        }
    }
    let mut files = folders
        .iter()
        .flat_map(std::fs::read_dir)
        .flat_map(|entries| entries.flatten());
    files.any(|file| is_libclang(&file.file_name().to_string_lossy()))
}

fn is_libclang(file: &str) -> bool {
    let Some(rest) = file.strip_prefix("libclang") else {
        return false;
    };
    rest.starts_with(".so") || (rest.starts_with('-') && rest[1..].starts_with(char::is_numeric))
}

/// The library alone comes in packages that bear a version; the newest that this system has.
fn libclang_package() -> String {
    const ALONE: &str = "libclang1-";
    let known = answer(program("apt-cache").args(["pkgnames", ALONE])).unwrap_or_default();
    newest(&known, ALONE).unwrap_or_else(|| "libclang-dev".to_owned())
}

fn newest(names: &str, start: &str) -> Option<String> {
    let versions = names
        .lines()
        .filter_map(|name| name.strip_prefix(start)?.parse::<u32>().ok());
    versions.max().map(|version| format!("{start}{version}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_is_told_from_its_relative() {
        assert!(is_libclang("libclang.so.1") && is_libclang("libclang-14.so.1"));
        assert!(!is_libclang("libclang-cpp.so.14") && !is_libclang("libclang_rt.so"));
    }

    #[test]
    fn the_newest_package_is_taken() {
        let names = "libclang1-9\nlibclang1-16\nlibclang1-14t64\n";
        assert_eq!(newest(names, "libclang1-").as_deref(), Some("libclang1-16"));
        assert_eq!(newest("", "libclang1-"), None);
    }
}
