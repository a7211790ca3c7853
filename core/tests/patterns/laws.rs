//! Laws over generated patterns, events and texts.

use presso_core::pattern::{Pattern, Rules};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Few names and few values, so that much matches.
const NAMES: &[&str] = &["a", "b", "c", "$or", "source"];
const DOTTED: &[&str] = &["a", "b", "c", "a.b", "b.", "$or", "source"];

fn name(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(names).prop_map(str::to_owned)
}

fn plain() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..3).prop_map(Value::from),
        Just(json!(1.0)),
        Just(json!(0.5)),
        Just(json!(9_007_199_254_740_993_u64)),
        prop::sample::select(vec!["", "a", "ab", "AB", "b", "10.0.0.1", "::1"])
            .prop_map(Value::from),
    ]
}

fn event(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let object = move |inner| {
        prop::collection::btree_map(name(names), inner, 0..5).prop_map(|map| json!(map))
    };
    let inside = plain().prop_recursive(4, 40, 4, move |inner| {
        prop_oneof![
            2 => object(inner.clone().boxed()),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::from),
        ]
    });
    object(inside.boxed())
}

fn operator() -> impl Strategy<Value = Value> {
    let text = prop::sample::select(vec!["", "a", "A", "b", "ab"]);
    let some = prop::sample::select(vec!["a", "A", "b"]);
    prop_oneof![
        6 => plain(),
        1 => text.clone().prop_map(|text| json!({"prefix": text})),
        1 => text.clone().prop_map(|text| json!({"suffix": {"equals-ignore-case": text}})),
        1 => text.clone().prop_map(|text| json!({"equals-ignore-case": text})),
        1 => some.clone().prop_map(|text| json!({"wildcard": format!("*{text}*")})),
        1 => some.prop_map(|text| json!({"anything-but": {"prefix": [text]}})),
        1 => text.prop_map(|text| json!({"anything-but": [text]})),
        1 => (-2..2).prop_map(|from| json!({"numeric": [">=", from, "<", from + 2]})),
        2 => any::<bool>().prop_map(|there| json!({"exists": there})),
        1 => Just(json!({"cidr": "10.0.0.0/8"})),
    ]
}

fn pattern() -> impl Strategy<Value = Value> {
    let list = prop::collection::vec(operator(), 1..3).prop_map(Value::from);
    let field =
        || prop::sample::select(vec!["a", "b", "c", "a.b", "source"]).prop_map(str::to_owned);
    let object = list.prop_recursive(3, 12, 3, move |inner| {
        prop::collection::btree_map(field(), inner, 1..3).prop_map(|map| json!(map))
    });
    let top = prop::collection::btree_map(field(), object, 1..3);
    (top.clone(), prop::option::weighted(0.3, (top.clone(), top))).prop_map(|(map, or)| {
        let mut map = json!(map);
        if let Some((one, other)) = or {
            map["$or"] = json!([one, other]);
        }
        map
    })
}

/// What the published rule says, as slowly as it says it: flatten, then try every choice of values
/// in the order of the paths, each with the elements that it comes from.
mod slowly {
    use super::{Pattern, Value};

    type Elements = Vec<(usize, usize)>;
    type Leaf<'e> = (String, &'e Value, Elements);

    fn flatten<'e>(
        value: &'e Value,
        path: &str,
        elements: &Elements,
        arrays: &mut usize,
        leaves: &mut Vec<Leaf<'e>>,
    ) {
        match value {
            Value::Object(map) => {
                for (name, inside) in map {
                    let dot = if path.is_empty() { "" } else { "." };
                    flatten(
                        inside,
                        &format!("{path}{dot}{name}"),
                        elements,
                        arrays,
                        leaves,
                    );
                }
            }
            Value::Array(items) => {
                let array = *arrays;
                *arrays += 1;
                for (index, item) in items.iter().enumerate() {
                    let mut inside = elements.clone();
                    if item.is_array() || item.is_object() {
                        inside.push((array, index));
                    }
                    flatten(item, path, &inside, arrays, leaves);
                }
            }
            plain => leaves.push((path.to_owned(), plain, elements.clone())),
        }
    }

    fn agree(one: &Elements, other: &Elements) -> bool {
        let clash =
            |(array, index): &(usize, usize)| other.iter().any(|(a, i)| a == array && i != index);
        !one.iter().any(clash)
    }

    /// A field: its path, its list as a pattern of one field, and whether absence will do.
    pub(super) type Field = (String, Pattern, bool);

    pub(super) fn fields(pattern: &Value) -> Vec<Field> {
        fn collect(value: &Value, path: &str, fields: &mut Vec<(String, Value)>) {
            if let Value::Object(map) = value {
                for (name, inside) in map {
                    let dot = if path.is_empty() { "" } else { "." };
                    collect(inside, &format!("{path}{dot}{name}"), fields);
                }
            } else {
                fields.retain(|(known, _)| known != path);
                fields.push((path.to_owned(), value.clone()));
            }
        }
        let mut lists = Vec::new();
        collect(pattern, "", &mut lists);
        lists.sort_by(|one, other| one.0.cmp(&other.0));
        let of = |(path, list): (String, Value)| {
            let absence = serde_json::json!({"exists": false});
            let lacks = list.as_array().unwrap().contains(&absence);
            let alone = serde_json::json!({"v": list}).to_string();
            (path, Pattern::parse(&alone).unwrap(), lacks)
        };
        lists.into_iter().map(of).collect()
    }

    fn from(fields: &[Field], leaves: &[Leaf<'_>], chosen: &Elements) -> bool {
        let [(path, list, may_lack), rest @ ..] = fields else {
            return true;
        };
        let mut at_path = leaves
            .iter()
            .filter(|(leaf, _, elements)| leaf == path && agree(elements, chosen))
            .peekable();
        if at_path.peek().is_none() {
            return *may_lack && from(rest, leaves, chosen);
        }
        at_path.any(|(_, value, elements)| {
            let mut more = chosen.clone();
            more.extend(elements);
            list.matches(&serde_json::json!({"v": value})) && from(rest, leaves, &more)
        })
    }

    pub(super) fn matches(fields: &[Field], event: &Value) -> bool {
        let mut leaves = Vec::new();
        flatten(event, "", &Vec::new(), &mut 0, &mut leaves);
        event.is_object() && from(fields, &leaves, &Vec::new())
    }
}

proptest! {
    #![proptest_config(Config { cases: 2_000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn law_rules_find_exactly_the_patterns_that_match(
        patterns in prop::collection::vec(pattern(), 1..12),
        events in prop::collection::vec(event(DOTTED), 1..4),
        gone in prop::collection::vec(0_usize..12, 0..4),
    ) {
        let parsed: Vec<Pattern> = patterns
            .iter()
            .map(|pattern| Pattern::parse(&pattern.to_string()).unwrap())
            .collect();
        let mut rules = Rules::new();
        for (key, pattern) in parsed.iter().enumerate() {
            rules.insert(key, pattern.clone());
        }
        let mut there: BTreeSet<usize> = (0..parsed.len()).collect();
        for key in &gone {
            prop_assert_eq!(rules.remove(key).is_some(), there.remove(key));
        }
        for event in &events {
            let one_by_one: Vec<usize> = parsed
                .iter()
                .enumerate()
                .filter(|(key, pattern)| there.contains(key) && pattern.matches(event))
                .map(|(key, _)| key)
                .collect();
            prop_assert_eq!(rules.matching(event), one_by_one);
        }
    }

    #[test]
    fn law_matching_is_what_trying_every_choice_finds(pattern in pattern(), event in event(NAMES)) {
        prop_assume!(pattern.get("$or").is_none());
        let parsed = Pattern::parse(&pattern.to_string()).unwrap();
        let expected = slowly::matches(&slowly::fields(&pattern), &event);
        prop_assert_eq!(parsed.matches(&event), expected, "{}", parsed.explain(&event));
    }

    #[test]
    fn law_the_explanation_agrees_with_the_match(pattern in pattern(), event in event(DOTTED)) {
        let parsed = Pattern::parse(&pattern.to_string()).unwrap();
        let why = parsed.explain(&event);
        prop_assert_eq!(why.matched, parsed.matches(&event));
        prop_assert_eq!(why.misses.is_empty(), why.matched, "{}", why);
    }

    #[test]
    fn law_any_json_is_taken_or_refused_as_a_pattern(json in event(DOTTED)) {
        if let Err(malformed) = Pattern::parse(&json.to_string()) {
            prop_assert!(malformed.path.starts_with('$') && malformed.line == 1);
        }
    }

    #[test]
    fn law_any_text_is_taken_or_refused_as_a_pattern(text in "[{}\\[\\]\",:0-9ae.\\\\u $ör\n-]{0,40}") {
        if let Err(malformed) = Pattern::parse(&text) {
            prop_assert!(malformed.column >= 1);
        }
    }
}
