//! What hosted runners are told to do: nobody here can run it, so at least it can be read, names
//! what there is, and takes nothing that may change under its name.

use crate::source::{self, Broken, Source, hold};
use std::collections::BTreeSet;
use yaml_rust2::{Yaml, YamlLoader};

const FOLDER: &str = ".github/workflows/";

fn workflows(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources
        .iter()
        .filter(|source| source.path.starts_with(FOLDER))
}

/// Files that are no YAML, and jobs that wait for a job that there is not.
fn unreadable(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in workflows(sources) {
        let documents = match YamlLoader::load_from_str(&source.text) {
            Ok(documents) => documents,
            Err(error) => {
                broken.push(source.broken(error.marker().line(), error.info()));
                continue;
            }
        };
        let jobs = documents.first().and_then(|file| file["jobs"].as_hash());
        let Some(jobs) = jobs else {
            broken.push(source.broken(1, "has no jobs"));
            continue;
        };
        for (name, job) in jobs {
            let needs = match &job["needs"] {
                Yaml::Array(list) => list.clone(),
                Yaml::BadValue => Vec::new(),
                one => vec![one.clone()],
            };
            for need in needs.iter().filter(|need| !jobs.contains_key(need)) {
                let (name, need) = (name.as_str(), need.as_str());
                broken.push(source.broken(1, format!("{name:?} waits for {need:?}")));
            }
        }
    }
    broken
}

/// Steps of others that are named by what can be moved to other code: a tag or a branch.
fn movable(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    for source in workflows(sources) {
        for (number, line) in (1..).zip(source.text.lines()) {
            let Some((_, step)) = line.split_once("uses: ") else {
                continue;
            };
            let (_, commit) = step.split_once('@').unwrap_or_default();
            let commit = commit.split(' ').next().unwrap_or_default();
            let whole = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            if !whole || !step.contains(" # v") {
                broken.push(source.broken(number, format!("{step}: a commit and its version")));
            }
        }
    }
    broken
}

/// Packages of ours, apps, and commands of `cargo xtask` that are named and are not there.
fn unknown(sources: &[Source]) -> Vec<Broken> {
    let text = |path: &str| sources.iter().find(|source| source.path == path);
    let packages: BTreeSet<&str> = sources
        .iter()
        .filter(|source| source.file() == "Cargo.toml")
        .flat_map(|source| source.text.lines())
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    let door = text("xtask/src/main.rs").map_or("", |source| source.text.as_str());
    let mut broken = Vec::new();
    for source in workflows(sources) {
        for (number, line) in (1..).zip(source.text.lines()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            for pair in words.windows(2) {
                if pair[0] == "-p" && !packages.contains(pair[1]) {
                    broken.push(source.broken(number, format!("no package {}", pair[1])));
                }
                let command = pair[1].trim_matches(['`', '.', ')', ',']);
                if pair[0] == "xtask" && !door.contains(&format!("\"{command}\",")) {
                    broken.push(source.broken(number, format!("no command {command}")));
                }
            }
        }
    }
    broken
}

#[test]
fn every_workflow_can_be_read_and_waits_for_jobs_that_exist() {
    hold(
        "a file that cannot be read is not run, and nobody is told",
        &unreadable(source::all()),
    );
}

#[test]
fn every_step_of_others_is_pinned_to_a_commit() {
    hold(
        "a tag can be moved to other code by whoever owns it",
        &movable(source::all()),
    );
}

#[test]
fn every_package_and_command_that_a_workflow_names_exists() {
    hold(
        "it would be found out at the next release",
        &unknown(source::all()),
    );
}

#[test]
fn the_workflows_are_among_the_files_that_are_read() {
    assert!(workflows(source::all()).count() >= 2);
}

fn example(text: &str) -> [Source; 3] {
    [
        Source::example(".github/workflows/a.yml", text),
        Source::example("core/Cargo.toml", "name = \"presso-core\"\n"),
        Source::example(
            "xtask/src/main.rs",
            "(\"check\", \"\", \"\", check::command),",
        ),
    ]
}

#[test]
fn a_broken_file_and_a_job_that_waits_for_nobody_are_seen() {
    assert_eq!(unreadable(&example("jobs: [")).len(), 1);
    assert_eq!(
        unreadable(&example("jobs:\n  a:\n    needs: [b]\n")).len(),
        1
    );
    assert_eq!(unreadable(&example("jobs:\n  a:\n    needs: a\n")).len(), 0);
}

#[test]
fn a_step_by_its_tag_is_seen() {
    assert_eq!(movable(&example("- uses: them/theirs@v4 # v4\n")).len(), 1);
    let whole = format!("- uses: them/theirs@{} # v4\n", "a".repeat(40));
    assert_eq!(movable(&example(&whole)).len(), 0);
}

#[test]
fn a_package_and_a_command_that_do_not_exist_are_seen() {
    let text = "- run: cargo build -p presso-kitchen\n- run: cargo xtask fly\n";
    assert_eq!(unknown(&example(text)).len(), 2);
    let text = "- run: cargo build -p presso-core\n- run: cargo xtask check\n";
    assert_eq!(unknown(&example(text)).len(), 0);
}
