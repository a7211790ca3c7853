//! One picture, as grey values.

use presso_core::scan::{Found, Luma, decode};

/// One picture of a camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// A byte a pixel, 0 is black; rows from the top, without gaps.
    pub luma: Vec<u8>,
    /// The camera's count of pictures, from 1: two that differ by more than one had others between
    /// them that nobody looked at.
    pub number: u64,
}

impl Frame {
    /// The code in it.
    #[must_use]
    pub fn read(&self) -> Option<Found> {
        let (width, height) = (self.width as usize, self.height as usize);
        decode(&Luma::new(width, height, width, &self.luma)?)
    }
}
