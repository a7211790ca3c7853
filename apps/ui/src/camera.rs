//! The camera: frames in shades of grey, small enough to be searched ten times a second.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

/// The longer side of a frame is shrunk to this, pixels: a code that fills a third of the picture
/// still has five pixels to each of its squares.
const LONG_SIDE: u32 = 640;

/// Why there are no frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCamera {
    /// The browser or its user said no.
    Refused,
    /// There is none, or this page may not ask for one (no HTTPS).
    Missing,
    /// Another program holds it, or it broke.
    Busy,
}

/// One picture in shades of grey.
pub struct Frame {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Brightness, row by row.
    pub luma: Vec<u8>,
}

/// A running camera, shown in a video element. Stops when dropped.
pub struct Camera {
    stream: MediaStream,
    video: HtmlVideoElement,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Camera {
    /// Asks for the camera at the back and shows it in `video`.
    ///
    /// # Errors
    /// [`NoCamera`]: the user's refusal, no camera, or a busy one.
    pub async fn start(video: HtmlVideoElement) -> Result<Self, NoCamera> {
        let devices = window().navigator().media_devices();
        let devices = devices.map_err(|_| NoCamera::Missing)?;
        if devices.is_undefined() {
            return Err(NoCamera::Missing); // a page without HTTPS has no such member
        }
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::FALSE);
        wanted.set_video(&back_camera());
        let promise = devices
            .get_user_media_with_constraints(&wanted)
            .map_err(|e| why(&e))?;
        let stream = JsFuture::from(promise).await.map_err(|e| why(&e))?;
        let stream: MediaStream = stream.unchecked_into();
        video.set_src_object(Some(&stream));
        video.set_muted(true);
        if let Ok(playing) = video.play() {
            // Interrupted when the screen is left at once; then there are just no frames.
            let _ = JsFuture::from(playing).await;
        }
        let canvas = document()
            .create_element("canvas")
            .map_err(|_| NoCamera::Busy)?;
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        let context = context(&canvas).ok_or(NoCamera::Busy)?;
        Ok(Self {
            stream,
            video,
            canvas,
            context,
        })
    }

    /// The picture of this moment; none before the first.
    #[must_use]
    pub fn frame(&self) -> Option<Frame> {
        let (width, height) = shrunk(self.video.video_width(), self.video.video_height())?;
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (w, h) = (f64::from(width), f64::from(height));
        self.context
            .draw_image_with_html_video_element_and_dw_and_dh(&self.video, 0.0, 0.0, w, h)
            .ok()?;
        let pixels = self.context.get_image_data(0.0, 0.0, w, h).ok()?.data();
        Some(Frame {
            width: width as usize,
            height: height as usize,
            luma: luma(&pixels),
        })
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks().iter() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        self.video.set_src_object(None);
    }
}

fn back_camera() -> JsValue {
    let ideal = |value: JsValue| {
        let object = js_sys::Object::new();
        set(&object, "ideal", &value);
        JsValue::from(object)
    };
    let video = js_sys::Object::new();
    set(&video, "facingMode", &ideal("environment".into()));
    set(&video, "width", &ideal(1280.into()));
    set(&video, "height", &ideal(720.into()));
    video.into()
}

fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    // A fresh plain object takes every member.
    let _ = js_sys::Reflect::set(object, &name.into(), value);
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let options = js_sys::Object::new();
    // Its pixels are read all the time: keep them where that is cheap.
    set(&options, "willReadFrequently", &JsValue::TRUE);
    let context = canvas.get_context_with_context_options("2d", &options);
    context.ok()??.dyn_into().ok()
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

fn shrunk(width: u32, height: u32) -> Option<(u32, u32)> {
    let long = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    if long <= LONG_SIDE {
        return Some((width, height));
    }
    let side = |side: u32| (side * LONG_SIDE / long).max(1);
    Some((side(width), side(height)))
}

/// The weights of ITU-R BT.601, in 256ths.
fn luma(rgba: &[u8]) -> Vec<u8> {
    let grey = |p: &[u8]| {
        let sum = 77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]);
        u8::try_from(sum >> 8).unwrap_or(u8::MAX)
    };
    rgba.chunks_exact(4).map(grey).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_shrink_to_their_long_side_and_small_ones_stay() {
        assert_eq!(shrunk(1280, 720), Some((640, 360)));
        assert_eq!(shrunk(720, 1280), Some((360, 640)));
        assert_eq!(shrunk(320, 240), Some((320, 240)));
        assert_eq!(shrunk(0, 240), None);
    }

    #[test]
    fn white_stays_white_and_black_black() {
        assert_eq!(luma(&[255, 255, 255, 255, 0, 0, 0, 255]), [255, 0]);
    }
}
