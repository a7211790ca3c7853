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
