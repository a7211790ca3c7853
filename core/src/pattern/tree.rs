//! The fields of one way through a pattern, as the tree that their paths make, and the walk of it
//! along an event.
//!
//! **Arrays.** Values come from arrays as if these were not there, but all values taken from
//! below one array come from the same element of it (event-ruler's README, "JSON Array Matching";
//! plain elements of the array itself bind nothing). An event is a tree, so this is decided array
//! by array: some element must do for all fields below.
//!
//! **Absence.** AWS's matcher takes fields in the order of their paths, and asks for the absence
//! of one in the elements that were chosen until then: before any was, in all. So the first field
//! that is there at all chooses the element (`forced` below), and absence before it means absent
//! from every element.

use super::condition::Condition;
use serde_json::Value;
use std::sync::Arc;

/// A field and what its value must be: one of these.
#[derive(Debug)]
pub(super) struct Field {
    /// Names joined by dots.
    pub(super) path: Arc<str>,
    /// The same apart.
    pub(super) steps: Vec<String>,
    pub(super) conditions: Vec<Condition>,
    /// No value will do, too.
    pub(super) may_lack: bool,
}

impl Field {
    pub(super) fn new(path: Arc<str>, conditions: Vec<Condition>) -> Self {
        Self {
            steps: path.split('.').map(str::to_owned).collect(),
            may_lack: conditions.contains(&Condition::Absent),
            path,
            conditions,
        }
    }
    pub(super) fn takes(&self, value: &Value) -> bool {
        self.conditions.iter().any(|one| one.matches(value))
    }
}

/// Fields that must all hold.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// In the order of their paths.
    pub(super) fields: Vec<Arc<Field>>,
    root: Branch,
    /// Some field may lack.
    absence: bool,
}

/// Where paths part.
#[derive(Debug, Clone, Default)]
struct Branch {
    /// The field whose path ends here.
    own: Option<usize>,
    /// Those whose path goes on, in order.
    deeper: Vec<usize>,
    /// The next step of those.
    below: Vec<(String, Branch)>,
}

impl Tree {
    pub(super) fn new(fields: Vec<Arc<Field>>) -> Self {
        let mut root = Branch::default();
        for (index, field) in fields.iter().enumerate() {
            root.add(index, &field.steps);
        }
        let absence = fields.iter().any(|field| field.may_lack);
        Self {
            fields,
            root,
            absence,
        }
    }

    /// Does an event without dots in its names match?
    pub(super) fn matches(&self, event: &Value) -> bool {
        self.walk(event, &self.root, true, None)
    }

    /// Do all fields of this branch hold for the value that stands there? `own` asks for the field
    /// that ends here too; `forced` is a field that must have a value.
    fn walk(&self, value: &Value, branch: &Branch, own: bool, forced: Option<usize>) -> bool {
        let asked = branch.own.filter(|_| own);
        match value {
            Value::Array(items) => self.walk_array(items, branch, asked, forced),
            Value::Object(map) => {
                asked.is_none_or(|field| self.lacks(field, forced))
                    && branch
                        .below
                        .iter()
                        .all(|(step, below)| match map.get(step) {
                            Some(inside) => self.walk(inside, below, true, below.held(forced)),
                            None => self.lacks_all(below, forced),
                        })
            }
            plain => {
                asked.is_none_or(|field| self.fields[field].takes(plain))
                    && branch.deeper.iter().all(|field| self.lacks(*field, forced))
            }
        }
    }

    fn walk_array(
        &self,
        items: &[Value],
        branch: &Branch,
        asked: Option<usize>,
        forced: Option<usize>,
    ) -> bool {
        let Some(field) = asked else {
            return self.choose(items, branch, forced);
        };
        let plain = |item: &Value| !item.is_array() && !item.is_object();
        let free = items
            .iter()
            .any(|item| plain(item) && self.fields[field].takes(item))
            || self.lacks(field, forced) && !self.present_here(items);
        let rest = forced.filter(|forced| *forced != field);
        if free && self.choose(items, branch, rest) {
            return true;
        }
        // A value from an array inside binds this one to the element that it is.
        items.iter().any(|item| match item {
            Value::Array(inside) => self.walk_array(inside, branch, asked, asked),
            _ => false,
        })
    }

    /// Is there one element that does for all deeper fields?
    fn choose(&self, items: &[Value], branch: &Branch, forced: Option<usize>) -> bool {
        let first = if self.absence {
            let mut there = vec![false; self.fields.len()];
            self.present(items, branch, &mut there);
            let first = branch.deeper.iter().find(|field| there[**field]);
            let before = branch
                .deeper
                .iter()
                .take_while(|field| Some(*field) != first);
            if !before.into_iter().all(|field| self.lacks(*field, forced)) {
                return false;
            }
            first
        } else {
            branch.deeper.first()
        };
        first.is_none_or(|first| {
            items
                .iter()
                .any(|item| self.walk(item, branch, false, Some(*first)))
        })
    }

    /// Marks the deeper fields that have a value in some element.
    fn present(&self, items: &[Value], branch: &Branch, there: &mut [bool]) {
        for item in items {
            match item {
                Value::Array(inside) => self.present(inside, branch, there),
                Value::Object(map) => {
                    for (step, below) in &branch.below {
                        if let Some(inside) = map.get(step) {
                            let inside = std::slice::from_ref(inside);
                            if let Some(own) = below.own {
                                there[own] |= self.present_here(inside);
                            }
                            self.present(inside, below, there);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Is there a plain value among these, arrays opened?
    fn present_here(&self, items: &[Value]) -> bool {
        items.iter().any(|item| match item {
            Value::Array(inside) => self.present_here(inside),
            Value::Object(_) => false,
            _ => true,
        })
    }

    fn lacks(&self, field: usize, forced: Option<usize>) -> bool {
        forced != Some(field) && self.fields[field].may_lack
    }

    fn lacks_all(&self, branch: &Branch, forced: Option<usize>) -> bool {
        let mut all = branch.own.iter().chain(&branch.deeper);
        all.all(|field| self.lacks(*field, forced))
    }
}

impl Branch {
    fn add(&mut self, index: usize, steps: &[String]) {
        let [step, rest @ ..] = steps else {
            self.own = Some(index);
            return;
        };
        self.deeper.push(index);
        let known = self.below.iter().position(|(name, _)| name == step);
        let at = known.unwrap_or_else(|| {
            self.below.push((step.clone(), Self::default()));
            self.below.len() - 1
        });
        self.below[at].1.add(index, rest);
    }

    /// `forced`, when it is in this branch.
    fn held(&self, forced: Option<usize>) -> Option<usize> {
        forced.filter(|field| self.own == Some(*field) || self.deeper.contains(field))
    }
}
