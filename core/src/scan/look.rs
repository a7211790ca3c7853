//! The two readers: `rxing` finds codes and straightens them, `rqrr` finds codes in its own way;
//! what the modules say is always read by `rqrr`.
//!
//! Both have assertions of their own. Where panics unwind, a picture that breaks one reads as
//! empty.

use super::{Found, Scanned, read};
use rqrr::{Grid, PreparedImage, SimpleGrid};
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A picture full of clutter has many threes of corners that could be a code's; the likely ones
/// come first, and so many are tried.
const TRIES: usize = 40;

/// Codes by `rxing`. Corners are the picture's.
pub(super) fn rxing(bits: Option<BitMatrix>) -> Option<Found> {
    const EVERY_THIRD_ROW: bool = true;
    let bits = &bits?;
    choose(|| {
        let mut finders = FindFinderPatterns(bits, EVERY_THIRD_ROW, 0);
        let sets = GenerateFinderPatternSets(&mut finders);
        let straight = sets
            .iter()
            .take(TRIES)
            .filter_map(|set| SampleQR(bits, set).ok());
        let codes = straight.filter_map(|code| {
            let modules = code.getBits();
            let side = usize::try_from(modules.width()).ok()?;
            let dark = |x, y| is_dark(modules, x, y);
            let (_, text) = Grid::new(SimpleGrid::from_func(side, dark)).decode().ok()?;
            // Its order is that of reading: the lower left before the lower right.
            let [top_left, top_right, low_left, low_right] = code.getPoints() else {
                return None;
            };
            #[expect(clippy::cast_possible_truncation, reason = "casts of floats saturate")]
            let corners = [top_left, top_right, low_right, low_left]
                .map(|point| (point.x.round() as i32, point.y.round() as i32));
            Some(Found { text, corners })
        });
        // Ours ends the search: a set or two, where all forty would mostly be in vain.
        let mut first = None;
        for code in codes {
            if is_ours(&code) {
                return Some(code);
            }
            first.get_or_insert(code);
        }
        first
    })
}

/// Codes by `rqrr`. Corners are the picture's.
pub(super) fn rqrr(bits: Option<BitMatrix>) -> Option<Found> {
    let bits = &bits?;
    choose(|| {
        let width = usize::try_from(bits.width()).ok()?;
        let height = usize::try_from(bits.height()).ok()?;
        let dark = |x, y| is_dark(bits, x, y);
        let mut prepared = PreparedImage::prepare_from_bitmap(width, height, dark);
        let grids = prepared.detect_grids();
        let codes = grids.iter().filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let corners = grid.bounds.map(|point| (point.x, point.y));
            Some(Found { text, corners })
        });
        codes.min_by_key(|code| !is_ours(code))
    })
}

fn is_dark(bits: &BitMatrix, x: usize, y: usize) -> bool {
    let place = u32::try_from(x).ok().zip(u32::try_from(y).ok());
    place.is_some_and(|(x, y)| bits.get(x, y))
}

fn is_ours(code: &Found) -> bool {
    !matches!(read(&code.text), Scanned::Other)
}

fn choose(look: impl FnOnce() -> Option<Found>) -> Option<Found> {
    catch_unwind(AssertUnwindSafe(look)).ok().flatten()
}
