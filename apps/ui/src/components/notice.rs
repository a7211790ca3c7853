//! An empty, refused or ended state: a drawing, a heading, a sentence, what to do.

use super::{DrinkArt, Heading};
use leptos::prelude::*;

/// Fills its place with a drawing, a heading, a sentence, and what to do (its children).
#[component]
pub fn Notice(
    /// The heading; names the document, too.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence or two.
    #[prop(into, optional)]
    text: MaybeProp<String>,
    /// Which drink is drawn; a plain cup when left out.
    #[prop(into, optional)]
    icon: MaybeProp<String>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let sentence = move || {
        text.get()
            .map(|text| view! { <p class="notice-text">{text}</p> })
    };
    let icon = Signal::derive(move || icon.get().unwrap_or_default());
    view! {
        <div class=format!("notice {class}")>
            <DrinkArt icon=icon/>
            <Heading text=title/>
            {sentence}
            {children.map(|children| view! { <div class="notice-actions">{children()}</div> })}
        </div>
    }
}
