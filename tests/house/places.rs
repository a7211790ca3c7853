//! No file tells where it was written, nor from where its parts were fetched.

use crate::{
    code,
    source::{self, Broken, Source, hold},
};

fn betrayed(sources: &[Source]) -> Vec<Broken> {
    // Put together, so that this file does not find itself.
    let paths = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
    ];
    let host = concat!("arti", "factory");
    let mut broken = Vec::new();
    for source in sources {
        let npm_lock = source.file() == "package-lock.json";
        for (number, line) in code::lines(&source.text) {
            if let Some(path) = paths.iter().find(|path| starts_a_path(line, path)) {
                broken.push(source.broken(number, format!("{path} is a folder of one machine")));
            }
            if line.to_lowercase().contains(host) {
                broken.push(source.broken(number, "names the place packages were fetched from"));
            }
            if npm_lock && line.contains("\"resolved\"") {
                let fix = "write the lock with npm's omit-lockfile-registry-resolved";
                broken.push(source.broken(number, format!("names a registry's host; {fix}")));
            }
        }
    }
    broken
}

/// Does an absolute path begin so? `a/b/c` has no absolute path `/b/` in it.
fn starts_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-/$}*".contains(letter))
    })
}

#[test]
fn no_file_names_a_folder_or_host_of_the_place_it_was_written_at() {
    hold(
        "it is nobody's business, and wrong everywhere else",
        &betrayed(source::all()),
    );
}

#[test]
fn a_path_of_one_machine_is_seen() {
    let example = |text: &str| betrayed(&[Source::example("README.md", text)]).len();
    assert_eq!(example(concat!("see /wo", "rk/notes")), 1);
    assert_eq!(example(concat!("cd /ho", "me/ada/presso")), 1);
    assert_eq!(example("apps/work/x and https://example.org/work/"), 0);
}

#[test]
fn a_host_in_a_lock_file_is_seen() {
    let text = "\"resolved\": \"https://packages.example/axe.tgz\",";
    assert_eq!(
        betrayed(&[Source::example("tests/package-lock.json", text)]).len(),
        1
    );
}
