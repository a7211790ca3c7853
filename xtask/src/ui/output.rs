//! Writes a page's bundle: `index.html`, `assets/`, and in release a `.br` beside each file.

use super::{
    Profile, bindgen,
    bundle::Bundle,
    shelf::Shelf,
    squeeze,
    stamp::{self, Stamp},
};
use crate::{place, table::kilobytes};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// A page's service worker, where it has one. Browsers find it by its name for as long as it is
/// installed, so it carries no hash and lies beside the page.
const WORKER: &str = "worker.js";

/// Makes the page's bundle unless nothing has changed; says whether there was work.
pub(super) fn page(page: &Bundle, workers: &[&Bundle], profile: Profile) -> Result<bool> {
    let shared = place::root().join("apps/ui/static");
    let own = page.folder().join("static");
    let index = page.folder().join("index.html");
    let worker = page.folder().join(WORKER);
    let mut inputs = vec![
        shared.clone(),
        own.clone(),
        index.clone(),
        worker.clone(),
        page.wasm(profile),
    ];
    inputs.extend(workers.iter().map(|worker| worker.wasm(profile)));
    let stamp = Stamp::of(profile.cargo_name(), &inputs)?;
    if stamp.is_current(page.app) {
        return Ok(false);
    }
    let mut shelf = Shelf::default();
    folder(&mut shelf, &shared)?;
    folder(&mut shelf, &own)?;
    for bundle in workers.iter().chain([&page]) {
        bindgen::put(&mut shelf, bundle, profile)?;
    }
    let html = fs::read_to_string(&index)?;
    let html = shelf.fill(&html).with_context(|| place::short(&index))?;
    let mut named = vec![("index.html".to_owned(), html)];
    if worker.is_file() {
        let script = fs::read_to_string(&worker)?;
        let script = shelf.fill(&script).with_context(|| place::short(&worker))?;
        named.push((WORKER.to_owned(), script));
    }
    write(page.app, named, shelf, profile)?;
    stamp.keep(page.app)?;
    Ok(true)
}

fn folder(shelf: &mut Shelf, folder: &Path) -> Result<()> {
    for path in stamp::files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        shelf.put(name, fs::read(&path)?);
    }
    Ok(())
}

/// Writes beside the old bundle and swaps, so that a running server never serves half of one.
fn write(app: &str, named: Vec<(String, String)>, shelf: Shelf, profile: Profile) -> Result<()> {
    let now = place::ui().join(app);
    let next = place::target().join("ui-work").join(format!("{app}.next"));
    // Is there only after an interrupted build.
    let _ = fs::remove_dir_all(&next);
    fs::create_dir_all(next.join("assets"))?;
    let named = named.into_iter();
    let mut files: Vec<_> = named
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    for placed in shelf.empty()? {
        files.push((format!("assets/{}", placed.file), placed.bytes));
    }
    for (file, bytes) in files {
        fs::write(next.join(&file), &bytes)?;
        if profile == Profile::Release && squeeze::worth(&file) {
            let squeezed = format!("{file}.br");
            // The hash in an asset's name says that an earlier result is still right.
            let earlier = Some(now.join(&squeezed)).filter(|_| file.starts_with("assets/"));
            let bytes = match earlier.and_then(|path| fs::read(path).ok()) {
                Some(bytes) => bytes,
                None => squeeze::brotli(&bytes)?,
            };
            fs::write(next.join(squeezed), bytes)?;
        }
    }
    fs::create_dir_all(place::ui())?;
    // Not there at the first build.
    let _ = fs::remove_dir_all(&now);
    Ok(fs::rename(&next, &now)?)
}

/// One row for each file of a bundle, and one for their sum.
pub(super) fn sizes(app: &str) -> Result<Vec<Vec<String>>> {
    let folder = place::ui().join(app);
    let mut rows = Vec::new();
    let (mut plain_sum, mut sent_sum) = (0, 0);
    for path in stamp::files(&folder)? {
        if path.extension().is_some_and(|ending| ending == "br") {
            continue;
        }
        let plain = length(&path)?;
        let squeezed = length(&path.with_added_extension("br")).unwrap_or(plain);
        plain_sum += plain;
        sent_sum += squeezed;
        let name = path.strip_prefix(&folder)?.display().to_string();
        rows.push(vec![
            app.to_owned(),
            name,
            kilobytes(plain),
            kilobytes(squeezed),
        ]);
    }
    rows.push(vec![
        app.to_owned(),
        "in all".into(),
        kilobytes(plain_sum),
        kilobytes(sent_sum),
    ]);
    Ok(rows)
}

fn length(path: &Path) -> Result<usize> {
    Ok(usize::try_from(fs::metadata(path)?.len())?)
}
