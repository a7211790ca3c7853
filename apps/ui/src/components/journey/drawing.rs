//! The state graph. What the order did is dark and numbered, where it is stands out, what else could
//! have been is faint.

use super::timeline::what;
use crate::t;
use leptos::prelude::*;
use presso_core::journey::{Arrow, Graph, Journey, Node, graph};
use presso_core::order::OrderState;
use presso_core::workflow::Verb;

/// The drawing, and the same in words for whoever does not see it.
#[component]
pub(super) fn Drawing(
    /// Whose path.
    journey: RwSignal<Option<Journey>>,
) -> impl IntoView {
    move || {
        let journey = journey.get()?;
        let Graph {
            width,
            height,
            nodes,
            mut arrows,
        } = graph(&journey.steps);
        // The path over what lies beside it.
        arrows.sort_by_key(|arrow| !arrow.taken.is_empty());
        let labels: Vec<_> = arrows.iter().filter_map(label).collect();
        Some(view! {
            <svg class="graph" viewBox=format!("0 0 {width} {height}") role="img" aria-label=alternative(&journey) data-test="graph">
                <defs>
                    <marker id="tip" class="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                        <path d="M0 0 8 4 0 8z"></path>
                    </marker>
                    <marker id="tip-taken" class="tip taken" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto">
                        <path d="M0 0 8 4 0 8z"></path>
                    </marker>
                </defs>
                {arrows.iter().map(line).collect_view()}
                {nodes.into_iter().map(state_box).collect_view()}
                {labels}
            </svg>
        })
    }
}

fn line(arrow: &Arrow) -> impl IntoView + use<> {
    let taken = !arrow.taken.is_empty();
    let tip = if taken {
        "url(#tip-taken)"
    } else {
        "url(#tip)"
    };
    let undo = arrow.verb == Some(Verb::Undo);
    view! { <path class="graph-line" class:taken=taken class:undo=undo d=arrow.path.clone() marker-end=tip></path> }
}

/// The numbers of the steps that took it.
fn label(arrow: &Arrow) -> Option<impl IntoView + use<>> {
    let numbers: Vec<_> = arrow.taken.iter().map(ToString::to_string).collect();
    let text = (!numbers.is_empty()).then(|| numbers.join(" · "))?;
    let (x, y) = arrow.label;
    let width = 14 + 7 * i32::try_from(text.chars().count()).unwrap_or(1);
    Some(view! {
        <rect class="graph-number" x={x - width / 2} y={y - 10} width=width height="20" rx="10"></rect>
        <text class="graph-number-text" x=x y={y + 4}>{text}</text>
    })
}

fn state_box(node: Node) -> impl IntoView {
    let ((x, y), (width, height)) = (node.at, node.size);
    let bad = matches!(node.state, OrderState::Cancelled | OrderState::TimedOut);
    view! {
        <g class="graph-state" class:visited=node.visited class:here=node.here class:good=node.state == OrderState::Collected class:bad=bad data-state=node.state.name()>
            <rect x={x - width / 2} y={y - height / 2} width=width height=height rx="12"></rect>
            <text x=x y={y + 5}>{state_name(node.state)}</text>
        </g>
    }
}

fn alternative(journey: &Journey) -> String {
    let steps = (1..).zip(&journey.steps);
    let said = steps.map(|(number, step): (u32, _)| {
        let (what, state) = (what(step), state_name(step.to));
        t!(
            "journey-graph-step",
            number = number,
            what = what,
            state = state
        )
    });
    let path = said.collect::<Vec<_>>().join("; ");
    t!("journey-graph-alt", path = path)
}

/// A state in a word or two.
#[must_use]
pub fn state_name(state: OrderState) -> String {
    match state {
        OrderState::Choosing => t!("state-choosing"),
        OrderState::Queued => t!("state-queued"),
        OrderState::Making => t!("state-making"),
        OrderState::Ready => t!("state-ready"),
        OrderState::Collected => t!("state-collected"),
        OrderState::Swept => t!("state-swept"),
        OrderState::Cancelled => t!("state-cancelled"),
        OrderState::TimedOut => t!("state-timed-out"),
    }
}
