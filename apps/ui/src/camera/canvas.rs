//! From whatever a browser can draw to shades of grey.

use super::{Frame, object};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas that nobody sees.
pub(super) struct Canvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// None where a browser has no canvas left to give.
    pub(super) fn new() -> Option<Self> {
        let canvas = document().create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
        // Its pixels are read all the time: keep them where that is cheap.
        let options = object(&[("willReadFrequently", &JsValue::TRUE)]);
        let context = canvas.get_context_with_context_options("2d", &options);
        let context = context.ok()??.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// The picture that `draw` draws into a rectangle of this size.
    pub(super) fn frame(
        &self,
        (width, height): (u32, u32),
        draw: impl FnOnce(&CanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
    ) -> Option<Frame> {
        if self.canvas.width() != width || self.canvas.height() != height {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (w, h) = (f64::from(width), f64::from(height));
        draw(&self.context, w, h).ok()?;
        let pixels = self.context.get_image_data(0.0, 0.0, w, h).ok()?.data();
        Some(Frame {
            width: width as usize,
            height: height as usize,
            luma: luma(&pixels),
        })
    }
}

/// The size of a picture whose longer side is at most `longest`; none for an empty one.
pub(super) fn shrunk(width: u32, height: u32, longest: u32) -> Option<(u32, u32)> {
    let long = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    if long <= longest {
        return Some((width, height));
    }
    let side = |side: u32| {
        let side = u64::from(side) * u64::from(longest) / u64::from(long);
        u32::try_from(side).unwrap_or(longest).max(1)
    };
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
        assert_eq!(shrunk(1920, 1080, 1280), Some((1280, 720)));
        assert_eq!(shrunk(1080, 1920, 1280), Some((720, 1280)));
        assert_eq!(shrunk(320, 240, 1280), Some((320, 240)));
        assert_eq!(shrunk(60_000, 1, 1280), Some((1280, 1)));
        assert_eq!(shrunk(0, 240, 1280), None);
    }

    #[test]
    fn white_stays_white_and_black_black() {
        assert_eq!(luma(&[255, 255, 255, 255, 0, 0, 0, 255]), [255, 0]);
    }
}
