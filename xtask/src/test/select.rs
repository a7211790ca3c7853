//! From a part to the words that follow `cargo test`.

use super::part::{HOUSEHOLD, Part, Tests};
use crate::run::{answer, cargo};
use anyhow::Result;
use serde_json::Value;

/// What selects the part's tests; none when no such test target is in the tree.
pub(super) fn words(part: &Part) -> Result<Option<Vec<String>>> {
    let (packages, mut words) = match &part.tests {
        Tests::Beside(packages) => (*packages, vec!["--lib".to_owned(), "--bins".to_owned()]),
        Tests::Libraries(packages) => (*packages, vec!["--lib".to_owned()]),
        Tests::Program(package) => (std::slice::from_ref(package), vec!["--bins".to_owned()]),
        Tests::Target(package, target) => {
            let there = targets(&metadata()?, package);
            (
                HOUSEHOLD,
                named(there.iter().filter(|name| *name == target)),
            )
        }
        Tests::Featured(package, target, feature) => {
            let own = ["-p", package, "--features"].map(str::to_owned);
            let there = targets(&metadata()?, package);
            let mut words = named(there.iter().filter(|name| *name == target));
            words.extend(own);
            words.push(format!("{package}/{feature}"));
            (HOUSEHOLD, words)
        }
        Tests::AllOf(packages) => {
            let metadata = metadata()?;
            let all = packages
                .iter()
                .flat_map(|package| targets(&metadata, package));
            (HOUSEHOLD, named(all.collect::<Vec<_>>().iter()))
        }
        Tests::Whole(packages) => (*packages, vec!["--lib".to_owned(), "--tests".to_owned()]),
    };
    if words.is_empty() {
        return Ok(None);
    }
    for package in packages {
        words.extend(["-p".to_owned(), (*package).to_owned()]);
    }
    Ok(Some(words))
}

fn named<'a>(targets: impl Iterator<Item = &'a String>) -> Vec<String> {
    targets
        .flat_map(|name| ["--test".to_owned(), name.clone()])
        .collect()
}

fn metadata() -> Result<Value> {
    let text = answer(&mut cargo(["metadata", "--no-deps", "--format-version=1"]))?;
    Ok(serde_json::from_str(&text)?)
}

/// The names of a package's test targets.
fn targets(metadata: &Value, package: &str) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]).into_iter();
    let own = packages.filter(|candidate| candidate["name"] == package);
    own.flat_map(|candidate| list(&candidate["targets"]))
        .filter(|target| target["kind"][0] == "test")
        .filter_map(|target| target["name"].as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::part::{NOT_TESTS, PARTS};

    #[test]
    fn every_test_target_of_the_workspace_belongs_to_a_part() {
        let metadata = metadata().expect("cargo knows the workspace");
        let packages = metadata["packages"].as_array().expect("a list");
        for package in packages
            .iter()
            .filter_map(|package| package["name"].as_str())
        {
            for target in targets(&metadata, package) {
                let known = PARTS.iter().any(|part| match part.tests {
                    Tests::Target(owner, name) | Tests::Featured(owner, name, _) => {
                        owner == package && name == target
                    }
                    Tests::AllOf(packages) | Tests::Whole(packages) => packages.contains(&package),
                    _ => false,
                });
                let excused = NOT_TESTS.contains(&target.as_str());
                assert!(
                    known || excused,
                    "{package}: test target {target} runs in no part"
                );
            }
        }
    }

    #[test]
    fn only_the_packages_own_test_targets_are_found() {
        let target = |kind: &str, name: &str| serde_json::json!({"kind": [kind], "name": name});
        let metadata = serde_json::json!({"packages": [
            {"name": "a", "targets": [target("lib", "a"), target("test", "laws")]},
            {"name": "b", "targets": [target("test", "other")]},
        ]});
        assert_eq!(targets(&metadata, "a"), ["laws"]);
    }
}
