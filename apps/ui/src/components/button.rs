//! A button.

use leptos::prelude::*;

/// What a button stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// The one thing to do, and a joy.
    Accent,
    /// Done: the green one.
    Go,
    /// Something else to do.
    Quiet,
    /// Takes something away.
    Danger,
    /// Leads to something that takes away.
    DangerQuiet,
    /// As text.
    Plain,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "",
            Self::Accent => "accent",
            Self::Go => "go",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
            Self::DangerQuiet => "danger-quiet",
            Self::Plain => "plain",
        }
    }
}

/// A button. While `busy` it turns, and pressing does nothing; `disabled` stays reachable for a
/// screen reader (`aria-disabled`), so say nearby why.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_press: Callback<()>,
    /// What it stands for.
    #[prop(optional)]
    kind: ButtonKind,
    /// More classes: `wide`, `large`.
    #[prop(optional)]
    class: &'static str,
    /// Something is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// A longer name for screen readers, where the label alone says too little ("Claim").
    #[prop(optional, into)]
    name: MaybeProp<String>,
    /// For tests and scripts: `data-test`.
    #[prop(optional)]
    test: &'static str,
) -> impl IntoView {
    let press = move |_| {
        if !busy.get_untracked() && !disabled.get_untracked() {
            on_press.run(());
        }
    };
    view! {
        <button
            type="button"
            class=format!("button {} {class}", kind.class())
            data-test=test
            aria-label=move || name.get()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || (disabled.get() || busy.get()).then_some("true")
            on:click=press
        >
            {move || label.get()}
        </button>
    }
}
