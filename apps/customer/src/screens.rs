//! The screens, one a file.

mod account;
mod alerts;
mod camera;
mod cancel;
mod choosing_bar;
mod door;
mod ended;
mod history;
mod journey;
mod lost;
mod menu;
mod no_shop;
mod options;
mod picture;
mod ready;
mod refused;
mod review;
mod sign_in;
mod summary;
mod typing;
mod waiting;

use crate::screen::Screen;
use leptos::prelude::*;
use presso_ui::{Loading, Notice, t};

/// Draws a screen.
pub(crate) fn draw(screen: Screen) -> AnyView {
    match screen {
        Screen::NoShop => view! { <no_shop::NoShop/> }.into_any(),
        Screen::Loading => view! { <Loading/> }.into_any(),
        Screen::Door => view! { <door::Door/> }.into_any(),
        Screen::Camera => view! { <camera::CameraScreen/> }.into_any(),
        Screen::Typing => view! { <typing::Typing/> }.into_any(),
        Screen::Starting => {
            view! { <Notice title=t!("starting-title") text=t!("starting-text") icon="latte" class="gentle"/> }.into_any()
        }
        Screen::Refused(refusal) => view! { <refused::Refused refusal=refusal/> }.into_any(),
        Screen::Menu => view! { <menu::MenuScreen/> }.into_any(),
        Screen::Options => view! { <options::Options/> }.into_any(),
        Screen::Review => view! { <review::Review/> }.into_any(),
        Screen::Waiting => view! { <waiting::Waiting/> }.into_any(),
        Screen::Ready => view! { <ready::Ready/> }.into_any(),
        Screen::Ended => view! { <ended::Ended/> }.into_any(),
        Screen::Lost => view! { <lost::Lost/> }.into_any(),
        Screen::History => view! { <history::History/> }.into_any(),
        Screen::Journey(order) => view! { <journey::JourneyScreen order=order/> }.into_any(),
        Screen::SignIn => view! { <sign_in::SignIn/> }.into_any(),
    }
}

/// A screen's name, for tests to wait for.
pub(crate) const fn name(screen: &Screen) -> &'static str {
    match screen {
        Screen::NoShop => "no-shop",
        Screen::Loading => "loading",
        Screen::Door => "door",
        Screen::Camera => "camera",
        Screen::Typing => "typing",
        Screen::Starting => "starting",
        Screen::Refused(_) => "refused",
        Screen::Menu => "menu",
        Screen::Options => "options",
        Screen::Review => "review",
        Screen::Waiting => "waiting",
        Screen::Ready => "ready",
        Screen::Ended => "ended",
        Screen::Lost => "lost",
        Screen::History => "history",
        Screen::Journey(_) => "journey",
        Screen::SignIn => "sign-in",
    }
}
