//! Plain values: strings, numbers, booleans, null, nested fields, names with dots.

use crate::{Row, hold};

pub(crate) const PLAIN_VALUES_ARE_COMPARED_AS_THEY_ARE: &[Row<'static>] = &[
    (
        "guide, Creating event patterns: fields not named do not count",
        r#"{"source": ["aws.ec2"], "detail": {"state": ["running", "stopped"]}}"#,
        &[
            r#"{"source": "aws.ec2", "detail": {"state": "running", "more": [1]}, "id": "x"}"#,
            r#"{"detail": {"state": "stopped"}, "source": "aws.ec2"}"#,
        ],
        &[
            r#"{"source": "aws.ec2", "detail": {"state": "pending"}}"#,
            r#"{"source": "aws.ec2", "state": "running"}"#,
            r#"{"source": "aws.ec2", "detail": "running"}"#,
            r#"{"source": "aws.ec"}"#,
            "[]",
            "null",
            r#""aws.ec2""#,
        ],
    ),
    (
        "guide, Creating event patterns: case and every character count",
        r#"{"a": ["Oat Milk"]}"#,
        &[r#"{"a": "Oat Milk"}"#, r#"{"a": "\u004fat Milk"}"#],
        &[
            r#"{"a": "oat milk"}"#,
            r#"{"a": "Oat Milk "}"#,
            r#"{"A": "Oat Milk"}"#,
        ],
    ),
    (
        "guide, Null values and empty strings: they are two values",
        r#"{"a": [""], "b": [null]}"#,
        &[r#"{"a": "", "b": null}"#],
        &[
            r#"{"a": null, "b": null}"#,
            r#"{"a": "", "b": ""}"#,
            r#"{"a": ""}"#,
            r#"{"a": "", "b": "null"}"#,
        ],
    ),
    (
        "ruler, JSON text matching: literals are not their names in quotes",
        r#"{"a": [true, "false"]}"#,
        &[r#"{"a": true}"#, r#"{"a": "false"}"#],
        &[r#"{"a": "true"}"#, r#"{"a": false}"#, r#"{"a": 1}"#],
    ),
    (
        "ruler, Simple matching: exactly is a plain value",
        r#"{"a": [{"exactly": "x"}]}"#,
        &[r#"{"a": "x"}"#],
        &[r#"{"a": "xx"}"#],
    ),
    (
        "ruler, RuleCompiler: a path that comes twice counts as it comes last",
        r#"{"a": ["y"], "a": ["z"]}"#,
        &[r#"{"a": "z"}"#],
        &[r#"{"a": "y"}"#],
    ),
];

#[test]
fn plain_values_are_compared_as_they_are() {
    hold(PLAIN_VALUES_ARE_COMPARED_AS_THEY_ARE);
}

pub(crate) const NUMBERS_ARE_EQUAL_HOWEVER_THEY_ARE_WRITTEN: &[Row<'static>] = &[
    (
        "ruler, Numeric matching (ComparableNumber): one number, many spellings",
        r#"{"a": [5]}"#,
        &[
            r#"{"a": 5}"#,
            r#"{"a": 5.0}"#,
            r#"{"a": 5e0}"#,
            r#"{"a": 0.5E1}"#,
        ],
        &[r#"{"a": "5"}"#, r#"{"a": 5.1}"#, r#"{"a": -5}"#],
    ),
    (
        "ruler, Numeric matching: also when the pattern has the longer spelling",
        r#"{"a": [3.018e2, -0.0]}"#,
        &[r#"{"a": 301.8}"#, r#"{"a": 0}"#],
        &[r#"{"a": 301.80001}"#],
    ),
    (
        "ruler, RuleCompiler: numbers beyond a double are their digits",
        r#"{"a": [9007199254740993]}"#,
        &[r#"{"a": 9007199254740993}"#],
        &[r#"{"a": 9007199254740992}"#, r#"{"a": 9007199254740994}"#],
    ),
    (
        "ruler, tests: account numbers",
        r#"{"account": [123456789012]}"#,
        &[
            r#"{"account": 123456789012}"#,
            r#"{"account": 1.23456789012e11}"#,
        ],
        &[r#"{"account": "123456789012"}"#],
    ),
];

#[test]
fn numbers_are_equal_however_they_are_written() {
    hold(NUMBERS_ARE_EQUAL_HOWEVER_THEY_ARE_WRITTEN);
}

pub(crate) const DOTS_IN_NAMES_ARE_PATHS: &[Row<'static>] = &[(
    "ruler, Compiled rules and JSON keys with dots",
    r#"{"detail": {"state.status": ["running"]}}"#,
    &[
        r#"{"detail": {"state": {"status": "running"}}}"#,
        r#"{"detail": {"state.status": "running"}}"#,
        r#"{"detail.state": {"status": "running"}}"#,
        r#"{"detail.state.status": "running", "detail": {"state": {"status": "stopped"}}}"#,
    ],
    &[
        r#"{"detail": {"state": "running"}}"#,
        r#"{"detail": {"status": "running"}}"#,
    ],
)];

#[test]
fn dots_in_names_are_paths() {
    hold(DOTS_IN_NAMES_ARE_PATHS);
}
