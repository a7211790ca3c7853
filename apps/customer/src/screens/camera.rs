//! The camera looks for a code. Whatever goes wrong says what to do.

use crate::{actions, phone::Phone, scanner, scanner::Found, state::Place};
use leptos::{html, prelude::*, task::spawn_local};
use presso_ui::camera::{Camera, NoCamera};
use presso_ui::clock;
use presso_ui::decoder::Decoder;
use presso_ui::{Button, ButtonKind, Heading, t};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// Time from look to look: ten a second, less what a look takes.
const EVERY: Duration = Duration::from_millis(100);
/// After this long without a code there is a hint.
const HINT_AFTER: Duration = Duration::from_secs(20);

#[derive(Clone, PartialEq)]
enum Look {
    Starting,
    Looking,
    /// Nothing found for a while.
    Long,
    /// A code, but not one of this shop.
    NotOurs,
    None(NoCamera),
}

/// The camera looks for a code.
#[component]
pub(crate) fn CameraScreen() -> impl IntoView {
    let phone = Phone::here();
    let look = RwSignal::new(Look::Starting);
    let node = NodeRef::<html::Video>::new();
    let camera: Rc<RefCell<Option<Camera>>> = Rc::default();
    let left = StoredValue::new(false);
    let held = StoredValue::new_local(camera.clone());
    on_cleanup(move || {
        left.set_value(true);
        held.with_value(|camera| drop(camera.borrow_mut().take()));
    });
    node.on_load(move |video| {
        spawn_local(async move {
            match Camera::start(video).await {
                // Left before the camera came up: it is dropped, and with that stops.
                Ok(_) if left.try_get_value().unwrap_or(true) => {}
                Ok(started) => {
                    *camera.borrow_mut() = Some(started);
                    look.set(Look::Looking);
                    search(phone, camera, look).await;
                }
                Err(why) => drop(look.try_set(Look::None(why))),
            }
        });
    });
    let hint_after = move || {
        // The screen may be gone by then.
        let _ = look.try_update(|look| {
            if *look == Look::Looking {
                *look = Look::Long;
            }
        });
    };
    set_timeout(hint_after, HINT_AFTER);
    let message = move || match look.get() {
        Look::Starting => t!("camera-starting"),
        Look::Looking => t!("camera-looking"),
        Look::Long => t!("camera-long"),
        Look::NotOurs => t!("camera-not-ours"),
        Look::None(NoCamera::Refused) => t!("camera-refused"),
        Look::None(NoCamera::Missing) => t!("camera-missing"),
        Look::None(NoCamera::Busy) => t!("camera-busy"),
    };
    let blind = move || matches!(look.get(), Look::None(_));
    view! {
        <Heading text=t!("camera-title")/>
        <div class="viewfinder" hidden=blind>
            <video node_ref=node playsinline muted autoplay aria-label=t!("camera-picture")></video>
            <div class="viewfinder-frame" aria-hidden="true"></div>
        </div>
        <p class="camera-message" class:bad=blind role="status" data-test="camera-message">{message}</p>
        <div class="stack">
            {move || {
                let kind = if blind() { ButtonKind::Accent } else { ButtonKind::Quiet };
                view! { <Button label=t!("type-code") kind=kind class="wide" on_press=move |()| phone.state.update(|s| s.place = Place::Typing) test="type"/> }
            }}
            <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=move |()| phone.state.update(|s| s.place = Place::Here) test="back"/>
        </div>
    }
}

/// Looks at a frame, and again a little later, until a code is found or the camera is gone.
async fn search(phone: Phone, camera: Rc<RefCell<Option<Camera>>>, look: RwSignal<Look>) {
    let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) else {
        return;
    };
    let decoder = Decoder::default();
    loop {
        let frame = match &*camera.borrow() {
            Some(camera) => camera.frame(),
            None => return,
        };
        let text = match frame {
            Some(frame) => decoder.decode(&frame).await,
            None => None,
        };
        if camera.borrow().is_none() {
            return; // left while the scanner was looking
        }
        match text.map(|text| scanner::meaning(&text, &shop)) {
            Some(Found::Code(code)) => {
                drop(camera.borrow_mut().take());
                actions::redeem(phone, code.as_str());
                return;
            }
            Some(Found::OtherShop(shop, code)) => {
                presso_ui::page::go_to(&format!("/s/{shop}#c={code}"));
                return;
            }
            Some(Found::NotOurs) => drop(look.try_set(Look::NotOurs)),
            None => {}
        }
        clock::wait(EVERY).await;
    }
}
