//! Arrays in events, and which elements values may come from.

use crate::{Row, hold};

pub(crate) const AN_ARRAY_MATCHES_WHEN_ONE_OF_ITS_VALUES_DOES: &[Row<'static>] = &[
    (
        "guide, Arrays in event patterns: the lists have something in common",
        r#"{"resources": ["a", "b", "c"]}"#,
        &[
            r#"{"resources": ["x", "b"]}"#,
            r#"{"resources": "c"}"#,
            r#"{"resources": [["a"]]}"#,
        ],
        &[
            r#"{"resources": ["x"]}"#,
            r#"{"resources": []}"#,
            r#"{"resources": [{"a": "a"}]}"#,
        ],
    ),
    (
        "ruler, Anything-but: one other value is enough",
        r#"{"tags": [{"anything-but": "banned"}]}"#,
        &[r#"{"tags": ["banned", "ok"]}"#],
        &[r#"{"tags": ["banned", "banned"]}"#, r#"{"tags": []}"#],
    ),
    (
        "ruler, correctness cases: plain arrays bind nothing",
        r#"{"d": {"name": ["target"], "type": ["GROUP"], "tags": ["t"]}}"#,
        &[r#"{"d": {"name": ["a", "target"], "type": "GROUP", "tags": ["s", "t"]}}"#],
        &[r#"{"d": {"name": ["a"], "type": "GROUP", "tags": ["t"]}}"#],
    ),
];

#[test]
fn an_array_matches_when_one_of_its_values_does() {
    hold(AN_ARRAY_MATCHES_WHEN_ONE_OF_ITS_VALUES_DOES);
}

const EMPLOYEES: &str = r#"{"employees": [
    {"firstName": "John", "lastName": "Doe"},
    {"firstName": "Anna", "lastName": "Smith"},
    {"firstName": "Peter", "lastName": "Jones"}]}"#;
const TEAMS: &str = r#"{"employees": [
    [{"firstName": "John", "lastName": "Doe"}, {"firstName": "Anna", "lastName": "Smith"}],
    [{"firstName": "Peter", "lastName": "Jones"}]]}"#;

pub(crate) const VALUES_OF_OBJECTS_IN_AN_ARRAY_COME_FROM_ONE_ELEMENT: &[Row<'static>] = &[
    (
        "ruler, JSON Array Matching: arrays are opened",
        r#"{"employees": {"firstName": ["Anna"]}}"#,
        &[EMPLOYEES, TEAMS],
        &[r#"{"employees": [{"firstName": "Ann"}]}"#],
    ),
    (
        "ruler, JSON Array Matching: not Anna Jones",
        r#"{"employees": {"firstName": ["Anna"], "lastName": ["Jones"]}}"#,
        &[
            r#"{"employees": [{"firstName": "Anna"}, {"firstName": ["x", "Anna"], "lastName": "Jones"}]}"#,
        ],
        &[EMPLOYEES, TEAMS],
    ),
    (
        "ruler, JSON Array Matching: Anna Smith, also in a team",
        r#"{"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}}"#,
        &[EMPLOYEES, TEAMS],
        &[],
    ),
    (
        "ruler, correctness cases: arrays inside arrays, each with its element",
        r#"{"u": {"t": {"k": ["color"], "v": ["blue"]}, "n": ["x"]}}"#,
        &[
            r#"{"u": [{"n": "x", "t": [{"k": "size"}, {"k": "color", "v": "blue"}]}]}"#,
            r#"{"u": [{"n": "y"}, {"n": ["x"], "t": {"k": "color", "v": ["red", "blue"]}}]}"#,
        ],
        &[
            r#"{"u": [{"n": "x", "t": [{"k": "color"}, {"v": "blue"}]}]}"#,
            r#"{"u": [{"n": "x"}, {"t": [{"k": "color", "v": "blue"}]}]}"#,
        ],
    ),
    (
        "ruler, correctness cases: two arrays side by side are free of each other",
        r#"{"a": {"x": [1], "y": [2]}, "b": {"x": [3]}, "v": ["1"]}"#,
        &[r#"{"a": [{"x": 1}, {"x": 1, "y": 2}], "b": [{"x": 0}, {"x": 3}], "v": "1"}"#],
        &[r#"{"a": [{"x": 1}, {"y": 2}], "b": [{"x": 3}], "v": "1"}"#],
    ),
    (
        "ruler, JSON Array Matching: operators choose the element together",
        r#"{"i": {"p": [{"numeric": [">", 0, "<", 100]}], "n": [{"anything-but": "w"}]}}"#,
        &[r#"{"i": [{"n": "w", "p": 50}, {"n": "g", "p": 60}]}"#],
        &[r#"{"i": [{"n": "w", "p": 50}, {"n": "g", "p": 200}]}"#],
    ),
];

#[test]
fn values_of_objects_in_an_array_come_from_one_element() {
    hold(VALUES_OF_OBJECTS_IN_AN_ARRAY_COME_FROM_ONE_ELEMENT);
}

pub(crate) const ABSENCE_IS_ASKED_FOR_IN_THE_ELEMENT_THAT_WAS_CHOSEN: &[Row<'static>] = &[
    (
        "ruler, tests of exists:false in arrays: absent from the element of the others",
        r#"{"d": {"a": ["x"], "b": [{"exists": false}]}}"#,
        &[
            r#"{"d": [{"a": "x"}, {"b": 1}]}"#,
            r#"{"d": [{"a": "x", "b": 1}, {"a": "x"}]}"#,
        ],
        &[r#"{"d": [{"a": "x", "b": 1}, {"a": "y"}]}"#],
    ),
    (
        "ruler, ACFinder: fields go by name, so before any choice absent means from all",
        r#"{"d": {"a": [{"exists": false}], "b": ["x"]}}"#,
        &[r#"{"d": [{"b": "x"}, {"c": 1}]}"#],
        &[r#"{"d": [{"b": "x"}, {"a": 1}]}"#],
    ),
    (
        "ruler, ACFinder: deeper arrays of the chosen element count, those of others do not",
        r#"{"t": {"id": ["x"], "r": {"n": [{"exists": false}]}}}"#,
        &[r#"{"t": [{"id": "x", "r": [{"m": 1}]}, {"id": "y", "r": [{"n": 1}]}]}"#],
        &[r#"{"t": [{"id": "x", "r": [{"m": 1}, {"n": 1}]}, {"id": "y"}]}"#],
    ),
    (
        "ruler, ACFinder: absence alone means from every element",
        r#"{"d": {"a": [{"exists": false}]}}"#,
        &[r#"{"d": [{"b": 1}, {"a": {}}]}"#, r#"{"d": []}"#],
        &[r#"{"d": [{"b": 1}, {"a": null}]}"#],
    ),
    (
        "ruler, ACFinder: an array's own value from an array inside it binds the rest",
        r#"{"d": ["x"], "e": ["y"]}"#,
        &[r#"{"d": [["x"], {"c": 1}], "e": "y"}"#],
        &[],
    ),
    (
        "ruler, ACFinder: and so absence is asked for inside",
        r#"{"d": ["x"], "d.c": [{"exists": false}]}"#,
        &[r#"{"d": [["x"], {"c": 1}]}"#],
        &[r#"{"d": ["x", {"c": 1}]}"#, r#"{"d": [["x", {"c": 1}]]}"#],
    ),
];

#[test]
fn absence_is_asked_for_in_the_element_that_was_chosen() {
    hold(ABSENCE_IS_ASKED_FOR_IN_THE_ELEMENT_THAT_WAS_CHOSEN);
}
