//! `cargo xtask bundle [APP …]`: the native apps as packages to install, `.deb` here. Tauri's
//! command line makes them; what it is told is put together in [`arguments`].

use crate::{
    app::{APPS, package},
    place,
    run::{program, run},
    setup::{self, Need},
    table, ui,
};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::{fs, path::PathBuf};

/// The command line's entry: these apps, or all.
pub(crate) fn command(words: &[String]) -> Result<()> {
    if let Some(word) = words.iter().find(|word| !APPS.contains(&word.as_str())) {
        bail!("there is no app {word:?}; there are: {}", APPS.join(", "));
    }
    let chosen = APPS
        .iter()
        .filter(|app| words.is_empty() || words.iter().any(|word| word == *app));
    let chosen: Vec<&str> = chosen.copied().collect();
    make(&chosen)?;
    let rows = chosen.iter().map(|app| {
        let file = newest(app)?;
        let megabytes = fs::metadata(&file)?.len() as f64 / 1e6;
        Ok(vec![
            (*app).to_owned(),
            place::short(&file),
            format!("{megabytes:.1}"),
        ])
    });
    println!();
    table::print(
        &["app", "package", ">MB"],
        &rows.collect::<Result<Vec<_>>>()?,
    );
    println!("\ncargo xtask test native bundle   installs and starts them");
    Ok(())
}

/// Makes the packages of these apps.
pub(crate) fn make(apps: &[&str]) -> Result<()> {
    setup::all(&[Need::Screens, Need::Shells, Need::Bundler])?;
    ui::build(ui::Profile::Release)?;
    for app in apps {
        let mut tauri = program(place::root().join("xtask/bundler/node_modules/.bin/tauri"));
        // In the app's own folder: from the root it would take the shared configuration for an
        // app's.
        tauri.current_dir(folder(app)).args(arguments(app)?);
        run(&format!("bundling the {app}'s app"), &mut tauri)?;
    }
    Ok(())
}

/// The profile of cargo's that the apps are built with; also the folder they are put in.
const PROFILE: &str = "app";

/// Its package, as the last bundling left it.
pub(crate) fn newest(app: &str) -> Result<PathBuf> {
    let bundles = place::target().join(PROFILE).join("bundle/deb");
    let name = product(app)?;
    let entries = fs::read_dir(&bundles).with_context(|| place::short(&bundles))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let version = file.strip_prefix(&format!("{name}_"));
            version.is_some_and(|rest| rest.ends_with(".deb"))
        })
        .collect();
    found.sort_by_key(|path| fs::metadata(path).and_then(|facts| facts.modified()).ok());
    found
        .pop()
        .with_context(|| format!("there is no package of {name}: {}", package(app)))
}

fn folder(app: &str) -> PathBuf {
    place::root().join("apps").join(app).join("src-tauri")
}

fn product(app: &str) -> Result<String> {
    let text = fs::read_to_string(folder(app).join("tauri.conf.json"))?;
    let config: serde_json::Value = serde_json::from_str(&text)?;
    let name = config["productName"].as_str();
    Ok(name.context("an app has a productName")?.to_owned())
}

/// What all apps share goes first, the app's own over it, and over both where its page lies: the
/// command line looks for it before the app's build script, which finds it by itself, is run.
fn arguments(app: &str) -> Result<Vec<String>> {
    let page = place::ui().join(app);
    let page = json!({ "build": { "frontendDist": page } });
    let shared = place::root().join("tauri.conf.json");
    let own = folder(app).join("tauri.conf.json");
    let mut words: Vec<String> = ["build", "--ci", "--bundles", "deb"]
        .map(String::from)
        .into();
    for config in [shared, own] {
        if !config.is_file() {
            bail!("there is no {}", place::short(&config));
        }
        words.extend(["--config".to_owned(), config.display().to_string()]);
    }
    words.extend(["--config".to_owned(), page.to_string()]);
    words.extend(["--", "--profile", PROFILE].map(String::from));
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apps_own_configuration_is_laid_over_the_shared_one() {
        let words = arguments("barista").expect("both are in the tree");
        let place = |end: &str| {
            let found = words.iter().position(|word| word.ends_with(end));
            found.unwrap_or_else(|| panic!("{end} is not among {words:?}"))
        };
        let shared = words
            .iter()
            .position(|word| word.ends_with("tauri.conf.json") && !word.contains("src-tauri"));
        assert!(shared.is_some_and(|shared| shared < place("src-tauri/tauri.conf.json")));
        let page = words.iter().position(|word| word.contains("ui/barista"));
        assert!(page.is_some_and(|page| place("src-tauri/tauri.conf.json") < page));
        assert!(words.ends_with(&["--", "--profile", "app"].map(String::from)));
    }

    #[test]
    fn an_unknown_app_is_refused() {
        assert!(command(&["kitchen".to_owned()]).is_err());
    }
}
