//! A pattern's text as a tree that remembers where each piece stands, so that an error can say so.
//!
//! `serde_json` decides first whether the text is JSON at all; what is read here is known to be.

use super::limits;
use super::malformed::{Malformed, Rule};
use serde::de::IgnoredAny;

/// One piece of JSON and where it begins, in bytes from the start.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    /// As it was written: `5.0` and `5` are told apart until [`super::number`] decides.
    Number(String),
    Text(String),
    List(Vec<Node>),
    /// In the order of the text, names that come twice included.
    Object(Vec<Entry>),
}

/// One name of an object, where that name begins, and what it names.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) value: Node,
}

/// What is wrong, and where: turned into a [`Malformed`] when path and line are known.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) rule: Rule,
}

impl Fault {
    pub(super) fn new(at: usize, rule: Rule) -> Self {
        Self { at, rule }
    }
}

/// The text as a tree.
///
/// # Errors
/// When it is too long, no JSON, or too deep.
pub(super) fn read(text: &str) -> Result<Node, Malformed> {
    if text.len() > limits::BYTES {
        return Err(Malformed::start(Rule::TooLong));
    }
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| Malformed::syntax(&error))?;
    let mut reader = Reader { text, at: 0 };
    reader
        .node(0)
        .map_err(|fault| Malformed::at(text, fault, "$".to_owned()))
}

/// The path of the piece that begins at `at`, as `$.detail.state[0]`.
pub(super) fn path(root: &Node, at: usize) -> String {
    let mut path = "$".to_owned();
    let mut node = root;
    while let Some((step, next)) = towards(node, at) {
        path.push_str(&step);
        match next {
            Some(next) => node = next,
            None => break,
        }
    }
    path
}

/// The step from `node` to what holds `at`, and that piece unless `at` is its own name.
fn towards(node: &Node, at: usize) -> Option<(String, Option<&Node>)> {
    if at <= node.at {
        return None;
    }
    match &node.kind {
        Kind::List(items) => {
            let index = items.iter().rposition(|item| item.at <= at)?;
            Some((format!("[{index}]"), items.get(index)))
        }
        Kind::Object(entries) => {
            let entry = entries.iter().rfind(|entry| entry.at <= at)?;
            let inside = (entry.at < at).then_some(&entry.value);
            Some((step(&entry.name), inside))
        }
        _ => None,
    }
}

fn step(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_$".contains(letter);
    if !name.is_empty() && name.chars().all(plain) {
        format!(".{name}")
    } else {
        format!("[{name:?}]")
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn node(&mut self, depth: usize) -> Result<Node, Fault> {
        let start = self.peek_at();
        if depth > limits::DEPTH {
            return Err(Fault::new(start, Rule::TooDeep));
        }
        let kind = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Kind::Text(self.string()?),
            _ => self.word(),
        };
        Ok(Node { at: start, kind })
    }

    fn object(&mut self, depth: usize) -> Result<Kind, Fault> {
        let mut entries = Vec::new();
        self.at += 1;
        while self.peek() == Some(b'"') {
            let at = self.at;
            let name = self.string()?;
            self.pass(b':');
            let value = self.node(depth + 1)?;
            entries.push(Entry { at, name, value });
            self.pass(b',');
        }
        self.pass(b'}');
        Ok(Kind::Object(entries))
    }

    fn list(&mut self, depth: usize) -> Result<Kind, Fault> {
        let mut items = Vec::new();
        self.at += 1;
        while !matches!(self.peek(), Some(b']') | None) {
            items.push(self.node(depth + 1)?);
            self.pass(b',');
        }
        self.pass(b']');
        Ok(Kind::List(items))
    }

    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        let mut escaped = false;
        let inside = self.text[start + 1..].bytes();
        let length = inside
            .take_while(|byte| {
                let closes = *byte == b'"' && !escaped;
                escaped = *byte == b'\\' && !escaped;
                !closes
            })
            .count();
        self.at = start + 1 + length + 1;
        // Only half a character beyond the first 65,536 is still wrong here.
        serde_json::from_str(&self.text[start..self.at])
            .map_err(|_| Fault::new(start, Rule::Json("half of a surrogate pair".to_owned())))
    }

    fn word(&mut self) -> Kind {
        let rest = &self.text[self.at..];
        let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']);
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        match word {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            number => Kind::Number(number.to_owned()),
        }
    }

    /// Where the next thing begins, white space passed.
    fn peek_at(&mut self) -> usize {
        let rest = self.text[self.at..].bytes();
        self.at += rest.take_while(u8::is_ascii_whitespace).count();
        self.at
    }

    fn peek(&mut self) -> Option<u8> {
        let at = self.peek_at();
        self.text.as_bytes().get(at).copied()
    }

    fn pass(&mut self, byte: u8) {
        if self.peek() == Some(byte) {
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_knows_its_path() {
        let text = r#" {"detail": {"a b": [1, {"prefix": "x"}], "n": [null]}} "#;
        let root = read(text).expect("JSON");
        for (piece, expected) in [
            ("\"detail\"", "$.detail"),
            ("1", "$.detail[\"a b\"][0]"),
            ("\"x\"", "$.detail[\"a b\"][1].prefix"),
            ("null", "$.detail.n[0]"),
            ("{\"prefix\"", "$.detail[\"a b\"][1]"),
        ] {
            let at = text.find(piece).expect("it is there");
            assert_eq!(path(&root, at), expected, "{piece}");
        }
    }

    #[test]
    fn escapes_end_no_string_too_early() {
        let text = r#"{"a\"b": ["\\", "\u00e9\"", 5e0]}"#;
        let Kind::Object(entries) = read(text).expect("JSON").kind else {
            panic!("an object");
        };
        assert_eq!(entries[0].name, "a\"b");
        let Kind::List(items) = &entries[0].value.kind else {
            panic!("a list");
        };
        assert!(matches!(&items[0].kind, Kind::Text(text) if text == "\\"));
        assert!(matches!(&items[1].kind, Kind::Text(text) if text == "é\""));
        assert!(matches!(&items[2].kind, Kind::Number(text) if text == "5e0"));
    }
}
