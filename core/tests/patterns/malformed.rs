//! What is refused, with its place and its rule.

use presso_core::pattern::{Malformed, Pattern, Rule, limits};

#[track_caller]
fn refused(text: &str) -> Malformed {
    match Pattern::parse(text) {
        Err(malformed) => malformed,
        Ok(_) => panic!("{text} was taken"),
    }
}

#[test]
fn every_rule_names_the_place_that_breaks_it() {
    for (text, path, rule) in [
        ("[1, 2]", "$", "a pattern is an object"),
        ("{}", "$", "at least one field"),
        (r#"{"a": {}}"#, "$.a", "at least one field"),
        (r#"{"a": []}"#, "$.a", "at least one value"),
        (r#"{"a": 1}"#, "$.a", "\"a\" names a list of values"),
        (r#"{"a": {"b c": "x"}}"#, "$.a[\"b c\"]", "names a list"),
        (r#"{"a": ["x", ["y"]]}"#, "$.a[1]", "no list"),
        (
            r#"{"a": [{"foo": 1}]}"#,
            "$.a[0].foo",
            "no operator \"foo\"",
        ),
        (r#"{"a": [{}]}"#, "$.a[0]", "exactly one name"),
        (
            r#"{"a": [{"prefix": "x", "suffix": "y"}]}"#,
            "$.a[0].suffix",
            "exactly one name",
        ),
        (
            r#"{"a": [{"exactly": 33}]}"#,
            "$.a[0].exactly",
            "exactly takes a string",
        ),
        (
            r#"{"a": [{"prefix": 3}]}"#,
            "$.a[0].prefix",
            "prefix takes a string",
        ),
        (
            r#"{"a": [{"suffix": {"wildcard": "x"}}]}"#,
            "$.a[0].suffix.wildcard",
            "suffix takes a string, or",
        ),
        (
            r#"{"a": [{"prefix": {"equals-ignore-case": ["x"]}}]}"#,
            "$.a[0].prefix.equals-ignore-case",
            "takes a string",
        ),
        (
            r#"{"a": [{"equals-ignore-case": 5}]}"#,
            "$.a[0].equals-ignore-case",
            "takes a string",
        ),
        (
            r#"{"a": [{"wildcard": "a**b"}]}"#,
            "$.a[0].wildcard",
            "side by side",
        ),
        (
            r#"{"a": [{"wildcard": "a\\b"}]}"#,
            "$.a[0].wildcard",
            "backslash",
        ),
        (
            r#"{"a": [{"wildcard": "a\\"}]}"#,
            "$.a[0].wildcard",
            "backslash",
        ),
        (
            r#"{"a": [{"anything-but": []}]}"#,
            "$.a[0].anything-but",
            "anything-but takes",
        ),
        (
            r#"{"a": [{"anything-but": ["x", 1]}]}"#,
            "$.a[0].anything-but",
            "only strings or only",
        ),
        (
            r#"{"a": [{"anything-but": [null]}]}"#,
            "$.a[0].anything-but[0]",
            "anything-but takes",
        ),
        (
            r#"{"a": [{"anything-but": true}]}"#,
            "$.a[0].anything-but",
            "anything-but takes",
        ),
        (
            r#"{"a": [{"anything-but": {"numeric": ["<", 1]}}]}"#,
            "$.a[0].anything-but.numeric",
            "one of prefix, suffix",
        ),
        (
            r#"{"a": [{"anything-but": {"prefix": ["x", ""]}}]}"#,
            "$.a[0].anything-but.prefix[1]",
            "no empty string",
        ),
        (
            r#"{"a": [{"anything-but": {"suffix": [1]}}]}"#,
            "$.a[0].anything-but.suffix[0]",
            "a string or a list of strings",
        ),
        (
            r#"{"a": [{"anything-but": {"wildcard": ["x", "y**"]}}]}"#,
            "$.a[0].anything-but.wildcard[1]",
            "side by side",
        ),
        (
            r#"{"a": [{"anything-but": {"prefix": "x"}, "b": 1}]}"#,
            "$.a[0].b",
            "exactly one name",
        ),
        (
            r#"{"a": [{"exists": "yes"}]}"#,
            "$.a[0].exists",
            "true or false",
        ),
        (
            r#"{"a": [{"cidr": "10.0.0.0/33"}]}"#,
            "$.a[0].cidr",
            "below 32 bits",
        ),
        (
            r#"{"a": [{"numeric": 5}]}"#,
            "$.a[0].numeric",
            "numeric takes",
        ),
        (
            r#"{"a": [{"numeric": ["="]}]}"#,
            "$.a[0].numeric",
            "numeric takes",
        ),
        (
            r#"{"a": [{"numeric": ["=", "5"]}]}"#,
            "$.a[0].numeric[1]",
            "numeric takes",
        ),
        (
            r#"{"a": [{"numeric": ["==", 5]}]}"#,
            "$.a[0].numeric[0]",
            "not with \"==\"",
        ),
        (
            r#"{"a": [{"numeric": ["<", 1, ">", 0]}]}"#,
            "$.a[0].numeric",
            "lower and then an upper",
        ),
        (
            r#"{"a": [{"numeric": [">", 1, "<", 1]}]}"#,
            "$.a[0].numeric[3]",
            "must be below",
        ),
        (
            r#"{"a": [{"numeric": [">", 1, "<", 3, 4]}]}"#,
            "$.a[0].numeric",
            "numeric takes",
        ),
        (
            r#"{"a": [{"numeric": ["=", 1E309]}]}"#,
            "$.a[0].numeric[1]",
            "double-precision",
        ),
        (
            r#"{"a": [{"numeric": ["=", 1E-325]}]}"#,
            "$.a[0].numeric[1]",
            "double-precision",
        ),
        (r#"{"$or": [{"a": [1]}]}"#, "$.$or", "at least two objects"),
        (
            r#"{"d": {"$or": [{"a": [1]}, {"b": [1]}, [1]]}}"#,
            "$.d.$or[2]",
            "at least two objects",
        ),
        (
            r#"{"$or": [{"a": [1]}, {}]}"#,
            "$.$or[1]",
            "at least one field",
        ),
        (
            r#"{"$or": [{"a": [1]}, {"numeric": [1]}]}"#,
            "$.$or[1].numeric",
            "\"numeric\" is reserved",
        ),
        (
            r#"{"$or": [{"a": {"<": [1]}}, {"b": [1]}]}"#,
            "$.$or[0].a[\"<\"]",
            "is reserved",
        ),
    ] {
        let malformed = refused(text);
        assert_eq!(malformed.path, path, "{text}: {malformed}");
        assert!(malformed.to_string().contains(rule), "{text}: {malformed}");
    }
}

#[test]
fn the_place_has_a_line_and_a_column() {
    let malformed = refused("{\n  \"ä\": [\"x\"],\n  \"bü\": [\"é\", {\"prefix\": 3}]\n}");
    assert_eq!((malformed.line, malformed.column), (3, 26));
    let said = "line 3, column 26, at $[\"bü\"][1].prefix: prefix takes a string";
    assert!(malformed.to_string().starts_with(said), "{malformed}");
}

#[test]
fn what_is_no_json_says_where_it_stops() {
    let malformed = refused("{\"a\": [1 2]}");
    assert_eq!((malformed.line, malformed.column), (1, 10));
    assert!(matches!(malformed.rule, Rule::Json(_)), "{malformed}");
    assert!(matches!(refused("").rule, Rule::Json(_)));
    let half = refused(r#"{"a": ["\ud800"]}"#);
    assert!(matches!(half.rule, Rule::Json(_)), "{half}");
}

#[test]
fn a_pattern_that_is_too_large_is_refused_at_once() {
    let long = format!(r#"{{"a": ["{}"]}}"#, "x".repeat(limits::BYTES));
    assert_eq!(refused(&long).rule, Rule::TooLong);
    let deep = format!("{}1{}", r#"{"a":"#.repeat(1_000), "}".repeat(1_000));
    assert_eq!(refused(&deep).rule, Rule::TooDeep);
    let deep = format!(r#"{{"a": {}}}"#, "[".repeat(70) + &"]".repeat(70));
    assert_eq!(refused(&deep).rule, Rule::TooDeep);
}

#[test]
fn alternatives_that_multiply_too_far_are_refused_at_once() {
    let two = |n| format!(r#""f{n}": {{"$or": [{{"a": [1]}}, {{"b": [1]}}]}}"#);
    let many: Vec<String> = (0..40).map(two).collect();
    let malformed = refused(&format!("{{{}}}", many.join(", ")));
    assert_eq!(malformed.rule, Rule::TooManyCombinations);
    assert_eq!(malformed.path, "$.f9.$or");
    // 512 ways through, with 200 fields each behind them.
    let fields: Vec<String> = (0..200).map(|n| format!(r#""x{n}": [1]"#)).collect();
    let few: Vec<String> = (0..9).map(two).collect();
    let malformed = refused(&format!("{{{}, {}}}", few.join(", "), fields.join(", ")));
    assert_eq!(malformed.rule, Rule::TooManyFields);
}
