//! Frames of grey pixels, and what is done to one before it is looked at.

/// The longest side that is looked at, pixels; larger frames are shrunk first. A code that fills a
/// tenth of such a frame still has enough pixels a module.
const LONGEST: usize = 1920;
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
    /// How long its shorter side is, pixels.
    pub(super) fn shorter_side(&self) -> usize {
        self.width.min(self.height)
    }
    /// A picture `by` times smaller, each pixel the mean of a square of them.
    pub(super) fn shrunk(&self, by: usize) -> Picture {
        // What is done to every frame is compiled for its very size: several times as fast.
        match by {
            1 => {
                let rows = (0..self.height).map(|y| &self.pixels[y * self.stride..][..self.width]);
                Picture {
                    width: self.width,
                    pixels: rows.collect::<Vec<_>>().concat(),
                }
            }
            2 => self.shrunk_by(2),
            3 => self.shrunk_by(3),
            _ => self.shrunk_by(by),
        }
    }
    #[inline(always)]
    fn shrunk_by(&self, by: usize) -> Picture {
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
    pub(super) fn as_luma(&self) -> Luma<'_> {
        let (width, height) = self.size();
        Luma {
            width,
            height,
            stride: width,
            pixels: &self.pixels,
        }
    }
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.width.max(1))
    }
    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }
    /// Edges made steeper, for what is out of focus: three times what a pixel differs from the
    /// mean of the square that reaches `reach` to every side is added to it.
    pub(super) fn sharpened(&self, reach: usize) -> Self {
        let means = self.means(reach);
        let sharper = |(pixel, mean): (&u8, u8)| {
            let (pixel, mean) = (i32::from(*pixel), i32::from(mean));
            let sharp = (pixel + 3 * (pixel - mean)).clamp(0, 255);
            u8::try_from(sharp).unwrap_or(u8::MAX)
        };
        Self {
            width: self.width,
            pixels: self.pixels.iter().zip(means).map(sharper).collect(),
        }
    }
    /// The mean around each pixel, by sums that slide: the cost does not grow with the reach.
    fn means(&self, reach: usize) -> Vec<u8> {
        let (width, height) = self.size();
        let row = |y: usize| &self.pixels[y * width..][..width];
        let mut columns = vec![0_u32; width];
        let mut means = Vec::with_capacity(self.pixels.len());
        for y in 0..height + reach {
            if y < height {
                columns
                    .iter_mut()
                    .zip(row(y))
                    .for_each(|(c, p)| *c += u32::from(*p));
            }
            if y > 2 * reach {
                let gone = row(y - 2 * reach - 1);
                columns
                    .iter_mut()
                    .zip(gone)
                    .for_each(|(c, p)| *c -= u32::from(*p));
            }
            if y >= reach {
                let rows = y.min(height - 1) + 1 - (y - reach).saturating_sub(reach);
                slide(&columns, reach, rows, &mut means);
            }
        }
        means
    }
}

/// The means of one row, from the sums of its columns over `rows` rows.
fn slide(columns: &[u32], reach: usize, rows: usize, means: &mut Vec<u8>) {
    let width = columns.len();
    let mut sum: u32 = columns.iter().take(reach).sum();
    for x in 0..width {
        sum += columns.get(x + reach).copied().unwrap_or(0);
        if x > reach {
            sum -= columns[x - reach - 1];
        }
        let across = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
        means.push(grey(sum / u32::try_from(across * rows).unwrap_or(u32::MAX)));
    }
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
        assert_eq!((picture.size(), picture.pixels()), ((1, 1), &[25][..]));
    }

    #[test]
    fn sharpening_makes_an_edge_steeper_and_leaves_a_plain_surface_plain() {
        let soft = [100, 100, 110, 130, 140, 140].repeat(6);
        let soft = Luma::new(6, 6, 6, &soft).unwrap().shrunk(1);
        let sharp = soft.sharpened(1);
        let row = |picture: &Picture| picture.pixels()[18..24].to_vec();
        let (soft, sharp) = (row(&soft), row(&sharp));
        assert!(
            sharp[2] < soft[2] && sharp[3] > soft[3],
            "{soft:?} {sharp:?}"
        );
        let plain = Luma::new(9, 9, 9, &[77; 81]).unwrap().shrunk(1);
        assert_eq!(plain.sharpened(3).pixels(), [77; 81]);
    }

    #[test]
    fn the_mean_around_a_pixel_takes_what_there_is_at_borders() {
        let pixels = [0, 10, 20, 30, 40, 50, 60, 70, 80];
        let means = Luma::new(3, 3, 3, &pixels).unwrap().shrunk(1).means(1);
        assert_eq!(means, [20, 25, 30, 35, 40, 45, 50, 55, 60]);
    }
}
