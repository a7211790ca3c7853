//! From a pattern's text to the ways through its `$or`s, each a set of fields that must all hold.

use super::limits;
use super::malformed::{Malformed, Rule};
use super::operator::{RESERVED, condition};
use super::source::{self, Entry, Fault, Kind, Node};
use super::tree::{Field, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

const OR: &str = "$or";

/// The fields of one way, by path. A path that comes again takes the place of the former, as in
/// AWS's matcher.
type Way = BTreeMap<Arc<str>, Arc<Field>>;

/// Reads and checks a pattern.
pub(super) fn pattern(text: &str) -> Result<Vec<Tree>, Malformed> {
    let root = source::read(text)?;
    let malformed = |fault: Fault| {
        let path = source::path(&root, fault.at);
        Malformed::at(text, fault, path)
    };
    let mut compiler = Compiler { path: Vec::new() };
    let mut ways = vec![Way::new()];
    compiler.root(&root, &mut ways).map_err(malformed)?;
    if fields(&ways) > limits::FIELDS {
        return Err(malformed(Fault::new(root.at, Rule::TooManyFields)));
    }
    Ok(ways
        .into_iter()
        .map(|way| Tree::new(way.into_values().collect()))
        .collect())
}

fn fields(ways: &[Way]) -> usize {
    ways.iter().map(BTreeMap::len).sum()
}

struct Compiler {
    /// The names from the root to here, `$or` aside.
    path: Vec<String>,
}

impl Compiler {
    fn root(&mut self, root: &Node, ways: &mut Vec<Way>) -> Result<(), Fault> {
        match &root.kind {
            Kind::Object(entries) => self.object(root, entries, ways, false),
            _ => Err(Fault::new(root.at, Rule::NoObject)),
        }
    }

    fn object(
        &mut self,
        node: &Node,
        entries: &[Entry],
        ways: &mut Vec<Way>,
        inside_or: bool,
    ) -> Result<(), Fault> {
        if entries.is_empty() {
            return Err(Fault::new(node.at, Rule::EmptyObject));
        }
        for entry in entries {
            if let Some(branches) = branches(entry) {
                self.or(entry, branches, ways)?;
                continue;
            }
            if inside_or && RESERVED.contains(&entry.name.as_str()) {
                let rule = Rule::ReservedInOr(entry.name.clone());
                return Err(Fault::new(entry.at, rule));
            }
            self.path.push(entry.name.clone());
            match &entry.value.kind {
                Kind::Object(entries) => self.object(&entry.value, entries, ways, inside_or)?,
                Kind::List(items) => self.field(&entry.value, items, ways)?,
                _ => {
                    let rule = Rule::NoListOrObject(entry.name.clone());
                    return Err(Fault::new(entry.value.at, rule));
                }
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Every way so far, once with each branch.
    fn or(&mut self, entry: &Entry, branches: &[Node], ways: &mut Vec<Way>) -> Result<(), Fault> {
        if branches.len() < 2 {
            return Err(Fault::new(entry.value.at, Rule::Or));
        }
        let before = std::mem::take(ways);
        for branch in branches {
            let Kind::Object(entries) = &branch.kind else {
                return Err(Fault::new(branch.at, Rule::Or));
            };
            let mut with = before.clone();
            self.object(branch, entries, &mut with, true)?;
            ways.append(&mut with);
            if ways.len() > limits::COMBINATIONS {
                return Err(Fault::new(entry.at, Rule::TooManyCombinations));
            }
            if fields(ways) > limits::FIELDS {
                return Err(Fault::new(entry.at, Rule::TooManyFields));
            }
        }
        Ok(())
    }

    fn field(&mut self, list: &Node, items: &[Node], ways: &mut [Way]) -> Result<(), Fault> {
        if items.is_empty() {
            return Err(Fault::new(list.at, Rule::EmptyList));
        }
        let conditions = items.iter().map(condition).collect::<Result<Vec<_>, _>>()?;
        let path: Arc<str> = self.path.join(".").into();
        let field = Arc::new(Field::new(Arc::clone(&path), conditions));
        for way in ways.iter_mut() {
            way.insert(Arc::clone(&path), Arc::clone(&field));
        }
        Ok(())
    }
}

/// The branches, when this is the `$or` of patterns and not a field of that name: a list with an
/// object of fields in it. One that names only operators is a field's list of old.
fn branches(entry: &Entry) -> Option<&[Node]> {
    let Kind::List(items) = &entry.value.kind else {
        return None;
    };
    let fields = |node: &Node| match &node.kind {
        Kind::Object(entries) => entries
            .iter()
            .any(|entry| !RESERVED.contains(&entry.name.as_str())),
        _ => false,
    };
    (entry.name == OR && items.iter().any(fields)).then_some(items)
}
