//! How many cases there are, by operator: counted from the tables themselves, and the same in
//! `docs/events.md`.

use crate::{Row, arrays, operators, or, values};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const TABLES: &[&[Row<'static>]] = &[
    operators::PREFIX_AND_SUFFIX_ARE_OF_STRINGS,
    operators::EQUALS_IGNORE_CASE_COMPARES_LETTER_BY_LETTER,
    operators::WILDCARDS_STAND_FOR_ANY_CHARACTERS,
    operators::ANYTHING_BUT_TAKES_EVERY_VALUE_BUT_THOSE,
    operators::NUMERIC_COMPARES_NUMBERS_ONLY,
    operators::EXISTS_ASKS_WHETHER_THERE_IS_A_VALUE,
    operators::CIDR_TAKES_ADDRESSES_OF_ITS_BLOCK,
    arrays::AN_ARRAY_MATCHES_WHEN_ONE_OF_ITS_VALUES_DOES,
    arrays::VALUES_OF_OBJECTS_IN_AN_ARRAY_COME_FROM_ONE_ELEMENT,
    arrays::ABSENCE_IS_ASKED_FOR_IN_THE_ELEMENT_THAT_WAS_CHOSEN,
    or::OR_TAKES_ONE_OF_ITS_OBJECTS,
    or::OR_WITHOUT_FIELDS_IN_IT_IS_A_FIELD_OF_THAT_NAME,
    values::PLAIN_VALUES_ARE_COMPARED_AS_THEY_ARE,
    values::NUMBERS_ARE_EQUAL_HOWEVER_THEY_ARE_WRITTEN,
    values::DOTS_IN_NAMES_ARE_PATHS,
];

const NAMES: [&str; 9] = [
    "prefix",
    "suffix",
    "equals-ignore-case",
    "wildcard",
    "anything-but",
    "numeric",
    "exists",
    "cidr",
    "exactly",
];

/// What a pattern uses; a list of plain values is `equals`.
fn operators_of(pattern: &Value, found: &mut BTreeSet<&'static str>) {
    match pattern {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "$or" && value.is_array() {
                    found.insert("$or");
                }
                match value {
                    Value::Array(entries) => entries.iter().for_each(|entry| match entry {
                        Value::Object(inside) => {
                            let own = NAMES.iter().find(|name| inside.contains_key(**name));
                            match own {
                                Some(name) => found.extend([*name]),
                                None => operators_of(entry, found),
                            }
                            nested(inside.values(), found);
                        }
                        _ => found.extend(["equals"]),
                    }),
                    _ => operators_of(value, found),
                }
            }
        }
        Value::Array(entries) => entries.iter().for_each(|entry| operators_of(entry, found)),
        _ => {}
    }
}

/// `{"prefix": {"equals-ignore-case": …}}` uses both.
fn nested<'v>(values: impl Iterator<Item = &'v Value>, found: &mut BTreeSet<&'static str>) {
    let fields = values.filter_map(Value::as_object).flatten();
    let used = fields.filter_map(|(name, _)| NAMES.iter().find(|own| *own == name));
    found.extend(used);
}

#[test]
fn the_cases_are_counted_by_operator_as_the_document_says() {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut all = [0; 3];
    for (_, pattern, matching, others) in TABLES.iter().copied().flatten() {
        let mut used = BTreeSet::new();
        let pattern = serde_json::from_str(pattern).expect("a pattern of ours is JSON");
        operators_of(&pattern, &mut used);
        let row = [1, matching.len(), others.len()];
        let add = |sum: &mut [usize; 3]| (0..3).for_each(|at| sum[at] += row[at]);
        used.iter()
            .for_each(|name| add(counts.entry(*name).or_default()));
        add(&mut all);
    }
    let line = |name: &str, [rows, matching, others]: [usize; 3]| {
        format!("| {name} | {rows} | {matching} | {others} |\n")
    };
    let mut table = String::from(
        "| operator | rules | events that match | that do not |\n| --- | --- | --- | --- |\n",
    );
    for (name, sum) in &counts {
        table += &line(&format!("`{name}`"), *sum);
    }
    table += &line("all (some use several)", all);
    println!("{table}");
    for name in NAMES.iter().chain(&["equals", "$or"]) {
        let [rows, matching, others] = counts.get(name).copied().unwrap_or_default();
        assert!(rows > 0 && matching > 0 && others > 0, "{name} has no case");
    }
    let document = include_str!("../../../docs/events.md");
    assert!(
        document.contains(&table),
        "docs/events.md should say\n{table}"
    );
}
