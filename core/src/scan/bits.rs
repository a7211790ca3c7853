//! From shades of grey to black and white, in three ways: each reads what the others miss.

use super::frame::Picture;
use rxing::common::{BIT_FIELD_BASE_BITS, BitArray, BitMatrix, HybridBinarizer};
use rxing::{Binarizer, Luma8Source};

/// By `rxing`'s own judgement: squares of 8 pixels, plain ones taken from their neighbours. Keeps
/// the smallest modules apart; weak contrast and noise mislead it.
pub(super) fn hybrid(picture: &Picture) -> Option<BitMatrix> {
    let (width, height) = sides(picture)?;
    let source = Luma8Source::new_with_slice(picture.pixels(), width, height).ok()?;
    let judged = HybridBinarizer::new(source);
    judged.get_black_matrix().ok().cloned()
}

/// Dark is what is darker than the mean around it, an eighth of the picture's shorter side wide:
/// however weak the contrast, and in whatever shadow.
pub(super) fn below_mean(picture: &Picture) -> Option<BitMatrix> {
    judged(picture, 40, 2, |tile| tile.sum / tile.pixels.max(1))
}

/// Dark is what is below the middle between the darkest and the lightest around it, a seventh of
/// the shorter side wide: for what is out of focus, where little is quite dark or quite light.
pub(super) fn below_middle(picture: &Picture) -> Option<BitMatrix> {
    judged(picture, 20, 1, |tile| {
        (u32::from(tile.dark) + u32::from(tile.light)) / 2
    })
}

/// What is known of a square of pixels, or of several.
#[derive(Clone, Copy)]
struct Tile {
    sum: u32,
    pixels: u32,
    dark: u8,
    light: u8,
}

impl Tile {
    const EMPTY: Self = Self {
        sum: 0,
        pixels: 0,
        dark: u8::MAX,
        light: u8::MIN,
    };
    fn add(&mut self, pixels: &[u8]) {
        let mut sum = 0;
        for pixel in pixels {
            sum += u32::from(*pixel);
            self.dark = self.dark.min(*pixel);
            self.light = self.light.max(*pixel);
        }
        self.sum += sum;
        self.pixels += u32::try_from(pixels.len()).unwrap_or(u32::MAX);
    }
    fn join(self, other: &Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            pixels: self.pixels + other.pixels,
            dark: self.dark.min(other.dark),
            light: self.light.max(other.light),
        }
    }
}

/// Judges every pixel by the `level` of its tile and those up to `reach` tiles away; the shorter
/// side is `tiles` tiles long.
fn judged(
    picture: &Picture,
    tiles: usize,
    reach: usize,
    level: impl Fn(&Tile) -> u32,
) -> Option<BitMatrix> {
    let (width, height) = picture.size();
    let side = (width.min(height) / tiles).max(2);
    let (across, down) = (width.div_ceil(side), height.div_ceil(side));
    let mut of = vec![Tile::EMPTY; across * down];
    for (y, row) in picture.rows().enumerate() {
        let tiles = &mut of[y / side * across..][..across];
        for (tile, part) in tiles.iter_mut().zip(row.chunks(side)) {
            tile.add(part);
        }
    }
    let near = |x: usize, y: usize| {
        let columns = x.saturating_sub(reach)..(x + reach + 1).min(across);
        let rows = y.saturating_sub(reach)..(y + reach + 1).min(down);
        let near = rows.flat_map(|row| &of[row * across..][columns.clone()]);
        near.fold(Tile::EMPTY, Tile::join)
    };
    let (wide, high) = sides(picture)?;
    let mut bits = BitMatrix::new(wide, high).ok()?;
    let mut levels = vec![0; width];
    for (y, row) in picture.rows().enumerate() {
        if y % side == 0 {
            for (x, part) in levels.chunks_mut(side).enumerate() {
                part.fill(u8::try_from(level(&near(x, y / side))).unwrap_or(u8::MAX));
            }
        }
        bits.setRow(u32::try_from(y).ok()?, &darker(row, &levels));
    }
    Some(bits)
}

/// Which pixels of a row are darker than their level, a word of bits at a time.
fn darker(row: &[u8], levels: &[u8]) -> BitArray {
    let mut bits = BitArray::with_size(row.len());
    let words = row
        .chunks(BIT_FIELD_BASE_BITS)
        .zip(levels.chunks(BIT_FIELD_BASE_BITS));
    for (i, (pixels, levels)) in words.enumerate() {
        let pairs = pixels.iter().zip(levels).enumerate();
        let word = pairs.fold(0, |word, (bit, (pixel, level))| {
            word | usize::from(pixel < level) << bit
        });
        bits.setBulk(i * BIT_FIELD_BASE_BITS, word);
    }
    bits
}

fn sides(picture: &Picture) -> Option<(u32, u32)> {
    let (width, height) = picture.size();
    Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::Luma;

    fn picture(width: usize, height: usize, at: impl Fn(usize, usize) -> u8) -> Picture {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let pixels: Vec<u8> = places.map(|(x, y)| at(x, y)).collect();
        Luma::new(width, height, width, &pixels).unwrap().shrunk(1)
    }

    #[test]
    fn faint_stripes_in_a_deep_shadow_are_told_apart() {
        // Every fourth column a little darker, under light that falls off to the right.
        let faint = picture(200, 120, |x, _| {
            let light = 200 - x / 2;
            (if x % 4 == 0 { light - 12 } else { light }) as u8
        });
        for bits in [below_mean(&faint), below_middle(&faint)] {
            let bits = bits.unwrap();
            let right = |x: &u32| bits.get(*x, 60) == x.is_multiple_of(4);
            let share = (0..200).filter(right).count();
            assert!(share > 180, "{share} of 200");
        }
    }

    #[test]
    fn every_pixel_of_odd_sizes_is_judged() {
        for (width, height) in [(65, 41), (64, 40), (63, 77), (129, 33)] {
            let half = picture(width, height, |x, _| if x < width / 2 { 20 } else { 220 });
            let bits = below_middle(&half).unwrap();
            let (wide, high) = (width as u32, height as u32);
            assert_eq!((bits.width(), bits.height()), (wide, high));
            for y in 0..high {
                assert!(
                    bits.get(wide / 2 - 1, y) && !bits.get(wide / 2, y),
                    "{width} {y}"
                );
            }
        }
    }
}
