//! An event as patterns see it: names with dots in them are paths.
//!
//! AWS's matcher joins names with dots, so that `{"a.b": 1}` and `{"a": {"b": 1}}` are one event.

use serde_json::{Map, Value, map::Entry};
use std::borrow::Cow;

/// The event with every dotted name taken apart; the event itself when there is none.
pub(super) fn nested(event: &Value) -> Cow<'_, Value> {
    if dotted(event) {
        Cow::Owned(apart(event))
    } else {
        Cow::Borrowed(event)
    }
}

fn dotted(value: &Value) -> bool {
    match value {
        Value::Object(map) => map
            .iter()
            .any(|(name, inside)| name.contains('.') || dotted(inside)),
        Value::Array(items) => items.iter().any(dotted),
        _ => false,
    }
}

fn apart(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut apart_map = Map::new();
            for (name, inside) in map {
                let mut steps = name.rsplit('.');
                let last = steps.next().unwrap_or_default().to_owned();
                let mut tail = (last, apart(inside));
                for step in steps {
                    let one = Map::from_iter([tail]);
                    tail = (step.to_owned(), Value::Object(one));
                }
                merge(&mut apart_map, tail.0, tail.1);
            }
            Value::Object(apart_map)
        }
        Value::Array(items) => items.iter().map(apart).collect(),
        plain => plain.clone(),
    }
}

/// Two values that have the same path are both there: as objects in one, else side by side.
fn merge(map: &mut Map<String, Value>, name: String, value: Value) {
    match map.entry(name) {
        Entry::Vacant(vacant) => {
            vacant.insert(value);
        }
        Entry::Occupied(mut there) => match (there.get_mut(), value) {
            (Value::Object(there), Value::Object(value)) => {
                for (name, inside) in value {
                    merge(there, name, inside);
                }
            }
            (Value::Array(there), value) => there.push(value),
            (plain, Value::Array(mut items)) => {
                items.push(plain.take());
                *plain = Value::Array(items);
            }
            (plain, value) => *plain = Value::Array(vec![plain.take(), value]),
        },
    }
}

/// Every plain value at a path, whatever arrays it lies in.
pub(super) fn values<'e, S: AsRef<str>>(event: &'e Value, path: &[S], found: &mut Vec<&'e Value>) {
    match (event, path) {
        (Value::Array(items), _) => {
            for item in items {
                values(item, path, found);
            }
        }
        (Value::Object(map), [step, rest @ ..]) => {
            if let Some(inside) = map.get(step.as_ref()) {
                values(inside, rest, found);
            }
        }
        (Value::Object(_), []) => {}
        (plain, []) => found.push(plain),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dotted_names_are_paths() {
        let event = json!({"a.b": 1, "a": {"c": 2, "b": 3}, "d": [{"e.f": 4}]});
        let seen = json!({"a": {"c": 2, "b": [3, 1]}, "d": [{"e": {"f": 4}}]});
        assert_eq!(*nested(&event), seen);
        let plain = json!({"a": {"b": "x.y"}});
        assert!(matches!(nested(&plain), Cow::Borrowed(_)));
    }

    #[test]
    fn the_values_of_a_path_are_those_of_all_arrays_on_it() {
        let event = json!({"a": [{"b": 1}, [{"b": [2, [3]]}], {"b": {}}, 4]});
        let mut found = Vec::new();
        values(&event, &["a", "b"], &mut found);
        assert_eq!(found, [&json!(1), &json!(2), &json!(3)]);
    }
}
