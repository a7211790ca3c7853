//! Frames, and the file of them that a browser plays as its camera's: `.y4m`, raw 4:2:0.

use super::{Aim, Hand, Picture, pose::Pose};
use std::{fs, io::Write, path::Path};

/// A second or so that repeats.
pub struct Film {
    width: usize,
    height: usize,
    frames: Vec<Vec<[f32; 3]>>,
}

/// Frames of a film, and how many a second.
const FRAMES: usize = 4;
const A_SECOND: usize = 4;

impl Film {
    /// Points a camera of 640 × 480 at a picture of a screen.
    #[must_use]
    pub fn of(screen: &Picture, aim: Aim, hand: Hand) -> Self {
        let size = (640, 480);
        let frames = (0..FRAMES)
            .map(|i| frame(screen, aim, hand, size, i))
            .collect();
        Self {
            width: size.0,
            height: size.1,
            frames,
        }
    }

    /// One frame's brightness, as a decoder takes it: width, height, a byte a pixel.
    #[must_use]
    pub fn luma(&self, frame: usize) -> (usize, usize, Vec<u8>) {
        let luma = self.frames[frame % FRAMES]
            .iter()
            .map(|p| byte(brightness(p)));
        (self.width, self.height, luma.collect())
    }

    /// Writes it as `.y4m`.
    ///
    /// # Errors
    /// The file system's.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(fs::File::create(file)?);
        let (width, height) = (self.width, self.height);
        writeln!(
            out,
            "YUV4MPEG2 W{width} H{height} F{A_SECOND}:1 Ip A1:1 C420jpeg"
        )?;
        for i in 0..self.frames.len() {
            out.write_all(b"FRAME\n")?;
            out.write_all(&self.luma(i).2)?;
            for weights in [BLUE, RED] {
                out.write_all(&self.chroma(i, weights))?;
            }
        }
        out.flush()
    }

    /// Writes it as a camera's raw pictures (YUYV), one after the other.
    ///
    /// # Errors
    /// The file system's.
    pub fn write_raw(&self, file: &Path) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(fs::File::create(file)?);
        for pixels in &self.frames {
            for pair in pixels.chunks_exact(2) {
                let bright = pair.iter().map(|pixel| byte(brightness(pixel)));
                let colour = [BLUE, RED].map(|weights| byte(128.0 + dot(&pair[0], weights)));
                for (bright, colour) in bright.zip(colour) {
                    out.write_all(&[bright, colour])?;
                }
            }
        }
        out.flush()
    }

    /// One value for four pixels.
    fn chroma(&self, frame: usize, weights: [f32; 3]) -> Vec<u8> {
        let pixels = &self.frames[frame];
        let mut plane = Vec::with_capacity(pixels.len() / 4);
        for y in (0..self.height).step_by(2) {
            for x in (0..self.width).step_by(2) {
                plane.push(byte(128.0 + dot(&pixels[y * self.width + x], weights)));
            }
        }
        plane
    }
}

/// JPEG's colours, as `C420jpeg` says.
const BLUE: [f32; 3] = [-0.168_7, -0.331_3, 0.5];
const RED: [f32; 3] = [0.5, -0.418_7, -0.081_3];

fn dot(pixel: &[f32; 3], weights: [f32; 3]) -> f32 {
    pixel
        .iter()
        .zip(weights)
        .map(|(part, weight)| part * weight)
        .sum()
}

fn brightness(pixel: &[f32; 3]) -> f32 {
    dot(pixel, [0.299, 0.587, 0.114])
}

fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

fn frame(
    screen: &Picture,
    aim: Aim,
    hand: Hand,
    size: (usize, usize),
    number: usize,
) -> Vec<[f32; 3]> {
    let (width, height) = size;
    let pose = Pose::new(aim, hand, size, number as f32 / FRAMES as f32);
    // Light falls on all of a pixel, so each looks at several places of the screen.
    let looks = (pose.pixels_in_one().ceil() as usize + 1).clamp(2, 4);
    let mut grain = Grain(0x9E37_79B9 + number as u32);
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let mut light = [0.0; 3];
            for i in 0..looks * looks {
                let step = |n: usize| (n as f32 + 0.5) / looks as f32;
                let (across, down) = (step(i % looks), step(i / looks));
                let (sx, sy) = pose.sees(x as f32 + across, y as f32 + down);
                let seen = screen.at(sx, sy).unwrap_or_else(|| around(screen, sx, sy));
                for (sum, part) in light.iter_mut().zip(seen) {
                    // A screen seen by a camera is never quite black nor quite white.
                    *sum += (18.0 + part * 0.86) / (looks * looks) as f32;
                }
            }
            pixels.push(light);
        }
    }
    let mut soft = blurred(&pixels, width, height);
    for pixel in &mut soft {
        let noise = grain.next() * hand.noise;
        pixel.iter_mut().for_each(|part| *part += noise);
    }
    soft
}

/// The screen's frame, and beyond it the wall.
fn around(screen: &Picture, x: f32, y: f32) -> [f32; 3] {
    let border = 40.0;
    let near = x > -border
        && y > -border
        && x < screen.width as f32 + border
        && y < screen.height as f32 + border;
    if near {
        [12.0, 12.0, 14.0]
    } else {
        [168.0, 158.0, 146.0]
    }
}

/// A lens that is a little soft: each pixel takes a third from its neighbours.
fn blurred(pixels: &[[f32; 3]], width: usize, height: usize) -> Vec<[f32; 3]> {
    let at = |x: usize, y: usize| pixels[y.min(height - 1) * width + x.min(width - 1)];
    let mut soft = Vec::with_capacity(pixels.len());
    for y in 0..height {
        for x in 0..width {
            let beside = [
                at(x.saturating_sub(1), y),
                at(x + 1, y),
                at(x, y.saturating_sub(1)),
                at(x, y + 1),
            ];
            let own = at(x, y);
            soft.push(std::array::from_fn(|c| {
                own[c] * 0.66 + beside.iter().map(|p| p[c]).sum::<f32>() * 0.085
            }));
        }
    }
    soft
}

/// Noise that is the same in every run.
struct Grain(u32);

impl Grain {
    /// From -1 to 1.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A television with a code in its right half: black modules on white, the rest dark.
    fn television(text: &str) -> (Picture, Aim) {
        let code = qrcode::QrCode::new(text).expect("a short text");
        let modules = code.width();
        let colours = code.to_colors();
        let (width, height, module) = (1920, 1080, 14);
        let (left, top) = (1200, 240);
        let side = module * (modules + 8);
        let mut rgb = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for x in 0..width {
                let on_card = (left..left + side).contains(&x) && (top..top + side).contains(&y);
                let cell =
                    |at: usize, from: usize| (at.wrapping_sub(from) / module).wrapping_sub(4);
                let (column, row) = (cell(x, left), cell(y, top));
                let dark = column < modules
                    && row < modules
                    && colours[row * modules + column] == qrcode::Color::Dark;
                rgb.extend(match (on_card, dark) {
                    (true, true) => [20, 12, 8],
                    (true, false) => [255, 255, 255],
                    _ => [40, 26, 18],
                });
            }
        }
        let centre = ((left + side / 2) as f32, (top + side / 2) as f32);
        let aim = Aim {
            centre,
            side: side as f32,
        };
        (Picture { width, height, rgb }, aim)
    }

    #[test]
    fn what_the_camera_sees_of_a_code_can_be_read() {
        let link = "http://127.0.0.1:45678/s/demo#c=7K2M9QXW4A";
        let (screen, aim) = television(link);
        let film = Film::of(&screen, aim, Hand::default());
        let reads = |number| {
            let (width, height, luma) = film.luma(number);
            let mut frame = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
                luma[y * width + x]
            });
            let found = frame.detect_grids();
            found
                .iter()
                .any(|grid| grid.decode().is_ok_and(|(_, text)| text == link))
        };
        let readable = (0..FRAMES).filter(|number| reads(*number)).count();
        assert!(readable * 2 >= FRAMES, "{readable} of {FRAMES} frames");
    }

    #[test]
    fn the_film_is_as_long_as_its_header_says() {
        let (screen, aim) = television("x");
        let film = Film::of(&screen, aim, Hand::default());
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cam.y4m");
        film.write(&file).expect("it can be written");
        let bytes = fs::read(file).expect("it is there");
        let header = bytes.iter().position(|b| *b == b'\n').expect("a line") + 1;
        assert_eq!(bytes.len(), header + FRAMES * (6 + 640 * 480 * 3 / 2));
    }
}
