//! Faults that are planted in the product for the simulation to find never reach a product.

use crate::source::{self, Broken, Source, hold};

/// The feature that lets them in.
const FEATURE: &str = "planted";
/// The one crate that may ask for it, by a feature of its own.
const WHO: &str = "tests/simulation/Cargo.toml";
const OF: &str = "backend/Cargo.toml";

/// Lines of manifests and workflows that name the feature where it must not be named.
fn asked_for(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in sources {
        let manifest = source.path.ends_with("Cargo.toml");
        let workflow = source.path.starts_with(".github/") || source.path.starts_with(".ci/");
        if !manifest && !workflow {
            continue;
        }
        for (at, line) in source.text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let allowed = match source.path.as_str() {
                OF => line == "planted = []",
                WHO => line == "planted = [\"presso-backend/planted\"]",
                _ => false,
            };
            if line.contains(FEATURE) && !allowed {
                broken.push(source.broken(at + 1, "asks for planted faults"));
            }
        }
    }
    broken
}

#[test]
fn only_the_simulation_asks_for_planted_faults_and_not_by_default() {
    let why = "a fault that is made on purpose must be impossible in a product";
    hold(why, &asked_for(source::all()));
}

#[test]
fn the_product_cannot_be_built_with_planted_faults() {
    let main = source::all()
        .iter()
        .find(|s| s.path == "backend/src/main.rs");
    let guard = "#[cfg(all(feature = \"planted\", not(clippy)))]\ncompile_error!(";
    assert!(main.is_some_and(|main| main.text.contains(guard)));
}

#[test]
fn a_manifest_that_asks_for_planted_faults_is_seen() {
    for (path, line) in [
        ("backend/Cargo.toml", "default = [\"planted\"]"),
        (
            "tests/Cargo.toml",
            "presso-backend = { features = [\"planted\"] }",
        ),
        (WHO, "default = [\"planted\"]"),
        (
            ".github/workflows/release.yml",
            "run: cargo build --features planted",
        ),
    ] {
        assert_eq!(asked_for(&[Source::example(path, line)]).len(), 1, "{path}");
    }
    assert_eq!(asked_for(&[Source::example(OF, "planted = []")]).len(), 0);
}
