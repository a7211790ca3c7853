//! Packages as `cargo xtask bundle` makes them: installed by dpkg into a clean root, looked at,
//! started, and removed without a trace.

use presso_tests::{
    browser::Screen,
    native::{play_with, released},
    server::settings,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// App, its scheme, and what its window shows when it knows a server.
const WANTED: [(&str, &str, &str); 3] = [
    ("customer", "presso", "[data-screen=door]"),
    ("barista", "presso-barista", "main"),
    ("display", "presso-display", "main"),
];

/// Its package, the newest where there are several; `target/app/bundle/deb`.
fn package(app: &str) -> Option<PathBuf> {
    let own = format!("presso-{app}-app");
    let entries = fs::read_dir(released(app).with_file_name("bundle").join("deb")).ok()?;
    let debs = entries.flatten().map(|entry| entry.path()).filter(|path| {
        let is_deb = path.extension().is_some_and(|ending| ending == "deb");
        is_deb && listing(path).contains(&format!("usr/bin/{own}"))
    });
    debs.max_by_key(|path| fs::metadata(path).and_then(|facts| facts.modified()).ok())
}

fn listing(package: &Path) -> String {
    told(Command::new("dpkg-deb").arg("--contents").arg(package))
}

/// What it prints; a failure is the test's.
fn told(command: &mut Command) -> String {
    let output = command.output().expect("dpkg is on every Debian");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}{problem}");
    said
}

/// A system with nothing installed.
fn clean_root() -> TempDir {
    let root = TempDir::new().expect("a folder");
    let admin = root.path().join("var/lib/dpkg");
    for folder in ["info", "updates", "triggers"] {
        fs::create_dir_all(admin.join(folder)).expect("it is ours");
    }
    for file in ["status", "available"] {
        fs::write(admin.join(file), "").expect("it is ours");
    }
    root
}

fn dpkg(root: &Path, words: &[&str]) -> String {
    let mut command = Command::new("dpkg");
    command
        .arg(format!("--root={}", root.display()))
        // What it depends on is in the system that the test runs on, not in the clean one.
        .args([
            "--force-depends",
            "--force-script-chrootless",
            "--force-not-root",
        ])
        .arg(format!("--log={}", root.join("dpkg.log").display()))
        .args(words);
    told(&mut command)
}

#[test]
fn each_package_installs_says_what_it_opens_starts_and_leaves_nothing() {
    let made = |(app, ..): &(&'static str, _, _)| package(app);
    let packages: Vec<_> = WANTED.iter().map(made).collect();
    if packages.iter().all(Option::is_none) {
        return println!("skipped: there are no packages; `cargo xtask bundle` makes them");
    }
    play_with(released, settings(), async |booth| {
        for ((app, scheme, shows), package) in WANTED.iter().zip(&packages) {
            let Some(package) = package else {
                println!("{app}: no package was made");
                continue;
            };
            let root = clean_root();
            dpkg(root.path(), &["--install", &package.display().to_string()]);
            let field =
                |name: &str| told(Command::new("dpkg-deb").arg("-f").arg(package).arg(name));
            assert_eq!(field("Version").trim(), env!("CARGO_PKG_VERSION"));
            assert!(field("Depends").contains("libwebkit2gtk-4.1-0"), "{app}");

            let desktop = desktop_file(root.path());
            let line = |start: &str| {
                let mut lines = desktop.lines();
                let found = lines.find_map(|line| line.strip_prefix(start));
                found
                    .unwrap_or_else(|| panic!("{app}: no {start} in:\n{desktop}"))
                    .to_owned()
            };
            let types = line("MimeType=");
            let own = format!("x-scheme-handler/{scheme}");
            assert!(types.split(';').any(|one| one == own), "{app}: {types}");
            assert!(
                line("Exec=").contains("%u") || line("Exec=").contains("%U"),
                "{app}"
            );
            assert_eq!(line("Categories="), "Utility;", "{app}");
            assert!(line("Comment=").contains("coffee"), "{app}");
            assert!(field("Description").contains("coffee"), "{app}");
            let icon = line("Icon=");
            for size in ["32x32", "128x128", "256x256@2"] {
                let file = format!("usr/share/icons/hicolor/{size}/apps/{icon}.png");
                assert!(root.path().join(&file).is_file(), "{app}: {file}");
            }

            let size = match *app {
                "customer" => Screen::PHONE,
                "barista" => Screen::TABLET,
                _ => Screen::TV,
            };
            let device = booth.device(&format!("installed {app}"), app, size);
            let program = root.path().join(format!("usr/bin/presso-{app}-app"));
            let place = match *app {
                "customer" => booth.server.front_door(),
                other => format!("{}/{other}", booth.server.address),
            };
            let window = device.starts_program(&program, &[&place]).await;
            window.shows(shows).await;
            booth.is_photographed("installed").await;
            device.kills_the_app().await;

            let name = field("Package");
            dpkg(root.path(), &["--purge", name.trim()]);
            let left = files_below(&root.path().join("usr"));
            assert!(left.is_empty(), "{app} leaves {left:?}");
            let own = files_below(&device.home().join("data/applications"));
            assert!(own.is_empty(), "{app} told the system by itself: {own:?}");
        }
    });
}

fn desktop_file(root: &Path) -> String {
    let folder = root.join("usr/share/applications");
    let mut files = fs::read_dir(&folder).expect("there is one").flatten();
    let file = files.next().expect("there is one").path();
    fs::read_to_string(file).expect("it is text")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found
}
