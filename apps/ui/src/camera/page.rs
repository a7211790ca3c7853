//! The browser's camera, and who looks for codes in its pictures: the browser itself where it can,
//! and our own scanner.

use super::{
    NoCamera, Seen,
    canvas::{Canvas, shrunk},
    media_devices, object,
};
use crate::decoder::Decoder;
use crate::detector::Detector;
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlVideoElement, MediaStream, MediaStreamConstraints, MediaStreamTrack, MediaStreamTrackState,
};

/// The longer side of a picture is shrunk to this, pixels: what the scanner is measured at.
const LONGEST: u32 = 1280;
/// After so many looks in vain of the browser's own detector our scanner looks too: it reads what
/// others do not, and is worth its download then.
const IN_VAIN: u32 = 8;

/// A running camera.
pub(super) struct Source {
    stream: MediaStream,
    video: HtmlVideoElement,
    canvas: Canvas,
    detector: Option<Detector>,
    decoder: Decoder,
    in_vain: Cell<u32>,
}

impl Source {
    pub(super) async fn start(
        video: HtmlVideoElement,
        chosen: Option<&str>,
    ) -> Result<Self, NoCamera> {
        let devices = media_devices().ok_or(NoCamera::Missing)?;
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::FALSE);
        wanted.set_video(&wish(chosen));
        let promise = devices
            .get_user_media_with_constraints(&wanted)
            .map_err(|e| why(&e))?;
        let stream = JsFuture::from(promise).await.map_err(|e| why(&e))?;
        let stream: MediaStream = stream.unchecked_into();
        video.set_src_object(Some(&stream));
        video.set_muted(true);
        if let Ok(playing) = video.play() {
            // Interrupted when the screen is left at once; then there are just no pictures.
            let _ = JsFuture::from(playing).await;
        }
        Ok(Self {
            stream,
            video,
            canvas: Canvas::new().ok_or(NoCamera::Busy)?,
            detector: Detector::find().await,
            decoder: Decoder::default(),
            in_vain: Cell::new(0),
        })
    }

    pub(super) async fn look(&self) -> Result<Option<Seen>, NoCamera> {
        if self.ended() {
            return Err(NoCamera::Gone);
        }
        if let Some(detector) = &self.detector {
            let seen = detector.detect(&self.video).await;
            if seen.is_some() || self.in_vain.get() < IN_VAIN {
                self.in_vain.set(self.in_vain.get() + 1);
                return Ok(seen);
            }
        }
        let size = shrunk(self.video.video_width(), self.video.video_height(), LONGEST);
        // None before the first picture.
        let frame = size.and_then(|size| {
            self.canvas.frame(size, |context, w, h| {
                context.draw_image_with_html_video_element_and_dw_and_dh(
                    &self.video,
                    0.0,
                    0.0,
                    w,
                    h,
                )
            })
        });
        Ok(match frame {
            Some(frame) => self.decoder.decode(&frame).await,
            None => None,
        })
    }

    /// Which camera it is.
    pub(super) fn device(&self) -> Option<String> {
        let track: MediaStreamTrack = self.stream.get_video_tracks().get(0).dyn_into().ok()?;
        track.get_settings().get_device_id()
    }

    /// Was it pulled out, or taken away by the system?
    fn ended(&self) -> bool {
        let over = |track: JsValue| {
            let track: MediaStreamTrack = track.unchecked_into();
            track.ready_state() == MediaStreamTrackState::Ended
        };
        self.stream.get_video_tracks().iter().all(over)
    }

    pub(super) fn stop(&self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        // Another camera may be shown there by now.
        if self.video.src_object().as_ref() == Some(&self.stream) {
            self.video.set_src_object(None);
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.stop();
    }
}

fn wish(chosen: Option<&str>) -> JsValue {
    let ideal = |value: JsValue| object(&[("ideal", &value)]);
    let (which, value) = match chosen {
        Some(id) => ("deviceId", object(&[("exact", &id.into())])),
        None => ("facingMode", ideal("environment".into())),
    };
    let (width, height) = (ideal(1280.into()), ideal(720.into()));
    object(&[(which, &value), ("width", &width), ("height", &height)])
}

fn why(error: &JsValue) -> NoCamera {
    let name = error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name);
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => NoCamera::Refused,
        Some("NotReadableError" | "AbortError") => NoCamera::Busy,
        _ => NoCamera::Missing,
    }
}
