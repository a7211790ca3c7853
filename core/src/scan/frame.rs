//! Frames of grey pixels, and what is done to one before it is looked at.

/// The longest side that is looked at, pixels; larger frames are shrunk first. A code that fills a
/// tenth of such a frame still has enough pixels a module.
const LONGEST: usize = 1920;
/// Contrast is stretched by tiles of this side, pixels.
const TILE: usize = 32;
/// Less contrast than this is noise on a plain surface, and not stretched further.
const LEAST_RANGE: u32 = 24;

/// A camera's frame: one byte a pixel, 0 is black. The Y plane of YUV is one as it is.
#[derive(Debug, Clone, Copy)]
pub struct Luma<'a> {
    width: usize,
    height: usize,
    stride: usize,
    pixels: &'a [u8],
}

impl<'a> Luma<'a> {
    /// A frame of `width` × `height` pixels whose rows begin every `stride` bytes; none unless
    /// `pixels` holds all of it.
    #[must_use]
    pub fn new(width: usize, height: usize, stride: usize, pixels: &'a [u8]) -> Option<Self> {
        if width == 0 || height == 0 || stride < width {
            return None;
        }
        let needed = (height - 1).checked_mul(stride)?.checked_add(width)?;
        (pixels.len() >= needed).then_some(Self {
            width,
            height,
            stride,
            pixels,
        })
    }
    /// By how much to shrink it before it is read.
    pub(super) fn shrink_for_reading(&self) -> usize {
        self.width.max(self.height).div_ceil(LONGEST)
    }
    /// A picture `by` times smaller, each pixel the mean of a square of them.
    pub(super) fn shrunk(&self, by: usize) -> Picture {
        let (width, height) = (self.width / by, self.height / by);
        let area = u32::try_from(by * by).unwrap_or(u32::MAX);
        let mut sums = vec![0_u32; width];
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            sums.fill(0);
            for row in y * by..(y + 1) * by {
                let row = &self.pixels[row * self.stride..][..width * by];
                for (sum, square) in sums.iter_mut().zip(row.chunks_exact(by)) {
                    *sum += square.iter().map(|p| u32::from(*p)).sum::<u32>();
                }
            }
            pixels.extend(sums.iter().map(|sum| grey(sum / area)));
        }
        Picture { width, pixels }
    }
}

/// A frame of our own.
pub(super) struct Picture {
    width: usize,
    pixels: Vec<u8>,
}

impl Picture {
    pub(super) fn size(&self) -> (usize, usize) {
        let height = self.pixels.len().checked_div(self.width).unwrap_or(0);
        (self.width, height)
    }
    pub(super) fn at(&self, x: usize, y: usize) -> u8 {
        self.pixels[y * self.width + x]
    }
    pub(super) fn as_luma(&self) -> Luma<'_> {
        let (width, height) = self.size();
        Luma {
            width,
            height,
            stride: width,
            pixels: &self.pixels,
        }
    }
    pub(super) fn inverted(&self) -> Self {
        Self {
            width: self.width,
            pixels: self.pixels.iter().map(|p| 255 - p).collect(),
        }
    }
    /// Every patch stretched to full contrast: between the darkest and the lightest pixel of its
    /// tile and the eight around it.
    pub(super) fn stretched(mut self) -> Self {
        let (width, height) = self.size();
        let (across, down) = (width.div_ceil(TILE), height.div_ceil(TILE));
        let tiles = self.extremes(across, down);
        for tile_y in 0..down {
            for tile_x in 0..across {
                let (low, high) = around(&tiles, across, down, tile_x, tile_y);
                let range = u32::from(high.saturating_sub(low)).max(LEAST_RANGE);
                let right = ((tile_x + 1) * TILE).min(width);
                for y in tile_y * TILE..((tile_y + 1) * TILE).min(height) {
                    for pixel in &mut self.pixels[y * width + tile_x * TILE..y * width + right] {
                        let above = u32::from(pixel.saturating_sub(low));
                        *pixel = grey(above * 255 / range);
                    }
                }
            }
        }
        self
    }
    /// The darkest and the lightest pixel of each tile.
    fn extremes(&self, across: usize, down: usize) -> Vec<(u8, u8)> {
        let mut tiles = vec![(u8::MAX, u8::MIN); across * down];
        if self.width == 0 {
            return tiles;
        }
        for (y, row) in self.pixels.chunks_exact(self.width).enumerate() {
            for (tile, part) in row.chunks(TILE).enumerate() {
                let (low, high) = &mut tiles[y / TILE * across + tile];
                for pixel in part {
                    *low = (*low).min(*pixel);
                    *high = (*high).max(*pixel);
                }
            }
        }
        tiles
    }
}

fn around(tiles: &[(u8, u8)], across: usize, down: usize, x: usize, y: usize) -> (u8, u8) {
    let (mut low, mut high) = (u8::MAX, u8::MIN);
    for row in y.saturating_sub(1)..(y + 2).min(down) {
        for (l, h) in &tiles[row * across + x.saturating_sub(1)..row * across + (x + 2).min(across)]
        {
            low = low.min(*l);
            high = high.max(*h);
        }
    }
    (low, high)
}

/// Cut to what a pixel holds.
fn grey(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_that_promises_more_pixels_than_it_has_is_none() {
        let pixels = [0_u8; 100];
        assert!(Luma::new(10, 10, 10, &pixels).is_some());
        assert!(Luma::new(8, 10, 10, &pixels[..98]).is_some());
        for (width, height, stride) in [
            (10, 11, 10),
            (11, 10, 10),
            (0, 10, 10),
            (10, 0, 10),
            (10, usize::MAX, usize::MAX),
            (usize::MAX, 1, usize::MAX),
        ] {
            assert!(Luma::new(width, height, stride, &pixels).is_none());
        }
    }

    #[test]
    fn shrinking_takes_the_mean_and_skips_the_padding_of_rows() {
        let pixels = [10, 20, 99, 30, 40, 99, 50, 60, 99];
        let luma = Luma::new(2, 3, 3, &pixels).unwrap();
        let picture = luma.shrunk(2);
        assert_eq!((picture.size(), picture.at(0, 0)), ((1, 1), 25));
    }

    #[test]
    fn stretching_makes_weak_contrast_full_and_leaves_a_plain_surface_plain() {
        let weak: Vec<u8> = (0..64 * 64)
            .map(|i| 100 + (i % 2) * 40)
            .map(|v| v as u8)
            .collect();
        let stretched = Luma::new(64, 64, 64, &weak).unwrap().shrunk(1).stretched();
        assert_eq!((stretched.at(0, 5), stretched.at(1, 5)), (0, 255));
        let plain = Luma::new(64, 1, 64, &[77; 64])
            .unwrap()
            .shrunk(1)
            .stretched();
        assert_eq!(plain.at(9, 0), 0);
    }
}
