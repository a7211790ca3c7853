//! `presso rules test` as a person or a script runs it: what it says, and with which status it ends.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets what it does not expect stops there"
)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Status, standard output, standard error.
type Said = (i32, String, String);

fn presso(words: &[&str], input: &str) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_presso"))
        .args(["rules", "test"])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may end before it read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let status = output.status.code().unwrap();
    (status, text(output.stdout), text(output.stderr))
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn judge(pattern: &str, event: &str) -> Said {
    let folder = TempDir::new().unwrap();
    let pattern = file(&folder, "pattern.json", pattern);
    let event = file(&folder, "event.json", event);
    presso(&["--pattern", word(&pattern), "--event", word(&event)], "")
}

fn word(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_match_ends_with_0_and_says_why() {
    let said = judge(
        r#"{"detail-type": [{"prefix": "Order"}]}"#,
        r#"{"detail-type": "OrderManager.MakeOrder"}"#,
    );
    let why = "match: detail-type is a string that begins with \"Order\"\n";
    assert_eq!(said, (0, why.to_owned(), String::new()));
}

#[test]
fn no_match_ends_with_1_and_says_which_field() {
    let said = judge(
        r#"{"detail": {"n": [{"numeric": [">", 5]}]}}"#,
        r#"{"detail": {"n": 5}}"#,
    );
    let why = "no match: detail.n is 5, it must be a number > 5\n";
    assert_eq!(said, (1, why.to_owned(), String::new()));
}

#[test]
fn a_malformed_pattern_ends_with_2_and_points_at_the_place() {
    let (status, out, err) = judge("{\n \"a\": [{\"prefix\": 3}]\n}", "{}");
    assert_eq!((status, out.as_str()), (2, ""));
    let place = "presso: malformed pattern: line 2, column 19, at $.a[0].prefix: prefix takes";
    assert!(err.starts_with(place), "{err}");
}

#[test]
fn one_of_the_two_may_come_from_standard_input() {
    let folder = TempDir::new().unwrap();
    let pattern = file(&folder, "pattern.json", r#"{"a": [1]}"#);
    let (status, ..) = presso(
        &["--pattern", word(&pattern), "--event", "-"],
        r#"{"a": 1.0}"#,
    );
    assert_eq!(status, 0);
    let event = file(&folder, "event.json", r#"{"a": 2}"#);
    let (status, ..) = presso(
        &["--pattern", "-", "--event", word(&event)],
        r#"{"a": [1]}"#,
    );
    assert_eq!(status, 1);
    let (status, ..) = presso(&["--pattern", "-", "--event", "-"], "{}");
    assert_eq!(status, 3);
}

#[test]
fn lines_are_answered_one_by_one_and_the_worst_is_the_status() {
    let lines = [
        r#"{"pattern": {"a": [0.1234567890123456]}, "event": {"a": 0.1234567890123456}}"#,
        r#"{"pattern": "{\"a\": [\"x\"]}", "event": {"a": "y"}}"#,
        r#"{"pattern": {"a": []}, "event": {}}"#,
        r#"{"pattern": 1"#,
        "",
        r#"{"pattern": {"a": [null]}, "event": {"a": null}}"#,
    ];
    let (status, out, err) = presso(&["--json-lines"], &lines.join("\n"));
    let answers: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let verdicts: Vec<_> = answers
        .iter()
        .map(|answer| answer["match"].as_bool())
        .collect();
    assert_eq!(
        verdicts,
        [Some(true), Some(false), None, None, Some(true)],
        "{out}"
    );
    assert_eq!(answers[2]["malformed"]["path"], "$.a");
    assert_eq!((status, err.as_str()), (2, ""));
    let (status, ..) = presso(&["--json-lines"], lines[0]);
    assert_eq!(status, 0);
}

#[test]
fn without_something_to_judge_it_ends_with_3_or_shows_how_it_is_called() {
    let (status, _, err) = presso(&["--pattern", "nowhere.json", "--event", "-"], "{}");
    assert_eq!(status, 3);
    assert!(err.starts_with("presso: nowhere.json: "), "{err}");
    let (status, _, err) = judge("{\"a\": [1]}", "{\"a\": ");
    assert_eq!(status, 3);
    assert!(err.contains("event.json: EOF"), "{err}");
    let (status, ..) = presso(&[], "");
    assert_eq!(status, 2);
}
