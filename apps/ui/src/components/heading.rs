//! A screen's heading: gets the focus when the screen appears, and names the document.

use crate::page;
use leptos::{html, prelude::*};

/// The one `h1` of a screen. When it appears it takes the focus, so that a screen reader says
/// where one is, and gives the document its title.
#[component]
pub fn Heading(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Leaves focus and title alone: for screens without people in front of a keyboard.
    #[prop(optional)]
    still: bool,
) -> impl IntoView {
    let node = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if !still {
            page::set_title(&text.get());
        }
    });
    node.on_load(move |h1| {
        if !still {
            // Scrolls up as well: a new screen starts at its top. Fails only when it is gone again.
            let _ = h1.focus();
        }
    });
    view! { <h1 node_ref=node class=class tabindex="-1">{move || text.get()}</h1> }
}
