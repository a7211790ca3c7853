//! A picture in memory, from PNG and to it.

use std::io::Cursor;

/// Red, green, blue; rows from the top, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// Three bytes a pixel.
    pub rgb: Vec<u8>,
}

impl Picture {
    /// Reads an 8-bit PNG, as browsers take them.
    ///
    /// # Panics
    /// When it is something else.
    #[must_use]
    pub fn from_png(bytes: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a browser's picture is a PNG");
        let size = reader.output_buffer_size().expect("it fits into memory");
        let mut raw = vec![0; size];
        let info = reader.next_frame(&mut raw).expect("it has one picture");
        let rgb = match info.color_type {
            png::ColorType::Rgb => raw,
            png::ColorType::Rgba => raw.chunks(4).flat_map(|p| [p[0], p[1], p[2]]).collect(),
            other => panic!("a browser's picture is coloured, not {other:?}"),
        };
        Self {
            width: info.width as usize,
            height: info.height as usize,
            rgb,
        }
    }

    /// As PNG.
    ///
    /// # Errors
    /// When it does not fit into one.
    pub fn to_png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let size = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut bytes, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&self.rgb)?;
        Ok(bytes)
    }

    /// A code in black on white with its border, so many pixels a module.
    ///
    /// # Panics
    /// When the text is too long for a code.
    #[must_use]
    pub fn of_code(text: &str, module: usize) -> Self {
        let code = presso_core::qr::matrix(text).expect("a short text");
        let quiet = presso_core::qr::QUIET;
        let side = code.side() * module;
        let cell = |at: usize| (at / module).wrapping_sub(quiet);
        let places = (0..side).flat_map(|y| (0..side).map(move |x| (cell(x), cell(y))));
        let grey = places.map(|(x, y)| if code.is_dark(x, y) { 10 } else { 250 });
        Self {
            width: side,
            height: side,
            rgb: grey.flat_map(|grey| [grey; 3]).collect(),
        }
    }

    /// The colour between the pixels around a place; none outside.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<[f32; 3]> {
        let (x, y) = (x - 0.5, y - 0.5);
        let inside =
            x >= 0.0 && y >= 0.0 && x < (self.width - 1) as f32 && y < (self.height - 1) as f32;
        if !inside {
            return None;
        }
        let (left, top) = (x as usize, y as usize);
        let (right, below) = (x.fract(), y.fract());
        let pixel = |dx: usize, dy: usize, c: usize| {
            f32::from(self.rgb[((top + dy) * self.width + left + dx) * 3 + c])
        };
        Some(std::array::from_fn(|c| {
            let upper = pixel(0, 0, c) * (1.0 - right) + pixel(1, 0, c) * right;
            let lower = pixel(0, 1, c) * (1.0 - right) + pixel(1, 1, c) * right;
            upper * (1.0 - below) + lower * below
        }))
    }
}
