//! From a camera's frame to what was scanned: [`decode`] finds the text of a QR code in a frame,
//! [`read()`] says what a text means, scanned or typed.

mod bits;
mod frame;
mod look;
mod read;

pub use frame::Luma;
pub use read::{Scanned, read};

/// A QR code that was found in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it says.
    pub text: String,
    /// Where it is, pixels of the frame: top left, top right, bottom right, bottom left of the
    /// code itself, which may stand on its head.
    pub corners: [(i32, i32); 4],
}

/// Finds and reads a QR code. A frame may hold several: one that is Presso's comes first among
/// those that one look sees.
///
/// Seven looks, each for what those before it miss, the cheap ones and those that find most first;
/// `cargo xtask bench scan` measures them. A frame without a code costs all seven.
///
/// The readers have assertions of their own. Where panics unwind a frame that breaks one reads as
/// empty; in a browser such a frame stops the program, so decode in a worker that can be replaced.
#[must_use]
pub fn decode(luma: &Luma<'_>) -> Option<Found> {
    let shrink = luma.shrink_for_reading();
    if luma.shorter_side() / shrink < SMALLEST {
        return None;
    }
    // Most frames: noise, moiré and weak contrast are gone at a third of the size.
    let third = luma.shrunk(3 * shrink);
    if let Some(found) = look::rxing(bits::below_mean(&third)) {
        return Some(found.scaled(3 * shrink));
    }
    let full = luma.shrunk(shrink);
    // Far away or seen from the side: every pixel counts.
    if let Some(found) = look::rxing(bits::hybrid(&full)) {
        return Some(found.scaled(shrink));
    }
    let half = full.as_luma().shrunk(2);
    let at_half = |found: Found| found.scaled(2 * shrink);
    if let Some(found) = look::rxing(bits::hybrid(&half).map(inverted)) {
        return Some(at_half(found));
    }
    // Out of focus.
    if let Some(found) = look::rxing(bits::below_mean(&third.sharpened(3))) {
        return Some(found.scaled(3 * shrink));
    }
    if let Some(found) = look::rxing(bits::below_middle(&half)) {
        return Some(at_half(found));
    }
    // Seen from far to the side: the other finder bears more.
    if let Some(found) = look::rqrr(bits::below_mean(&half)) {
        return Some(at_half(found));
    }
    // Small and faint.
    let found = look::rxing(bits::below_mean(&full.sharpened(4)));
    found.map(|found| found.scaled(shrink))
}

impl Found {
    /// The same in a frame `by` times larger.
    fn scaled(self, by: usize) -> Self {
        let by = i32::try_from(by).unwrap_or(1);
        let larger = |(x, y): (i32, i32)| (x.saturating_mul(by), y.saturating_mul(by));
        Self {
            text: self.text,
            corners: self.corners.map(larger),
        }
    }
}

/// Light on dark.
fn inverted(mut bits: rxing::common::BitMatrix) -> rxing::common::BitMatrix {
    bits.flip_self();
    bits
}

/// The smallest code has 21 modules on a side.
const SMALLEST: usize = 21;

#[cfg(test)]
mod tests;
