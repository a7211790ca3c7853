//! What is drawn over the camera's picture: where to hold the code, and the outline of a found one.

use leptos::prelude::*;
use presso_ui::camera::Seen;

/// A frame to aim with; around the code in sight its outline instead.
#[component]
pub(super) fn Outline(
    seen: RwSignal<Option<Seen>>,
    /// It is not one of ours.
    other: Signal<bool>,
) -> impl IntoView {
    let outline = move || {
        seen.get().map(|seen| {
            // The picture fills the viewfinder and is cut at its sides: so is the drawing.
            view! {
                <svg
                    class="viewfinder-found" class:other=other data-test="found" aria-hidden="true"
                    viewBox=format!("0 0 {} {}", seen.of.0, seen.of.1) preserveAspectRatio="xMidYMid slice"
                >
                    <polygon points=points(&seen)/>
                </svg>
            }
        })
    };
    view! {
        <div class="viewfinder-frame" aria-hidden="true" hidden=move || seen.with(Option::is_some)></div>
        {outline}
    }
}

fn points(seen: &Seen) -> String {
    let corners = seen.corners.map(|(x, y)| format!("{x:.0},{y:.0}"));
    corners.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_goes_round_the_corners() {
        let seen = Seen {
            text: String::new(),
            corners: [(1.2, 2.0), (30.0, 2.0), (30.6, 40.0), (1.0, 40.0)],
            of: (640.0, 480.0),
        };
        assert_eq!(points(&seen), "1,2 30,2 31,40 1,40");
    }
}
