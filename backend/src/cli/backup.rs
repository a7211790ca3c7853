//! `presso backup` and `presso restore`.

use super::{Error, print, verify};
use crate::app::DATABASE_FILE;
use crate::backup::{self, Contents};
use crate::config::Config;
use crate::engine::{Clock, SystemClock};
use serde_json::{Value, json};
use std::path::Path;

/// `settings` is the file that they would be in.
pub(super) fn make(
    config: &Config,
    settings: &Path,
    to: &Path,
    as_json: bool,
) -> Result<(), Error> {
    if !config.data.join(DATABASE_FILE).is_file() {
        let data = std::path::absolute(&config.data);
        return Err(Error::NoData(data.unwrap_or_else(|_| config.data.clone())));
    }
    let contents = backup::make(&config.data, settings, to, SystemClock::new().now())?;
    print::answer(as_json, &told(&contents, to), |_| {
        people(&contents);
        println!("all of it is in {}", to.display());
    });
    match contents.wrong.len() {
        0 => Ok(()),
        count => Err(Error::Differs {
            count,
            list: contents.wrong.join("\n"),
        }),
    }
}

pub(super) fn restore(config: &Config, from: &Path, as_json: bool) -> Result<(), Error> {
    let restored = backup::restore(from, &config.data)?;
    let contents = &restored.contents;
    print::answer(as_json, &told(contents, &config.data), |_| {
        people(contents);
        println!("all of it is in {}", config.data.display());
        if let Some(settings) = &restored.settings {
            let settings = settings.display();
            println!("its settings are left where they are: {settings}");
        }
    });
    Ok(())
}

fn told(contents: &Contents, folder: &Path) -> Value {
    json!({
        "folder": folder,
        "made_at": contents.manifest.made_at,
        "presso": contents.manifest.presso,
        "files": contents.manifest.files.keys().collect::<Vec<_>>(),
        "shops": contents.shops.iter().map(verify::told).collect::<Vec<_>>(),
    })
}

fn people(contents: &Contents) {
    verify::people(&contents.shops);
    let files: Vec<&str> = contents.manifest.files.keys().map(String::as_str).collect();
    let age_ms = SystemClock::new().now().ms_since(contents.manifest.made_at);
    println!(
        "{}, as they were {} ago, written by Presso {}",
        files.join(", "),
        long(age_ms / 1000),
        contents.manifest.presso,
    );
}

/// A stretch of time as one says it.
fn long(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{} s", seconds.max(0)),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[test]
fn how_long_ago_is_told_in_the_unit_that_fits() {
    let told = [-5, 119, 120, 7_199, 7_200, 172_800].map(long);
    let expected = [
        "0 s",
        "119 s",
        "2 minutes",
        "119 minutes",
        "2 hours",
        "2 days",
    ];
    assert_eq!(told, expected);
}
