//! `$or`: alternatives among fields, and when it is only a field of that name.

use crate::{Row, event, hold, parse};

pub(crate) const OR_TAKES_ONE_OF_ITS_OBJECTS: &[Row<'static>] = &[
    (
        "guide, $or: one of several fields",
        r#"{"detail": {"$or": [
                {"c": [{"numeric": [">", 0, "<=", 5]}]}, {"d": [{"numeric": ["<", 10]}]}]}}"#,
        &[r#"{"detail": {"c": 5}}"#, r#"{"detail": {"c": 6, "d": 1}}"#],
        &[r#"{"detail": {"c": 6, "d": 10}}"#, r#"{"c": 5}"#],
    ),
    (
        "ruler, And and Or: with fields beside it, and several in one branch",
        r#"{"source": ["s"], "$or": [{"m": ["a", "b"]}, {"t": ["T"], "n": ["N"]}, {"x": ["X"]}]}"#,
        &[
            r#"{"source": "s", "m": "b"}"#,
            r#"{"source": "s", "t": "T", "n": "N"}"#,
            r#"{"source": "s", "x": "X", "t": "U"}"#,
        ],
        &[
            r#"{"source": "s", "t": "T"}"#,
            r#"{"source": "r", "x": "X"}"#,
            r#"{"source": "s"}"#,
        ],
    ),
    (
        "ruler, And and Or: two side by side multiply",
        r#"{"$or": [{"a": [1]}, {"b": [1]}], "e": {"$or": [{"c": [1]}, {"d": [1]}]}}"#,
        &[r#"{"a": 1, "e": {"d": 1}}"#, r#"{"b": 1, "e": {"c": 1}}"#],
        &[
            r#"{"a": 1, "b": 1}"#,
            r#"{"e": {"c": 1, "d": 1}}"#,
            r#"{"a": 1, "c": 1}"#,
        ],
    ),
    (
        "ruler, And and Or: one inside another",
        r#"{"s": [1], "$or": [{"m": [1]}, {"n": [1], "$or": [{"i": [1]}, {"k": {"l": [1]}}]}]}"#,
        &[r#"{"s": 1, "m": 1}"#, r#"{"s": 1, "n": 1, "k": {"l": 1}}"#],
        &[r#"{"s": 1, "n": 1}"#, r#"{"s": 1, "i": 1}"#],
    ),
    (
        "ruler, tests of overriding: a branch's field takes the place of the same one outside",
        r#"{"name": ["a"], "$or": [{"name": [{"anything-but": "a"}]}, {"c": ["x"]}]}"#,
        &[r#"{"name": "b"}"#, r#"{"name": "a", "c": "x"}"#],
        &[r#"{"name": "a"}"#, r#"{"name": "a", "c": "y"}"#],
    ),
    (
        "ruler, And and Or: values of one array come from one element in each branch",
        r#"{"d": {"k": [1], "$or": [{"v": [1]}, {"w": [1]}]}}"#,
        &[r#"{"d": [{"v": 1}, {"k": 1, "w": 1}]}"#],
        &[r#"{"d": [{"k": 1}, {"v": 1, "w": 1}]}"#],
    ),
];

#[test]
fn or_takes_one_of_its_objects() {
    hold(OR_TAKES_ONE_OF_ITS_OBJECTS);
}

pub(crate) const OR_WITHOUT_FIELDS_IN_IT_IS_A_FIELD_OF_THAT_NAME: &[Row<'static>] = &[
    (
        "ruler, The backward compatibility of \"$or\": an object",
        r#"{"$or": {"t": ["T"], "n": ["N"]}}"#,
        &[r#"{"$or": {"t": "T", "n": "N"}}"#],
        &[r#"{"t": "T"}"#],
    ),
    (
        "ruler, The backward compatibility of \"$or\": only operators",
        r#"{"detail": {"$or": [{"numeric": [">", 0, "<=", 5]}, {"cidr": "10.0.0.0/8"}]}}"#,
        &[
            r#"{"detail": {"$or": 3}}"#,
            r#"{"detail": {"$or": "10.1.1.1"}}"#,
        ],
        &[r#"{"detail": {"$or": 6}}"#],
    ),
    (
        "ruler, The backward compatibility of \"$or\": plain values",
        r#"{"$or": ["x"]}"#,
        &[r#"{"$or": "x"}"#],
        &[r#"{"$or": "y"}"#],
    ),
];

#[test]
fn or_without_fields_in_it_is_a_field_of_that_name() {
    hold(OR_WITHOUT_FIELDS_IN_IT_IS_A_FIELD_OF_THAT_NAME);
}

#[test]
fn a_thousand_combinations_are_taken() {
    let ten = |name: &str| {
        let each: Vec<String> = (0..10)
            .map(|n| format!(r#"{{"{name}{n}": [1]}}"#))
            .collect();
        format!(r#""{name}": {{"$or": [{}]}}"#, each.join(", "))
    };
    let pattern = parse(&format!("{{{}, {}, {}}}", ten("a"), ten("b"), ten("c")));
    let text = r#"{"a": {"a3": 1}, "b": {"b9": 1}, "c": {"c0": 1}}"#;
    assert!(pattern.matches(&event(text)));
    assert_eq!(pattern.explain(&event(text)).combinations, 1_000);
}
