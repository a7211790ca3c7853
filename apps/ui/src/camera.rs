//! The camera, and the codes that it sees: [`Camera::start`], then [`Camera::look`] again and
//! again. A picture from a file is looked at by [`picture::look`].
//!
//! A seam: where the pictures come from and who looks for codes in them is this folder's affair.
//! In a browser both are the browser's ([`page`]), in a native window the shell's ([`window`])
//! where its system lets programs have a camera; a screen sees no difference.

mod canvas;
mod page;
pub mod picture;
mod window;

use crate::host::in_window;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
pub use web_sys::HtmlVideoElement as Video;
use web_sys::{MediaDeviceInfo, MediaDeviceKind, MediaDevices};

/// Why there are no pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCamera {
    /// The browser or its user said no.
    Refused,
    /// There is none, or this page may not ask for one (no HTTPS).
    Missing,
    /// Another program holds it, or it broke.
    Busy,
    /// It was there, and was pulled out or taken away.
    Gone,
}

/// A camera that one can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// For [`Camera::start`].
    pub id: String,
    /// What its maker calls it; may be empty.
    pub name: String,
}

/// A picture in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Brightness, row by row.
    pub luma: Vec<u8>,
}

/// A code that was found in a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// What it says.
    pub text: String,
    /// Its corners, going round, in pixels of the picture.
    pub corners: [(f64, f64); 4],
    /// The picture's width and height.
    pub of: (f64, f64),
}

/// A running camera. Stops when dropped, or when told to.
pub struct Camera {
    source: Source,
}

enum Source {
    Page(page::Source),
    Window(window::Source),
}

impl Camera {
    /// Asks for a camera and shows its pictures in `video`: the one that was chosen, else the one
    /// at the back.
    ///
    /// # Errors
    /// [`NoCamera`]: the user's refusal, no camera, or a busy one.
    pub async fn start(video: Video, chosen: Option<&str>) -> Result<Self, NoCamera> {
        if in_window()
            && let Some(started) = window::Source::start(&video, chosen).await
        {
            let source = Source::Window(started?);
            return Ok(Self { source });
        }
        let source = Source::Page(page::Source::start(video, chosen).await?);
        Ok(Self { source })
    }

    /// Which of the [`devices`] it is, where that is known.
    #[must_use]
    pub fn device(&self) -> Option<String> {
        match &self.source {
            Source::Page(page) => page.device(),
            Source::Window(_) => None,
        }
    }

    /// Looks for a code in the picture of this moment.
    ///
    /// # Errors
    /// [`NoCamera::Gone`] when there are no more pictures.
    pub async fn look(&self) -> Result<Option<Seen>, NoCamera> {
        match &self.source {
            Source::Page(page) => page.look().await,
            Source::Window(window) => window.look(),
        }
    }

    /// Stops it at once.
    pub fn stop(&self) {
        match &self.source {
            Source::Page(page) => page.stop(),
            Source::Window(window) => window.stop(),
        }
    }
}

/// The cameras that one can choose from. Browsers name them once one of them was allowed.
pub async fn devices() -> Vec<Device> {
    if in_window()
        && let Some(devices) = window::devices().await
    {
        return devices;
    }
    let Some(devices) = media_devices() else {
        return Vec::new();
    };
    let Ok(promise) = devices.enumerate_devices() else {
        return Vec::new();
    };
    let all = JsFuture::from(promise).await.unwrap_or(JsValue::NULL);
    let all = all.dyn_into::<Array>().unwrap_or_default();
    let camera = |device: JsValue| {
        let device: MediaDeviceInfo = device.dyn_into().ok()?;
        (device.kind() == MediaDeviceKind::Videoinput).then(|| Device {
            id: device.device_id(),
            name: device.label(),
        })
    };
    all.iter().filter_map(camera).collect()
}

/// A page without HTTPS has none.
fn media_devices() -> Option<MediaDevices> {
    let devices = window().navigator().media_devices().ok()?;
    (!devices.is_undefined()).then_some(devices)
}

/// A plain object with these members.
fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A fresh plain object takes every member.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
