//! From cargo's wasm to the wasm and the glue that a browser runs.

use super::{Profile, bundle::Bundle, shelf::Shelf};
use crate::place;
use anyhow::{Context, Result, bail};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// Starts a page. Should the program not start (an old browser, a lost connection), the page's
/// element `start-failed` is shown instead of nothing.
const START_PAGE: &str = r#"import start from "{{asset:app.js}}";
start({ module_or_path: "{{asset:app.wasm}}" }).catch((problem) => {
  console.error(problem);
  document.getElementById("start-failed")?.removeAttribute("hidden");
});
"#;

/// Starts a worker: its messages wait until it runs, since the module is not done before.
const START_WORKER: &str = r#"import start from "{{asset:NAME-glue.js}}";
await start({ module_or_path: "{{asset:NAME.wasm}}" });
"#;

/// Puts a bundle's program on the shelf: for a page `start.js`, `app.js` and `app.wasm`; for a
/// worker `NAME.js`, `NAME-glue.js` and `NAME.wasm`, where NAME is its folder's name.
pub(super) fn put(shelf: &mut Shelf, bundle: &Bundle, profile: Profile) -> Result<()> {
    let release = profile == Profile::Release;
    let folder = place::target().join("ui-work").join(bundle.app);
    // May not be there yet; what an earlier build left must not be taken for this one's.
    let _ = fs::remove_dir_all(&folder);
    Bindgen::new()
        .input_path(bundle.wasm(profile))
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .debug(!release)
        // DWARF would make it many times as large, and no browser here reads it.
        .keep_debug(false)
        // Nor the names of functions: a panic tells its file and line without them.
        .remove_name_section(true)
        .remove_producers_section(release)
        .out_name("app")
        .generate(&folder)
        .with_context(|| format!("wasm-bindgen on {}", bundle.package))?;

    let snippets = snippets(&folder.join("snippets"))?;
    let mut glue = fs::read_to_string(folder.join("app.js"))?;
    for (name, text) in snippets {
        // Only where the glue fetches them: in the table that it hands to the wasm, the same path
        // is the name by which the wasm asks.
        let (by_path, by_hash) = (
            format!("from \"./snippets/{name}\""),
            format!("from \"{{{{asset:snippets/{name}}}}}\""),
        );
        if !glue.contains(&by_path) {
            bail!(
                "the glue of {} does not import snippet {name} as expected",
                bundle.package
            );
        }
        glue = glue.replace(&by_path, &by_hash);
        if text.contains("from './") || text.contains("from \"./") || text.contains("import './") {
            bail!("snippet {name} imports a file beside it, which hashed names cannot follow");
        }
        shelf.put(format!("snippets/{name}"), text.into_bytes());
    }
    let (glue_name, wasm_name, start_name, start) = if bundle.is_page() {
        (
            "app.js".into(),
            "app.wasm".into(),
            "start.js".into(),
            START_PAGE.to_owned(),
        )
    } else {
        let name = bundle.app;
        let start = START_WORKER.replace("NAME", name);
        (
            format!("{name}-glue.js"),
            format!("{name}.wasm"),
            format!("{name}.js"),
            start,
        )
    };
    shelf.put(glue_name, glue.into_bytes());
    shelf.put(wasm_name, fs::read(folder.join("app_bg.wasm"))?);
    shelf.put(start_name, start.into_bytes());
    Ok(())
}

/// The JavaScript that crates brought along: path below `snippets/`, and text.
fn snippets(folder: &Path) -> Result<Vec<(String, String)>> {
    let files = super::stamp::files(folder)?;
    let read = |path: &std::path::PathBuf| {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        Ok((name, fs::read_to_string(path)?))
    };
    files.iter().map(read).collect()
}
