//! The workflow as a picture, drawn from [`TRANSITIONS`], so that it cannot say anything else than
//! what happens.

use super::transitions::{TRANSITIONS, To, Verb};
use crate::order::{OrderState, Role};
use std::collections::BTreeMap;
use std::fmt::Write;

/// An arrow: from, to, verb, and who may.
type Arrows = BTreeMap<(OrderState, OrderState, Verb), Vec<Role>>;

fn arrows() -> Arrows {
    let mut arrows = Arrows::new();
    for row in TRANSITIONS {
        if let To::State(to) = row.to {
            let who = arrows.entry((row.from, to, row.verb)).or_default();
            who.push(row.by);
        }
    }
    arrows
}

/// Who may undo in this state: what that leads to depends on what was done.
fn undo(state: OrderState) -> Vec<Role> {
    let back = TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.to == To::Back);
    back.map(|row| row.by).collect()
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Barista => "barista",
        Role::Clock => "clock",
        Role::Operator => "operator",
    }
}

fn who(roles: &[Role]) -> String {
    roles
        .iter()
        .map(|one| role(*one))
        .collect::<Vec<_>>()
        .join(" or ")
}

/// A Mermaid state diagram.
#[must_use]
pub fn mermaid() -> String {
    let mut text = "stateDiagram-v2\n    [*] --> choosing: scan (customer)\n".to_owned();
    for ((from, to, verb), roles) in arrows() {
        let (from, to, verb) = (from.name(), to.name(), verb.name());
        let _ = writeln!(text, "    {from} --> {to}: {verb} ({})", who(&roles));
    }
    for state in OrderState::ALL {
        let name = state.name();
        let roles = undo(state);
        if !roles.is_empty() {
            let _ = writeln!(text, "    note right of {name}: undo ({})", who(&roles));
        }
        if state.ended() {
            let _ = writeln!(text, "    {name} --> [*]");
        }
    }
    text
}

/// Measures of the picture, pixels.
const COLUMN: i32 = 250;
const LIVING_Y: i32 = 140;
const ENDS_Y: i32 = 520;
const BOX: (i32, i32) = (150, 44);
const MARGIN: i32 = 90;

/// An SVG picture: the living states above, the ends below, the happy one at the right of both.
#[must_use]
pub fn svg() -> String {
    let width = 2 * MARGIN + 3 * COLUMN;
    let height = ENDS_Y + MARGIN / 2;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\" text-anchor=\"middle\">\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" orient=\"auto-start-reverse\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    let mut drawn: BTreeMap<OrderState, i32> = BTreeMap::new();
    for ((from, to, verb), roles) in arrows() {
        let nth = drawn.entry(from).or_default();
        let label = format!("{} ({})", verb.name(), who(&roles));
        if from.ended() == to.ended() {
            along(&mut text, from, to, &label);
        } else {
            down(&mut text, from, to, &label, *nth);
            *nth += 1;
        }
    }
    for state in OrderState::ALL {
        state_box(&mut text, state);
    }
    text.push_str("</svg>\n");
    text
}

/// The middle of a state's box.
fn middle(state: OrderState) -> (i32, i32) {
    let row = OrderState::ALL
        .iter()
        .filter(|one| one.ended() == state.ended());
    let nth = row.take_while(|one| **one != state).count();
    let column = i32::try_from(nth).unwrap_or(0);
    if state.ended() {
        (MARGIN + (3 - column) * COLUMN, ENDS_Y)
    } else {
        (MARGIN + column * COLUMN, LIVING_Y)
    }
}

fn state_box(text: &mut String, state: OrderState) {
    let (x, y) = middle(state);
    let (width, height) = BOX;
    let (left, top) = (x - width / 2, y - height / 2);
    let fill = if state.ended() { "#eee" } else { "#f6e7d2" };
    let _ = writeln!(
        text,
        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"8\" \
         fill=\"{fill}\" stroke=\"#000\"/>"
    );
    let roles = undo(state);
    let up = if roles.is_empty() { 5 } else { -2 };
    let name = state.name();
    let _ = writeln!(
        text,
        "<text x=\"{x}\" y=\"{}\" font-weight=\"bold\">{name}</text>",
        y + up
    );
    if !roles.is_empty() {
        let (y, who) = (y + 14, who(&roles));
        let _ = writeln!(
            text,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"10\">undo ({who})</text>"
        );
    }
}

/// A curve along the row: over it to the right and to itself, under it to the left.
fn along(text: &mut String, from: OrderState, to: OrderState, label: &str) {
    let ((x1, y), (x2, _)) = (middle(from), middle(to));
    let half = BOX.1 / 2;
    let way = if x2 < x1 { -1 } else { 1 };
    let columns = (x2 - x1).abs() / COLUMN;
    let (start, end) = if columns == 0 {
        (x1 - 25, x1 + 25)
    } else {
        (x1 + way * 40, x2 - way * 40)
    };
    let edge = y - way * half;
    let peak = edge - way * if columns > 1 { 110 } else { 40 };
    let path = format!("M{start} {edge} C{start} {peak} {end} {peak} {end} {edge}");
    // Over the curve, or under it.
    let y = edge + (peak - edge) * 3 / 4 + if way > 0 { -4 } else { 13 };
    arrow(text, &path, i32::midpoint(x1, x2), y, label);
}

/// A line from a living state to an end. Those of one state bear their labels at different heights.
fn down(text: &mut String, from: OrderState, to: OrderState, label: &str, nth: i32) {
    let ((x1, y1), (x2, y2)) = (middle(from), middle(to));
    let lean = (x2 - x1).signum() * 30;
    let (start, top) = (x1 + lean, y1 + BOX.1 / 2);
    let (end, bottom) = (x2 - lean, y2 - BOX.1 / 2);
    let percent = 25 + 22 * nth;
    let x = start + (end - start) * percent / 100;
    let y = top + (bottom - top) * percent / 100;
    let path = format!("M{start} {top} L{end} {bottom}");
    arrow(text, &path, x, y, label);
}

fn arrow(text: &mut String, path: &str, x: i32, y: i32, label: &str) {
    let _ = writeln!(
        text,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#555\" marker-end=\"url(#tip)\"/>\n\
         <text x=\"{x}\" y=\"{y}\" font-size=\"11\" stroke=\"#fff\" stroke-width=\"4\" \
         paint-order=\"stroke\">{label}</text>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_in_both_pictures() {
        let (mermaid, svg) = (mermaid(), svg());
        for row in TRANSITIONS {
            let by = role(row.by);
            let To::State(to) = row.to else {
                let note = |line: &&str| line.contains("undo (") && line.contains(by);
                let name = format!("note right of {}:", row.from.name());
                assert!(
                    mermaid
                        .lines()
                        .filter(note)
                        .any(|line| line.contains(&name))
                );
                assert!(svg.lines().any(|line| note(&line)));
                continue;
            };
            let arrow = format!(
                "{} --> {}: {} (",
                row.from.name(),
                to.name(),
                row.verb.name()
            );
            let drawn = |line: &str| line.contains(&arrow) && line.contains(by);
            assert!(mermaid.lines().any(drawn), "{row:?}");
            let label = format!("{} (", row.verb.name());
            assert!(
                svg.lines()
                    .any(|line| line.contains(&label) && line.contains(by))
            );
        }
        let drawn = mermaid.matches(" --> ").count() - 1 - mermaid.matches(" --> [*]").count();
        assert_eq!(drawn, arrows().len(), "and nothing else");
        assert_eq!(svg.matches("marker-end").count(), arrows().len());
    }
}
