//! A picture from a file: one that was taken earlier, or sent by a friend.

use super::{
    Seen,
    canvas::{Canvas, shrunk},
};
use crate::decoder::Decoder;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ImageBitmap};

/// The longer side is shrunk to this, pixels: phones take pictures far larger than is of use.
const LONGEST: u32 = 1920;

/// The file is no picture that this browser can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoPicture;

/// Looks for a code in a picture.
///
/// # Errors
/// [`NoPicture`].
pub async fn look(file: &File) -> Result<Option<Seen>, NoPicture> {
    let bitmap = window().create_image_bitmap_with_blob(file);
    let bitmap = JsFuture::from(bitmap.map_err(|_| NoPicture)?).await;
    let bitmap: ImageBitmap = bitmap.map_err(|_| NoPicture)?.unchecked_into();
    let size = shrunk(bitmap.width(), bitmap.height(), LONGEST).ok_or(NoPicture)?;
    let canvas = Canvas::new().ok_or(NoPicture)?;
    let frame = canvas.frame(size, |context, w, h| {
        // What is see-through is white, as it would be on a page.
        context.set_fill_style_str("white");
        context.fill_rect(0.0, 0.0, w, h);
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, w, h)
    });
    bitmap.close();
    let frame = frame.ok_or(NoPicture)?;
    Ok(Decoder::default().decode(&frame).await)
}
