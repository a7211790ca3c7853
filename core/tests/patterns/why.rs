//! What is said about a match and about none.

use crate::{event, parse};

#[track_caller]
fn says(pattern: &str, given: &str, said: &str) {
    assert_eq!(parse(pattern).explain(&event(given)).to_string(), said);
}

#[test]
fn a_match_says_what_each_field_is() {
    says(
        r#"{"source": ["a", "b"], "n": [{"numeric": [">", 0, "<=", 5]}]}"#,
        r#"{"source": "b", "n": 3}"#,
        r#"match: n is a number > 0 and <= 5; source is "a" or "b""#,
    );
}

#[test]
fn no_match_says_which_field_and_how() {
    says(
        r#"{"a": [{"prefix": "x"}, null], "b": [{"exists": false}], "c": [{"anything-but": [1, 2]}]}"#,
        r#"{"a": ["y", 1, 2, 3, 4], "c": 1}"#,
        r#"no match: a is "y", 1, 2, 2 more, it must be a string that begins with "x" or null; c is 1, it must be anything but 1 or 2"#,
    );
    says(
        r#"{"b": [{"exists": false}]}"#,
        r#"{"b": 1}"#,
        "no match: b must be absent and is 1",
    );
    says(
        r#"{"detail": {"a": [{"cidr": "10.0.0.0/8"}]}}"#,
        "{}",
        "no match: detail.a has no value, it must be an address in 10.0.0.0/8",
    );
    says(
        r#"{"a": [1]}"#,
        "[1]",
        "no match: the event is no JSON object",
    );
}

#[test]
fn values_in_different_elements_are_said_to_be_apart() {
    says(
        r#"{"d": {"a": [1], "b": [2]}}"#,
        r#"{"d": [{"a": 1}, {"b": 2}]}"#,
        "no match: d.a is 1, but no element of the array has that together with d.b",
    );
}

#[test]
fn with_or_the_nearest_combination_is_told() {
    says(
        r#"{"$or": [{"a": [1], "b": [1]}, {"c": [1]}]}"#,
        r#"{"c": 2}"#,
        "no match: c is 2, it must be 1 (the nearest of 2 combinations of $or)",
    );
    says(
        r#"{"$or": [{"a": [1]}, {"c": [{"wildcard": "x*"}]}]}"#,
        r#"{"c": "xyz"}"#,
        r#"match: c is a string like "x*" (one of 2 combinations of $or)"#,
    );
}
