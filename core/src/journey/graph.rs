//! The path of an order through the state graph, as a drawing that any screen can show. Nodes and
//! arrows are those of [`TRANSITIONS`], and no others, so that it cannot lie; the numbers on the
//! arrows are those of the steps.

use super::Step;
use crate::order::{OrderState, Role};
use crate::workflow::{TRANSITIONS, To, Verb};
use std::collections::BTreeMap;

/// The drawing, in units of which a phone's screen is about as wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// How wide.
    pub width: i32,
    /// How high.
    pub height: i32,
    /// The states.
    pub nodes: Vec<Node>,
    /// What leads from one to another.
    pub arrows: Vec<Arrow>,
}

/// A state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub state: OrderState,
    /// Its middle.
    pub at: (i32, i32),
    /// How wide and high.
    pub size: (i32, i32),
    /// Has the order been in it?
    pub visited: bool,
    /// Is it in it now?
    pub here: bool,
}

/// What leads from one state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// From where; none for the scan.
    pub from: Option<OrderState>,
    /// Where to.
    pub to: OrderState,
    /// By which verb; none for the scan.
    pub verb: Option<Verb>,
    /// Who may.
    pub by: Vec<Role>,
    /// The steps that took it, counted from 1.
    pub taken: Vec<usize>,
    /// The line, as the `d` of an SVG path.
    pub path: String,
    /// Where the numbers of its steps stand.
    pub label: (i32, i32),
}

/// Of the drawing.
const SIZE: (i32, i32) = (360, 456);
/// Of a state.
const BOX: (i32, i32) = (104, 38);
const ROW: i32 = 98;
const TOP: i32 = 42;

type Key = (Option<OrderState>, OrderState, Option<Verb>);

/// The graph, with the path that these steps took.
#[must_use]
pub fn graph(steps: &[Step]) -> Graph {
    let mut all: BTreeMap<Key, (Vec<Role>, Vec<usize>)> = BTreeMap::new();
    let scan = (None, OrderState::Choosing, None);
    all.entry(scan).or_default().0.push(Role::Customer);
    for row in TRANSITIONS {
        if let To::State(to) = row.to {
            let key = (Some(row.from), to, Some(row.verb));
            all.entry(key).or_default().0.push(row.by);
        }
    }
    for (number, step) in (1..).zip(steps) {
        let key = (step.from, step.to, step.verb);
        if may_undo(step) {
            // Where it leads depends on what was done: drawn where it was taken.
            let (by, _) = all.entry(key).or_default();
            if !by.contains(&step.by) {
                by.push(step.by);
            }
        }
        if let Some((_, taken)) = all.get_mut(&key) {
            taken.push(number);
        }
    }
    let here = steps.last().map(|step| step.to);
    let node = |state: OrderState| Node {
        state,
        at: middle(state),
        size: BOX,
        visited: steps.iter().any(|step| step.to == state),
        here: here == Some(state),
    };
    Graph {
        width: SIZE.0,
        height: SIZE.1,
        nodes: OrderState::ALL.map(node).to_vec(),
        arrows: all.into_iter().map(arrow).collect(),
    }
}

fn arrow(((from, to, verb), (by, taken)): (Key, (Vec<Role>, Vec<usize>))) -> Arrow {
    let (path, label) = line(from, to, verb == Some(Verb::Undo));
    Arrow {
        from,
        to,
        verb,
        by,
        taken,
        path,
        label,
    }
}

/// Does the table let this side take back what led there?
fn may_undo(step: &Step) -> bool {
    step.verb == Some(Verb::Undo)
        && TRANSITIONS
            .iter()
            .any(|row| Some(row.from) == step.from && row.by == step.by && row.to == To::Back)
}

/// The happy life runs down the middle; time that ran out stands on one side, being called off on
/// the other: so hardly any line crosses another.
const fn middle(state: OrderState) -> (i32, i32) {
    let (left, centre, right) = (56, 180, 304);
    match state {
        OrderState::Choosing => (centre, TOP),
        OrderState::Queued => (centre, TOP + ROW),
        OrderState::Making => (centre, TOP + 2 * ROW),
        OrderState::Ready => (centre, TOP + 3 * ROW),
        OrderState::Collected => (centre, TOP + 4 * ROW),
        OrderState::TimedOut => (left, TOP + ROW),
        OrderState::Cancelled => (right, TOP + ROW + ROW / 2),
        OrderState::Swept => (right, TOP + 4 * ROW),
    }
}

/// The line between two states, and where its numbers stand.
fn line(from: Option<OrderState>, to: OrderState, undoes: bool) -> (String, (i32, i32)) {
    let (half_width, half_height) = (BOX.0 / 2, BOX.1 / 2);
    let (x2, y2) = middle(to);
    let Some(from) = from else {
        let tip = y2 - half_height;
        let path = format!("M{x2} {} L{x2} {tip}", tip - 20);
        return (path, (x2 + 16, tip - 12));
    };
    let (x1, y1) = middle(from);
    if x1 != x2 {
        return aside((x1, y1), (x2, y2), undoes);
    }
    let bow = |x: i32, out: i32, y1: i32, y2: i32| {
        let path = format!("M{x} {y1} C{} {y1} {} {y2} {x} {y2}", x + out, x + out);
        (path, (x + out * 3 / 4, i32::midpoint(y1, y2)))
    };
    // Down on one side of the middle, up on the other; past a state, or back to itself, in a bow.
    match (y2 - y1) / ROW {
        0 => bow(x1 + half_width, 38, y1 - 2, y1 + 14),
        way @ (1 | -1) => {
            let x = match (undoes, way) {
                (false, 1) => x1 - 18,
                (false, _) => x1 + 6,
                (true, _) => x1 + 32,
            };
            let (start, end) = (y1 + way * half_height, y2 - way * half_height);
            let path = format!("M{x} {start} L{x} {end}");
            (path, (x, i32::midpoint(start, end)))
        }
        2.. => bow(x1 - half_width, -52, y1 + 12, y2 - 6),
        _ => bow(x1 + half_width, 52, y1 - 6, y2 + 12),
    }
}

/// To another column: from the side of one to the side of the other. What undoes leads back a
/// little below.
fn aside((x1, y1): (i32, i32), (x2, y2): (i32, i32), undoes: bool) -> (String, (i32, i32)) {
    let way = (x2 - x1).signum();
    let (start, end) = (x1 + way * BOX.0 / 2, x2 - way * BOX.0 / 2);
    // Those that come from above arrive above those that come from below.
    let lean = (y1 - y2).signum() * 11;
    let (y1, y2) = if undoes {
        (y1 + 13, y2 + 13)
    } else {
        (y1, y2 + lean)
    };
    let path = format!("M{start} {y1} L{end} {y2}");
    (path, (i32::midpoint(start, end), i32::midpoint(y1, y2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn step(from: Option<OrderState>, verb: Option<Verb>, by: Role, to: OrderState) -> Step {
        Step {
            version: 1,
            at: Timestamp(0),
            waited_ms: 0,
            waited_for: None,
            verb,
            undid: None,
            by,
            staff: None,
            name: None,
            from,
            to,
            reason: None,
            cause: None,
        }
    }

    #[test]
    fn it_draws_the_table_the_scan_and_nothing_else() {
        let Graph { nodes, arrows, .. } = graph(&[]);
        assert_eq!(nodes.len(), OrderState::ALL.len());
        for row in TRANSITIONS {
            let To::State(to) = row.to else { continue };
            let key = (Some(row.from), to, Some(row.verb));
            let drawn = |arrow: &&Arrow| (arrow.from, arrow.to, arrow.verb) == key;
            let found: Vec<_> = arrows.iter().filter(drawn).collect();
            assert_eq!(found.len(), 1, "{row:?}");
            assert!(found[0].by.contains(&row.by), "{row:?}");
        }
        for arrow in &arrows {
            let Some(from) = arrow.from else {
                assert_eq!((arrow.to, arrow.verb), (OrderState::Choosing, None));
                continue;
            };
            for by in &arrow.by {
                let row = TRANSITIONS.iter().find(|row| {
                    (row.from, Some(row.verb), row.by) == (from, arrow.verb, *by)
                        && row.to == To::State(arrow.to)
                });
                assert!(row.is_some(), "{arrow:?}");
            }
        }
        assert!(arrows.iter().all(|arrow| arrow.taken.is_empty()));
        assert!(nodes.iter().all(|node| !node.visited && !node.here));
    }

    #[test]
    fn the_path_bears_the_numbers_of_its_steps_and_an_undo_is_drawn_where_it_was_taken() {
        use OrderState::{Choosing, Making, Queued};
        let (ada, bo) = (Role::Customer, Role::Barista);
        let claim = step(Some(Queued), Some(Verb::Claim), bo, Making);
        let steps = [
            step(None, None, ada, Choosing),
            step(Some(Choosing), Some(Verb::Submit), ada, Queued),
            claim.clone(),
            step(Some(Making), Some(Verb::Undo), bo, Queued),
            claim,
        ];
        let Graph { nodes, arrows, .. } = graph(&steps);
        let taken = |verb| {
            let of = arrows.iter().filter(move |arrow| arrow.verb == verb);
            of.flat_map(|arrow| arrow.taken.clone()).collect::<Vec<_>>()
        };
        assert_eq!(taken(None), [1]);
        assert_eq!(taken(Some(Verb::Submit)), [2]);
        assert_eq!(taken(Some(Verb::Claim)), [3, 5]);
        assert_eq!(taken(Some(Verb::Undo)), [4]);
        let here: Vec<_> = nodes.iter().filter(|n| n.here).map(|n| n.state).collect();
        assert_eq!(here, [Making]);
        assert_eq!(nodes.iter().filter(|node| node.visited).count(), 3);
    }

    #[test]
    fn a_step_that_the_table_has_not_is_not_drawn() {
        use OrderState::{Choosing, Ready};
        let forged = step(Some(Choosing), Some(Verb::Undo), Role::Customer, Ready);
        assert_eq!(graph(&[forged]).arrows, graph(&[]).arrows);
    }

    #[test]
    fn no_two_lines_and_no_two_labels_lie_on_each_other() {
        let Graph { arrows, .. } = graph(&[]);
        for (at, one) in arrows.iter().enumerate() {
            for other in &arrows[at + 1..] {
                assert_ne!(one.path, other.path);
                let (dx, dy) = (one.label.0 - other.label.0, one.label.1 - other.label.1);
                assert!(dx.abs() + dy.abs() >= 20, "{one:?} {other:?}");
            }
        }
    }
}
