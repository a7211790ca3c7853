//! The accessibility checker: axe-core, from the folder that `npm ci` fills, injected into pages.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::path::PathBuf;

/// How strict the checker is about contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrast {
    /// 4.5 to 1, large letters 3 to 1.
    Double,
    /// 7 to 1, large letters 4.5 to 1: what is read from far away.
    Triple,
}

/// The checker's program, where it is.
///
/// # Errors
/// Says how to get it.
pub fn program() -> Result<String, String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file)
        .map_err(|_| "there is no axe-core: run `npm ci` in tests/, or `cargo xtask test`".into())
}

const RUN: &str = "
const [contrast, done] = arguments;
axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: contrast } }, resultTypes: ['violations'] })
  .then(r => done(r.violations), e => done([{ id: 'axe', help: String(e), nodes: [] }]));
";

/// What is wrong with the page as it stands: rule, how to mend it, and where; empty when nothing.
///
/// # Panics
/// When axe-core is not installed.
pub async fn violations(page: &Browser, contrast: Contrast) -> Vec<String> {
    let there = page.run("return typeof axe", vec![]).await;
    if there != json!("object") {
        let program = program().unwrap_or_else(|lack| panic!("{lack}"));
        // In the page's own world: WebDriver is not bound by the page's policy.
        page.run(&format!("{program}; window.axe = axe;"), vec![])
            .await;
    }
    let strict = json!(contrast == Contrast::Triple);
    let found = page.run_async(RUN, vec![strict]).await;
    told(&found)
}

/// One line for each violation, and below it each element with what would mend it.
fn told(violations: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list(violations)
        .iter()
        .map(|violation| {
            let mut told = format!("{}: {}", text(&violation["id"]), text(&violation["help"]));
            for node in list(&violation["nodes"]) {
                let target: Vec<String> = list(&node["target"]).iter().map(text).collect();
                let fix = text(&node["failureSummary"]).replace('\n', " ");
                told.push_str(&format!("\n    {}: {fix}", target.join(" ")));
            }
            told
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_is_told_with_its_rule_its_place_and_what_mends_it() {
        let found = json!([{ "id": "label", "help": "Fields have labels", "nodes": [
            { "target": ["#name"], "failureSummary": "Fix any:\n give it a label" },
        ] }]);
        assert_eq!(
            told(&found),
            ["label: Fields have labels\n    #name: Fix any:  give it a label"]
        );
    }
}
