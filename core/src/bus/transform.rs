//! What a rule makes of an envelope before it is sent: EventBridge's input transformer. Some values
//! are picked by their paths, and a template says where they go.
//!
//! A placeholder between quotes becomes text, anywhere else JSON. What is not there is an empty
//! text, or `null`. Everything is bounded: the transformer when it is read, and what it makes while
//! it is made.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How large a transformer, and what it makes, may be.
pub mod limits {
    /// Values that are picked.
    pub const PATHS: usize = 100;
    /// Bytes of a name or a path.
    pub const NAME: usize = 256;
    /// Bytes of the template.
    pub const TEMPLATE: usize = 8_192;
    /// Bytes of what comes out.
    pub const OUTPUT: usize = 65_536;
}

/// A transformer as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransformBody {
    /// Which values are picked: a name for each path, as `$.detail.orderId` or `$.items[0].name`.
    #[serde(default)]
    pub paths: BTreeMap<String, String>,
    /// JSON with names as `<order>` in it.
    pub template: String,
}

/// A transformer that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct BadTransform {
    /// Which field.
    pub field: &'static str,
    /// Which rule.
    pub rule: String,
}

/// What it would make is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what the transformer makes is longer than {} bytes", limits::OUTPUT)]
pub struct TooLarge;

/// A transformer, ready to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transform {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value { path: Vec<Step>, quoted: bool },
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(String),
    Item(usize),
}

impl Transform {
    /// Reads a transformer.
    ///
    /// # Errors
    /// [`BadTransform`] with the field and the rule.
    pub fn parse(body: &TransformBody) -> Result<Self, BadTransform> {
        let bad = |field, rule: String| BadTransform { field, rule };
        if body.paths.len() > limits::PATHS {
            return Err(bad("paths", format!("at most {}", limits::PATHS)));
        }
        if body.template.len() > limits::TEMPLATE {
            let rule = format!("at most {} bytes", limits::TEMPLATE);
            return Err(bad("template", rule));
        }
        let mut paths = BTreeMap::new();
        for (name, path) in &body.paths {
            if !is_name(name) {
                let rule = "a name is letters, digits, '_' and '-'";
                return Err(bad("paths", rule.to_owned()));
            }
            let steps = steps(path).ok_or_else(|| {
                let rule = "a path is as $.detail.orderId or $.items[0].name";
                bad("paths", format!("{rule}: {name}"))
            })?;
            paths.insert(name.as_str(), steps);
        }
        let pieces = pieces(&body.template, &paths).map_err(|rule| bad("template", rule))?;
        let transform = Self { pieces };
        // With nothing in its places it must be JSON; then it is with anything.
        let empty = transform.apply(&Value::Null).unwrap_or_default();
        serde_json::from_str::<Value>(&empty)
            .map_err(|why| bad("template", format!("it is not JSON: {why}")))?;
        Ok(transform)
    }

    /// What it makes of an envelope: JSON.
    ///
    /// # Errors
    /// [`TooLarge`]; it stops there.
    pub fn apply(&self, envelope: &Value) -> Result<String, TooLarge> {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Value { path, quoted } => {
                    let value = pick(envelope, path);
                    match (quoted, value) {
                        (true, None | Some(Value::Null)) => {}
                        (true, Some(Value::String(text))) => out.push_str(&inside(text)),
                        (true, Some(other)) => out.push_str(&inside(&other.to_string())),
                        (false, value) => {
                            out.push_str(&value.unwrap_or(&Value::Null).to_string());
                        }
                    }
                }
            }
            if out.len() > limits::OUTPUT {
                return Err(TooLarge);
            }
        }
        Ok(out)
    }
}

fn pick<'a>(envelope: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(envelope, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Item(at) => value.get(at),
    })
}

/// A text as it stands between quotes.
fn inside(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
    !name.is_empty() && name.len() <= limits::NAME && name.chars().all(plain)
}

/// `$`, then fields after dots and items in brackets.
fn steps(path: &str) -> Option<Vec<Step>> {
    if path.len() > limits::NAME {
        return None;
    }
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (name, tail) = after.split_at(end);
            if name.is_empty() {
                return None;
            }
            steps.push(Step::Field(name.to_owned()));
            rest = tail;
        } else {
            let (number, tail) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Item(number.parse().ok()?));
            rest = tail;
        }
    }
    Some(steps)
}

/// The template cut at its placeholders. Between quotes `<` is a letter like others unless a name
/// that is picked follows.
fn pieces(template: &str, paths: &BTreeMap<&str, Vec<Step>>) -> Result<Vec<Piece>, String> {
    let (mut pieces, mut text) = (Vec::new(), String::new());
    let (mut quoted, mut escaped) = (false, false);
    let mut rest = template;
    while let Some(letter) = rest.chars().next() {
        if letter == '<' && !escaped {
            let name = rest[1..].split_once('>').map(|(name, _)| name);
            let known = name.and_then(|name| Some((name, paths.get(name)?)));
            if let Some((name, path)) = known {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                let path = path.clone();
                pieces.push(Piece::Value { path, quoted });
                rest = &rest[name.len() + 2..];
                continue;
            }
            if !quoted {
                let name = name.unwrap_or_default();
                return Err(format!("<{name}> is not among the paths"));
            }
        }
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        text.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    pieces.push(Piece::Text(text));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(paths: &[(&str, &str)], template: &str) -> TransformBody {
        let paths = paths
            .iter()
            .map(|(name, path)| ((*name).to_owned(), (*path).to_owned()));
        TransformBody {
            paths: paths.collect(),
            template: template.to_owned(),
        }
    }

    fn made(paths: &[(&str, &str)], template: &str, envelope: &Value) -> Value {
        let transform = Transform::parse(&body(paths, template)).unwrap();
        serde_json::from_str(&transform.apply(envelope).unwrap()).unwrap()
    }

    #[test]
    fn values_go_where_the_template_says_as_text_or_as_json() {
        let envelope = json!({
            "detail-type": "x", "detail": { "n": 7, "list": [{ "a": "ö\"\n" }], "none": null },
        });
        let paths = [
            ("kind", "$.detail-type"),
            ("n", "$.detail.n"),
            ("a", "$.detail.list[0].a"),
            ("none", "$.detail.none"),
            ("gone", "$.detail.list[9].a"),
            ("all", "$.detail.list"),
        ];
        let template = r#"{"text": "<kind>: <n> <a><none><gone> \"<x>\"", "n": <n>, "all": [<all>, <gone>], "say": "<all>"}"#;
        let expected = json!({
            "text": "x: 7 ö\"\n \"<x>\"", "n": 7, "all": [[{ "a": "ö\"\n" }], null],
            "say": "[{\"a\":\"ö\\\"\\n\"}]",
        });
        assert_eq!(made(&paths, template, &envelope), expected);
        assert_eq!(made(&[("all", "$")], "<all>", &envelope), envelope);
    }

    #[test]
    fn what_cannot_be_is_refused_by_field() {
        let long = "x".repeat(limits::TEMPLATE);
        let refused = |paths: &[(&str, &str)], template: &str| {
            Transform::parse(&body(paths, template)).unwrap_err().field
        };
        for path in [
            "",
            "a",
            "$a",
            "$.",
            "$..a",
            "$.a[",
            "$.a[x]",
            "$.a[-1]",
            "$[99999999999999999999]",
        ] {
            assert_eq!(refused(&[("a", path)], "<a>"), "paths", "{path}");
        }
        assert_eq!(refused(&[("a b", "$")], "{}"), "paths");
        for template in [
            "",
            "{",
            "<b>",
            "{\"a\": <a",
            "plain <a>",
            "<a><a>",
            &format!("\"{long}\""),
        ] {
            assert_eq!(
                refused(&[("a", "$")], template),
                "template",
                "{template:.20}"
            );
        }
    }

    /// Nothing that comes in can end the text that it is put into.
    #[test]
    fn no_value_breaks_out_of_its_place() {
        let envelope = json!({ "a": "\", \"admin\": true, \"x\": \"\\" });
        let out = made(&[("a", "$.a")], r#"{"a": "<a>"}"#, &envelope);
        assert_eq!(out, envelope);
    }

    #[test]
    fn a_small_template_makes_nothing_large() {
        let envelope = json!({ "a": "x".repeat(16_000) });
        let many = format!("[{}0]", "<a>,".repeat(2_000));
        let transform = Transform::parse(&body(&[("a", "$.a")], &many)).unwrap();
        assert_eq!(transform.apply(&envelope), Err(TooLarge));
    }
}
