//! The code on a shop's screen says its server, too: scanned where nobody has typed one.
#![expect(
    unreachable_pub,
    reason = "the component macro repeats a component's visibility inside its own module"
)]

use crate::camera::{Camera, NoCamera};
use crate::{Button, ButtonKind, clock};
use leptos::{html, prelude::*, task::spawn_local};
use presso_words::t;
use std::time::Duration;

/// Time from look to look.
const EVERY: Duration = Duration::from_millis(100);

/// Scans once it is pressed; hands on whatever a code says, and looks on.
#[component]
pub(super) fn Scan(
    /// Takes what a code says.
    found: Callback<String>,
) -> impl IntoView {
    let looking = RwSignal::new(false);
    let wrong = RwSignal::new(None::<NoCamera>);
    let start = move |()| {
        wrong.set(None);
        looking.set(true);
    };
    let message = move || match wrong.get() {
        None if looking.get() => t!("camera-looking"),
        None => String::new(),
        Some(NoCamera::Refused) => t!("camera-refused"),
        Some(NoCamera::Missing) => t!("camera-missing"),
        Some(NoCamera::Busy) => t!("camera-busy"),
        Some(NoCamera::Gone) => t!("camera-gone"),
    };
    let blind = move |why| {
        // The screen may be gone by then.
        let _ = wrong.try_set(Some(why));
        let _ = looking.try_set(false);
    };
    view! {
        <Show
            when=move || looking.get()
            fallback=move || view! { <Button label=t!("scan-code") kind=ButtonKind::Quiet class="wide large" on_press=start test="scan"/> }
        >
            <Viewfinder found=found blind=Callback::new(blind)/>
        </Show>
        <p class="camera-message" class:bad=move || wrong.get().is_some() role="status" data-test="camera-message">{message}</p>
    }
}

/// What the camera sees, for as long as this is shown.
#[component]
fn Viewfinder(found: Callback<String>, blind: Callback<NoCamera>) -> impl IntoView {
    let video = NodeRef::<html::Video>::new();
    let gone = StoredValue::new(false);
    on_cleanup(move || gone.set_value(true));
    let left = move || gone.try_get_value().unwrap_or(true);
    video.on_load(move |video| {
        spawn_local(async move {
            let camera = match Camera::start(video, None).await {
                Ok(camera) => camera,
                Err(why) if !left() => return blind.run(why),
                Err(_) => return,
            };
            let mut last = None;
            while !left() {
                match camera.look().await {
                    Ok(Some(seen)) if last.as_ref() != Some(&seen.text) => {
                        last = Some(seen.text.clone());
                        found.run(seen.text);
                    }
                    Ok(_) => {}
                    Err(why) => return blind.run(why),
                }
                clock::wait(EVERY).await;
            }
        });
    });
    view! {
        <div class="viewfinder">
            <video node_ref=video playsinline muted autoplay aria-label=t!("camera-picture")></video>
        </div>
    }
}
