//! What the documents promise is there.

use crate::{
    code,
    source::{self, Broken, Source, hold},
};

const DOOR: &str = "cargo xtask ";
const TABLE: &str = "xtask/src/main.rs";

fn unknown_commands(sources: &[Source]) -> Vec<Broken> {
    let table = sources.iter().find(|source| source.path == TABLE);
    let table = table.map_or("", |source| source.text.as_str());
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.path.ends_with(".md")) {
        for (number, line) in code::lines(&source.text) {
            for (at, _) in line.match_indices(DOOR) {
                let after = &line[at + DOOR.len()..];
                let name: String = after.chars().take_while(char::is_ascii_lowercase).collect();
                if !name.is_empty() && !table.contains(&format!("\"{name}\",")) {
                    broken.push(source.broken(number, format!("there is no `{DOOR}{name}`")));
                }
            }
        }
    }
    broken
}

fn unsaid(sources: &[Source]) -> Vec<Broken> {
    let Some(readme) = sources.iter().find(|source| source.path == "README.md") else {
        return Vec::new();
    };
    let wanted = ["cargo xtask demo", "cargo xtask test"];
    let lacking = wanted
        .iter()
        .filter(|command| !readme.text.contains(*command));
    lacking
        .map(|command| readme.broken(1, format!("does not name `{command}`")))
        .collect()
}

#[test]
fn every_command_that_a_document_names_exists() {
    hold(
        "a reader types what is written",
        &unknown_commands(source::all()),
    );
}

#[test]
fn the_readme_names_the_two_commands_that_matter() {
    hold(
        "see it run, see it hold: the two things a newcomer wants",
        &unsaid(source::all()),
    );
}

#[test]
fn a_command_that_does_not_exist_is_seen() {
    let table = Source::example(TABLE, "(\"demo\", \"\", \"\", demo::command),");
    let text = Source::example("README.md", "`cargo xtask demo`, then `cargo xtask fly`");
    assert_eq!(unknown_commands(&[table, text]).len(), 1);
}

#[test]
fn a_readme_without_the_commands_is_seen() {
    assert_eq!(
        unsaid(&[Source::example("README.md", "cargo xtask demo")]).len(),
        1
    );
}
