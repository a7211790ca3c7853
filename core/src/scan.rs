//! From a camera's frame to what was scanned: [`decode`] finds the text of a QR code in a frame,
//! [`read()`] says what a text means, scanned or typed.

mod frame;
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

/// Finds and reads a QR code. A frame may hold several: one that is Presso's comes first.
///
/// Three looks, each for what the one before misses: at the frame as it is; at half its size,
/// every patch stretched to full contrast (noise, glare, shadow); and at that inverted (light on
/// dark). A frame without a code costs all three.
///
/// The reader has assertions of its own. Where panics unwind a frame that breaks one reads as
/// empty; in a browser such a frame stops the program, so decode in a worker that can be replaced.
#[must_use]
pub fn decode(luma: &Luma<'_>) -> Option<Found> {
    let shrink = luma.shrink_for_reading();
    let full = luma.shrunk(shrink);
    look(&full, shrink).or_else(|| {
        let half = full.as_luma().shrunk(2).stretched();
        look(&half, shrink * 2).or_else(|| look(&half.inverted(), shrink * 2))
    })
}

/// Looks at one picture, `scale` times smaller than the frame.
fn look(picture: &frame::Picture, scale: usize) -> Option<Found> {
    let (width, height) = picture.size();
    if width < SMALLEST || height < SMALLEST {
        return None;
    }
    let looked = std::panic::catch_unwind(|| {
        let pixel = |x, y| picture.at(x, y);
        let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        let grids = prepared.detect_grids();
        let texts = grids.iter().filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            Some((text, grid.bounds.map(|point| (point.x, point.y))))
        });
        texts.collect::<Vec<_>>()
    });
    let mut texts = looked.ok()?;
    texts.sort_by_key(|(text, _)| matches!(read(text), Scanned::Other));
    let scale = i32::try_from(scale).ok()?;
    texts.into_iter().next().map(|(text, corners)| Found {
        text,
        corners: corners.map(|(x, y)| (x.saturating_mul(scale), y.saturating_mul(scale))),
    })
}

/// The smallest code has 21 modules on a side.
const SMALLEST: usize = 21;

#[cfg(test)]
mod tests;
