//! The camera looks for a code. Whatever goes wrong says what to do.

mod search;
mod view;

use crate::screens::picture::PictureButton;
use crate::{phone::Phone, state::Place};
use leptos::{html, prelude::*};
use presso_ui::camera::{Device, NoCamera};
use presso_ui::{Button, ButtonKind, Heading, t};
use search::{Look, Search};
use view::Outline;

/// The camera looks for a code.
#[component]
pub(crate) fn CameraScreen() -> impl IntoView {
    let phone = Phone::here();
    let video = NodeRef::<html::Video>::new();
    let search = Search::new(phone);
    video.on_load(move |video| search.start(video));
    on_cleanup(move || search.end());
    let again = move || {
        if let Some(video) = video.get_untracked() {
            search.start(video);
        }
    };
    let choose = move |id: String| {
        search.chosen.set(Some(id));
        again();
    };
    let look = search.look;
    let blind = Memo::new(move |_| matches!(look.get(), Look::None(_)));
    let other = Signal::derive(move || look.get() == Look::NotOurs);
    let go = move |place| move |()| phone.state.update(|s| s.place = place);
    view! {
        <Heading text=t!("camera-title")/>
        <div class="viewfinder" hidden=move || blind.get()>
            <video node_ref=video playsinline muted autoplay aria-label=t!("camera-picture")></video>
            <Outline seen=search.seen other=other/>
        </div>
        <p class="camera-message" class:bad=move || blind.get() role="status" data-test="camera-message">
            {move || message(&look.get())}
        </p>
        <div class="stack">
            <Show when=move || blind.get()>
                <Button label=t!("try-again") kind=ButtonKind::Quiet class="wide" on_press=move |()| again() test="again"/>
            </Show>
            {move || {
                let kind = if blind.get() { ButtonKind::Accent } else { ButtonKind::Quiet };
                view! { <Button label=t!("type-code") kind=kind class="wide" on_press=go(Place::Typing) test="type"/> }
            }}
            <PictureButton/>
            <Cameras devices=search.devices chosen=search.chosen on_choose=Callback::new(choose)/>
            <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=go(Place::Here) test="back"/>
        </div>
    }
}

fn message(look: &Look) -> String {
    match look {
        Look::Starting => t!("camera-starting"),
        Look::Looking => t!("camera-looking"),
        Look::Found => t!("camera-found"),
        Look::Long => t!("camera-long"),
        Look::NotOurs => t!("camera-not-ours"),
        Look::None(NoCamera::Refused) => t!("camera-refused"),
        Look::None(NoCamera::Missing) => t!("camera-missing"),
        Look::None(NoCamera::Busy) => t!("camera-busy"),
        Look::None(NoCamera::Gone) => t!("camera-gone"),
    }
}

/// Which camera, where there are several.
#[component]
fn Cameras(
    devices: RwSignal<Vec<Device>>,
    chosen: RwSignal<Option<String>>,
    on_choose: Callback<String>,
) -> impl IntoView {
    let choice = move |(number, device): (usize, Device)| {
        let name = if device.name.is_empty() {
            t!("camera-number", number = number + 1)
        } else {
            device.name
        };
        let id = device.id.clone();
        let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&id));
        view! { <option value=device.id selected=selected>{name}</option> }
    };
    let choices = move || {
        devices
            .get()
            .into_iter()
            .enumerate()
            .map(choice)
            .collect_view()
    };
    view! {
        <Show when=move || devices.with(|devices| 1 < devices.len())>
            <div class="field">
                <label for="camera">{t!("camera-which")}</label>
                <select id="camera" class="input" data-test="cameras" on:change=move |event| on_choose.run(event_target_value(&event))>
                    {choices}
                </select>
            </div>
        </Show>
    }
}
