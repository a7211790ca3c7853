//! The sign over the door.

use leptos::prelude::*;
use presso_words::t;

/// A bean in a cup's circle, and the name.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <span class="brand">
            <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                <circle cx="16" cy="16" r="15" fill="var(--brand)"/>
                <ellipse cx="16" cy="16" rx="7" ry="10" transform="rotate(28 16 16)" fill="var(--on-brand)"/>
                <path
                    d="M19.5 7.6c-1.2 3.2-5.4 5-5.2 8.7.1 3-2 4.4-1.9 8"
                    fill="none" stroke="var(--brand)" stroke-width="2" stroke-linecap="round"
                />
            </svg>
            {t!("brand")}
        </span>
    }
}
