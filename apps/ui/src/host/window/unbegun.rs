//! A window whose page could not begin: it says so, where it would stay empty.

use crate::{Button, Notice, page};
use leptos::prelude::*;
use presso_core::api::Problem;
use presso_words::t;

/// Shown instead of the app's screens.
pub(super) fn mount(problem: &Problem) {
    let text = presso_words::problem(problem);
    leptos::mount::mount_to_body(move || {
        view! {
            <main class="page" data-test="unbegun">
                <Notice title=t!("unbegun-title") text=text icon="espresso">
                    <Button label=t!("try-again") on_press=|()| page::reload() test="begin-again"/>
                </Notice>
            </main>
        }
    });
}
