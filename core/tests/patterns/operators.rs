//! The operators, one table each.

use crate::{Row, hold};

pub(crate) const PREFIX_AND_SUFFIX_ARE_OF_STRINGS: &[Row<'static>] = &[
    (
        "guide, Prefix matching",
        r#"{"time": [{"prefix": "2017-10-02"}]}"#,
        &[
            r#"{"time": "2017-10-02T18:43:48Z"}"#,
            r#"{"time": "2017-10-02"}"#,
        ],
        &[
            r#"{"time": "2017-10-03"}"#,
            r#"{"time": 2017}"#,
            r#"{"time": "2017"}"#,
            "{}",
        ],
    ),
    (
        "ruler, Prefix matching: the empty prefix begins every string, and only strings",
        r#"{"a": [{"prefix": ""}]}"#,
        &[r#"{"a": ""}"#, r#"{"a": "x"}"#],
        &[r#"{"a": null}"#, r#"{"a": 1}"#, r#"{"a": true}"#],
    ),
    (
        "guide, Prefix matching while ignoring case",
        r#"{"detail": {"service": [{"prefix": {"equals-ignore-case": "EventB"}}]}}"#,
        &[
            r#"{"detail": {"service": "eventbridge"}}"#,
            r#"{"detail": {"service": "EVENTB"}}"#,
        ],
        &[
            r#"{"detail": {"service": "event"}}"#,
            r#"{"detail": {"service": "xeventb"}}"#,
        ],
    ),
    (
        "guide, Suffix matching",
        r#"{"FileName": [{"suffix": ".png"}]}"#,
        &[r#"{"FileName": "a.png"}"#, r#"{"FileName": ".png"}"#],
        &[
            r#"{"FileName": "a.PNG"}"#,
            r#"{"FileName": "a.png "}"#,
            r#"{"FileName": 1}"#,
        ],
    ),
    (
        "guide, Suffix matching while ignoring case",
        r#"{"detail": {"FileName": [{"suffix": {"equals-ignore-case": ".png"}}]}}"#,
        &[r#"{"detail": {"FileName": "a.PnG"}}"#],
        &[r#"{"detail": {"FileName": "a.jpg"}}"#],
    ),
    (
        "ruler, tests: suffixes of letters with several bytes",
        r#"{"a": [{"suffix": "大雨"}], "b": [{"suffix": {"equals-ignore-case": "Ⱥ"}}]}"#,
        &[r#"{"a": "今天大雨", "b": "xⱥ"}"#],
        &[r#"{"a": "雨大", "b": "ⱥ"}"#],
    ),
];

#[test]
fn prefix_and_suffix_are_of_strings() {
    hold(PREFIX_AND_SUFFIX_ARE_OF_STRINGS);
}

pub(crate) const EQUALS_IGNORE_CASE_COMPARES_LETTER_BY_LETTER: &[Row<'static>] = &[(
    "guide, Equals-ignore-case matching",
    r#"{"detail-type": [{"equals-ignore-case": "EC2 Größe"}]}"#,
    &[
        r#"{"detail-type": "ec2 grÖSSe"}"#,
        r#"{"detail-type": "EC2 größe"}"#,
    ],
    &[
        r#"{"detail-type": "ec2 grosse"}"#,
        r#"{"detail-type": "ec2 größe!"}"#,
        r#"{"detail-type": null}"#,
    ],
)];

#[test]
fn equals_ignore_case_compares_letter_by_letter() {
    hold(EQUALS_IGNORE_CASE_COMPARES_LETTER_BY_LETTER);
}

pub(crate) const WILDCARDS_STAND_FOR_ANY_CHARACTERS: &[Row<'static>] = &[
    (
        "guide, Matching using wildcards",
        r#"{"EventBusArn": [{"wildcard": "arn:*:event-bus/*"}]}"#,
        &[
            r#"{"EventBusArn": "arn:aws:events:us-east-1:1:event-bus/x"}"#,
            r#"{"EventBusArn": "arn::event-bus/"}"#,
        ],
        &[
            r#"{"EventBusArn": "arn:event-bus/x"}"#,
            r#"{"EventBusArn": "xarn::event-bus/"}"#,
        ],
    ),
    (
        "ruler, Wildcard matching: escapes",
        r#"{"a": [{"wildcard": "\\**\\\\"}]}"#,
        &[r#"{"a": "*\\"}"#, r#"{"a": "*xy\\"}"#],
        &[r#"{"a": "x\\"}"#, r#"{"a": "*"}"#],
    ),
    (
        "ruler, Wildcard matching: only strings; the empty one is the empty string",
        r#"{"a": [{"wildcard": "*"}], "b": [{"wildcard": ""}]}"#,
        &[r#"{"a": "", "b": ""}"#, r#"{"a": "x", "b": ""}"#],
        &[
            r#"{"a": 1, "b": ""}"#,
            r#"{"a": "x", "b": "x"}"#,
            r#"{"b": ""}"#,
        ],
    ),
];

#[test]
fn wildcards_stand_for_any_characters() {
    hold(WILDCARDS_STAND_FOR_ANY_CHARACTERS);
}

pub(crate) const ANYTHING_BUT_TAKES_EVERY_VALUE_BUT_THOSE: &[Row<'static>] = &[
    (
        "guide, Anything-but matching: a string; other kinds of values are other values",
        r#"{"a": [{"anything-but": "initializing"}]}"#,
        &[
            r#"{"a": "running"}"#,
            r#"{"a": 1}"#,
            r#"{"a": null}"#,
            r#"{"a": ""}"#,
        ],
        &[
            r#"{"a": "initializing"}"#,
            "{}",
            r#"{"a": {}}"#,
            r#"{"a": {"b": "c"}}"#,
        ],
    ),
    (
        "guide, Anything-but matching: a number",
        r#"{"a": [{"anything-but": 123}]}"#,
        &[
            r#"{"a": "123"}"#,
            r#"{"a": 124}"#,
            r#"{"a": 9007199254740993}"#,
        ],
        &[r#"{"a": 123}"#, r#"{"a": 123.0}"#, r#"{"a": 1.23e2}"#],
    ),
    (
        "guide, Anything-but matching: lists",
        r#"{"a": [{"anything-but": ["stopped", "overloaded"]}], "b": [{"anything-but": [1, 2]}]}"#,
        &[r#"{"a": "x", "b": 3}"#, r#"{"a": 1, "b": "1"}"#],
        &[r#"{"a": "stopped", "b": 3}"#, r#"{"a": "x", "b": 2e0}"#],
    ),
    (
        "guide, Anything-but matching on prefixes, one and several",
        r#"{"a": [{"anything-but": {"prefix": "init"}}], "b": [{"anything-but": {"prefix": ["x", "y"]}}]}"#,
        &[r#"{"a": "running", "b": "z"}"#, r#"{"a": 5, "b": ""}"#],
        &[
            r#"{"a": "init", "b": "z"}"#,
            r#"{"a": "a", "b": "yes"}"#,
            r#"{"a": "a"}"#,
        ],
    ),
    (
        "guide, Anything-but matching on suffixes",
        r#"{"a": [{"anything-but": {"suffix": [".txt", ".rtf"]}}]}"#,
        &[r#"{"a": ".txt.json"}"#],
        &[r#"{"a": "a.txt"}"#, r#"{"a": ".rtf"}"#],
    ),
    (
        "guide, Anything-but matching while ignoring case",
        r#"{"a": [{"anything-but": {"equals-ignore-case": ["initializing", ""]}}]}"#,
        &[r#"{"a": "init"}"#, r#"{"a": null}"#],
        &[r#"{"a": "INITIALIZING"}"#, r#"{"a": ""}"#],
    ),
    (
        "guide, Anything-but matching using wildcards",
        r#"{"a": [{"anything-but": {"wildcard": ["*/lib/*", "*.jar"]}}]}"#,
        &[r#"{"a": "/usr/bin"}"#, r#"{"a": true}"#],
        &[r#"{"a": "/usr/lib/x"}"#, r#"{"a": "a.jar"}"#],
    ),
    (
        "ruler, tests: an excluded address is only its spelling",
        r#"{"a": [{"anything-but": "::1"}]}"#,
        &[r#"{"a": "0:0:0:0:0:0:0:1"}"#],
        &[r#"{"a": "::1"}"#],
    ),
    (
        "guide, Matching on multiple field values: entries of one list are alternatives",
        r#"{"a": [{"anything-but": "x"}, "x"], "b": [{"prefix": "p"}, {"numeric": [">", 1]}, null]}"#,
        &[
            r#"{"a": "x", "b": 2}"#,
            r#"{"a": "y", "b": "p"}"#,
            r#"{"a": 1, "b": null}"#,
        ],
        &[r#"{"a": "x", "b": 1}"#],
    ),
];

#[test]
fn anything_but_takes_every_value_but_those() {
    hold(ANYTHING_BUT_TAKES_EVERY_VALUE_BUT_THOSE);
}

pub(crate) const NUMERIC_COMPARES_NUMBERS_ONLY: &[Row<'static>] = &[
    (
        "guide, Numeric matching",
        r#"{"c": [{"numeric": [">", 0, "<=", 5]}], "d": [{"numeric": ["<", 10]}], "x": [{"numeric": ["=", 3.018e2]}]}"#,
        &[
            r#"{"c": 5, "d": -1e300, "x": 301.8}"#,
            r#"{"c": 1e-300, "d": 9.999999, "x": 3018e-1}"#,
        ],
        &[
            r#"{"c": 0, "d": 1, "x": 301.8}"#,
            r#"{"c": 5.000001, "d": 1, "x": 301.8}"#,
            r#"{"c": 5, "d": 10, "x": 301.8}"#,
            r#"{"c": "5", "d": 1, "x": 301.8}"#,
            r#"{"c": 5, "d": null, "x": 301.8}"#,
        ],
    ),
    (
        "ruler, Numeric matching: open and closed ends, negative numbers",
        r#"{"a": [{"numeric": [">=", -2.5, "<", -1]}, {"numeric": [">", 1e10]}]}"#,
        &[
            r#"{"a": -2.5}"#,
            r#"{"a": -1.000001}"#,
            r#"{"a": 10000000001}"#,
        ],
        &[r#"{"a": -1}"#, r#"{"a": -2.6}"#, r#"{"a": 1e10}"#],
    ),
    (
        "ruler, ComparableNumber: what is no double is in no range",
        r#"{"a": [{"numeric": [">", 0]}]}"#,
        &[r#"{"a": 9007199254740992}"#],
        &[r#"{"a": 9007199254740993}"#],
    ),
];

#[test]
fn numeric_compares_numbers_only() {
    hold(NUMERIC_COMPARES_NUMBERS_ONLY);
}

pub(crate) const EXISTS_ASKS_WHETHER_THERE_IS_A_VALUE: &[Row<'static>] = &[
    (
        "guide, Exists matching: any value, null too",
        r#"{"detail": {"c": [{"exists": true}]}}"#,
        &[
            r#"{"detail": {"c": 0}}"#,
            r#"{"detail": {"c": null}}"#,
            r#"{"detail": {"c": ["x"]}}"#,
        ],
        &[
            r#"{"detail": {}}"#,
            r#"{"detail": {"c": []}}"#,
            r#"{"detail": {"c": {"d": 1}}}"#,
        ],
    ),
    (
        "guide, Exists matching: only leaves, so an object is no value",
        r#"{"detail": {"c": [{"exists": false}]}}"#,
        &[
            r#"{"detail": {"state": "x"}}"#,
            r#"{"detail": {"c": {"c1": 100}}}"#,
            r#"{"detail": {"c": []}}"#,
            r#"{"other": 1}"#,
            r#"{"detail": "text"}"#,
        ],
        &[
            r#"{"detail": {"c": null}}"#,
            r#"{"detail": {"c": [{"d": 1}, 2]}}"#,
        ],
    ),
    (
        "ruler, Exists matching: absence or a value",
        r#"{"a": [{"exists": false}, "x"], "b": [1]}"#,
        &[r#"{"b": 1}"#, r#"{"a": "x", "b": 1}"#],
        &[r#"{"a": "y", "b": 1}"#, r#"{"a": "x"}"#],
    ),
];

#[test]
fn exists_asks_whether_there_is_a_value() {
    hold(EXISTS_ASKS_WHETHER_THERE_IS_A_VALUE);
}

pub(crate) const CIDR_TAKES_ADDRESSES_OF_ITS_BLOCK: &[Row<'static>] = &[
    (
        "guide, IP address matching",
        r#"{"ip": [{"cidr": "10.0.0.0/24"}]}"#,
        &[r#"{"ip": "10.0.0.0"}"#, r#"{"ip": "10.0.0.255"}"#],
        &[
            r#"{"ip": "10.0.1.0"}"#,
            r#"{"ip": "10.0.0"}"#,
            r#"{"ip": "10.0.0.0/24"}"#,
            r#"{"ip": "::a00:1"}"#,
            r#"{"ip": 10}"#,
        ],
    ),
    (
        "guide, IP address matching: IPv6",
        r#"{"ip": [{"cidr": "2001:db8::/32"}]}"#,
        &[r#"{"ip": "2001:DB8:0:1::"}"#, r#"{"ip": "2001:0db8::"}"#],
        &[r#"{"ip": "2001:db9::"}"#, r#"{"ip": "32.1.13.184"}"#],
    ),
    (
        "ruler, CIDR: an address as a plain value matches its other spellings",
        r#"{"ip": ["2001:db8::1", "10.0.1.200"]}"#,
        &[
            r#"{"ip": "2001:db8:0:0:0:0:0:1"}"#,
            r#"{"ip": "10.0.1.200"}"#,
        ],
        &[r#"{"ip": "2001:db8::2"}"#, r#"{"ip": "10.0.1.20"}"#],
    ),
];

#[test]
fn cidr_takes_addresses_of_its_block() {
    hold(CIDR_TAKES_ADDRESSES_OF_ITS_BLOCK);
}
