//! A native window's camera: the shell's, which looks for codes too. Here its pictures are shown.

use super::{Device, NoCamera, Seen};
use crate::host::eye;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::Problem;
use presso_core::client::seam::Glance;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageData};

/// A running camera.
pub(super) struct Source(Rc<Showing>);

/// What goes on as long as it runs.
struct Showing {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// What the newest picture has in it, or why there are no more.
    newest: RefCell<Result<Option<Seen>, NoCamera>>,
    stopped: Cell<bool>,
}

impl Source {
    /// Starts one and shows its pictures in the video's place. `None` where the shell has no
    /// camera on this system: the page's is to be used.
    pub(super) async fn start(
        video: &HtmlVideoElement,
        chosen: Option<&str>,
    ) -> Option<Result<Self, NoCamera>> {
        match eye::start(chosen).await {
            Ok(()) => Some(Self::show(video).ok_or(NoCamera::Busy)),
            Err(problem) if problem.code == "ask_the_page" => None,
            Err(problem) => Some(Err(why(&problem))),
        }
    }

    fn show(video: &HtmlVideoElement) -> Option<Self> {
        let canvas = document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        for (name, value) in [
            ("role", Some("img".to_owned())),
            ("aria-label", video.get_attribute("aria-label")),
        ] {
            canvas
                .set_attribute(name, &value.unwrap_or_default())
                .ok()?;
        }
        video.set_hidden(true);
        video.before_with_node_1(&canvas).ok()?;
        let showing = Rc::new(Showing {
            canvas,
            context,
            newest: RefCell::new(Ok(None)),
            stopped: Cell::new(false),
        });
        let goes_on = Rc::clone(&showing);
        spawn_local(async move { goes_on.run().await });
        Some(Self(showing))
    }

    /// What the newest picture has in it.
    pub(super) fn look(&self) -> Result<Option<Seen>, NoCamera> {
        self.0.newest.borrow().clone()
    }

    pub(super) fn stop(&self) {
        if !self.0.stopped.replace(true) {
            self.0.canvas.remove();
            eye::stop();
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Showing {
    async fn run(&self) {
        while !self.stopped.get() {
            let looked = eye::look().await;
            if self.stopped.get() {
                return;
            }
            let seen = match looked {
                Ok((glance, grey)) => {
                    self.draw(&glance, &grey);
                    Ok(seen(&glance))
                }
                // It ran, so it is not missing: it was taken away.
                Err(_) => Err(NoCamera::Gone),
            };
            let over = seen.is_err();
            *self.newest.borrow_mut() = seen;
            if over {
                return;
            }
        }
    }

    fn draw(&self, glance: &Glance, grey: &[u8]) {
        let (width, height) = glance.shown;
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let mut rgba = Vec::with_capacity(grey.len() * 4);
        for value in grey {
            rgba.extend_from_slice(&[*value, *value, *value, u8::MAX]);
        }
        let picture = ImageData::new_with_u8_clamped_array(Clamped(&rgba), width);
        // Fails for an empty picture, of which there is nothing to see.
        let _ = picture.and_then(|picture| self.context.put_image_data(&picture, 0.0, 0.0));
    }
}

fn seen(glance: &Glance) -> Option<Seen> {
    let (width, height) = glance.of;
    Some(Seen {
        text: glance.text.clone()?,
        corners: glance.corners.map(|(x, y)| (f64::from(x), f64::from(y))),
        of: (f64::from(width), f64::from(height)),
    })
}

/// The cameras of the shell; none where it has no camera on this system.
pub(super) async fn devices() -> Option<Vec<Device>> {
    let device = |device: presso_core::client::seam::CameraDevice| Device {
        id: device.id,
        name: device.name,
    };
    match eye::devices().await {
        Ok(all) => Some(all.into_iter().map(device).collect()),
        Err(problem) if problem.code == "ask_the_page" => None,
        Err(_) => Some(Vec::new()),
    }
}

fn why(problem: &Problem) -> NoCamera {
    match problem.code.as_str() {
        "denied" => NoCamera::Refused,
        "no_camera" => NoCamera::Missing,
        "pulled_out" => NoCamera::Gone,
        _ => NoCamera::Busy,
    }
}
