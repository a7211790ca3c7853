//! A dialog: the browser's own, which keeps the focus inside and closes on Escape.

use super::{Button, ButtonKind};
use leptos::{ev, html, prelude::*};
use presso_words::t;
use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A modal dialog, shown while `open`. Its children are body and actions; a close button (with
/// `dismiss` as its words) stands below them.
#[component]
pub fn Dialog(
    /// Shown?
    open: RwSignal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What the button that just closes it says; "Close" when left out.
    #[prop(into, optional)]
    dismiss: MaybeProp<String>,
    /// Body and actions.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let id = format!("dialog-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // Fails only for an element that has left the page.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let labelled_by = id.clone();
    let on_click = move |event: ev::MouseEvent| {
        // A click on the dialog itself, not on anything in it, is one on the backdrop.
        let outside = event.target() == event.current_target();
        if outside {
            open.set(false);
        }
    };
    let label = Signal::derive(move || dismiss.get().unwrap_or_else(|| t!("close-dialog")));
    view! {
        <dialog class="dialog" node_ref=node aria-labelledby=labelled_by on:click=on_click on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <div class="dialog-body">
                    <h2 id=id.clone()>{move || title.get()}</h2>
                    {children()}
                    <Button label=label kind=ButtonKind::Plain on_press=move |()| open.set(false)/>
                </div>
            </Show>
        </dialog>
    }
}
