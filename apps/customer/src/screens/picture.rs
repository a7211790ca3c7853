//! The code from a picture: for who took one earlier, or was sent one.

use crate::{actions, phone::Phone, scanner, scanner::Found};
use leptos::{ev, html, prelude::*, task::spawn_local};
use presso_ui::camera::picture;
use presso_ui::{host, t};

/// What there is to say about the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Unasked,
    Reading,
    /// There is no code in it.
    Nothing,
    /// There is a code in it, but none of a shop.
    NotOurs,
    /// The file is no picture.
    NoPicture,
}

/// Takes a picture from a file, and says what is wrong with it.
#[component]
pub(crate) fn PictureButton() -> impl IntoView {
    let phone = Phone::here();
    let state = RwSignal::new(State::Unasked);
    let input = NodeRef::<html::Input>::new();
    let read = move |_: ev::Event| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        state.set(State::Reading);
        spawn_local(async move {
            let looked = picture::look(&file).await;
            // The same file chosen again is looked at again.
            input.set_value("");
            let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) else {
                return;
            };
            let own = host::server();
            let meaning = |text: &str| scanner::meaning(text, &shop, own.as_deref());
            let seen = looked.map(|seen| seen.map(|seen| meaning(&seen.text)));
            let said = match seen {
                Err(picture::NoPicture) => State::NoPicture,
                Ok(None) => State::Nothing,
                Ok(Some(Found::NotOurs)) => State::NotOurs,
                // The screen may have been left meanwhile, and then nobody waits for this.
                Ok(Some(_)) if state.is_disposed() => return,
                Ok(Some(ours)) => return actions::follow(phone, ours),
            };
            state.try_set(said);
        });
    };
    let message = move || match state.get() {
        State::Unasked => None,
        State::Reading => Some(t!("picture-reading")),
        State::Nothing => Some(t!("picture-nothing")),
        State::NotOurs => Some(t!("picture-not-ours")),
        State::NoPicture => Some(t!("picture-none")),
    };
    view! {
        <div class="stack tight">
            <label class="button quiet wide file-button">
                <input
                    node_ref=input class="sr-only" type="file" accept="image/*" data-test="picture"
                    aria-describedby="picture-message" on:change=read
                />
                {t!("picture-take")}
            </label>
            <p id="picture-message" class="center soft picture-message" role="status">{message}</p>
        </div>
    }
}
