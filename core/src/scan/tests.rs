//! Round trips: what `qr` draws is photographed badly, and read. How much is read of how bad a
//! picture is in `tests/scan.rs`.

use super::*;
use crate::qr;
use proptest::prelude::*;

const LINK: &str = "https://coffee.example/s/demo#c=ABCDE12345";

/// A picture of a code, `unit` pixels a module, in the middle of a grey wall.
struct Shot {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

/// How the picture is taken.
#[derive(Debug, Clone, Copy)]
struct Camera {
    unit: f64,
    degrees: f64,
    dark: u8,
    light: u8,
    shadow: u8,
    noise: u8,
}

const GOOD: Camera = Camera {
    unit: 7.0,
    degrees: 0.0,
    dark: 20,
    light: 235,
    shadow: 0,
    noise: 0,
};

impl Camera {
    fn shoot(self, text: &str, width: usize, height: usize) -> Shot {
        let code = qr::matrix(text).unwrap();
        let side = code.side() as f64;
        let (sin, cos) = self.degrees.to_radians().sin_cos();
        let mut seed = 1_u32;
        let pixel = |x: usize, y: usize| {
            let (dx, dy) = (
                x as f64 - width as f64 / 2.0,
                y as f64 - height as f64 / 2.0,
            );
            let u = (cos * dx + sin * dy) / self.unit + side / 2.0;
            let v = (cos * dy - sin * dx) / self.unit + side / 2.0;
            let on_paper = (0.0..side).contains(&u) && (0.0..side).contains(&v);
            let quiet = qr::QUIET as f64;
            let dark = u >= quiet && v >= quiet && {
                code.is_dark((u - quiet) as usize, (v - quiet) as usize)
            };
            let grey = match (on_paper, dark) {
                (false, _) => 128,
                (true, true) => self.dark,
                (true, false) => self.light,
            };
            let shade = usize::from(self.shadow) * x / width;
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 16) % (u32::from(self.noise) + 1);
            grey.saturating_sub(shade as u8).saturating_sub(noise as u8)
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let mut pixel = pixel;
        Shot {
            width,
            height,
            pixels: places.map(|(x, y)| pixel(x, y)).collect(),
        }
    }
}

impl Shot {
    fn found(&self) -> Option<Found> {
        decode(&Luma::new(self.width, self.height, self.width, &self.pixels).unwrap())
    }
    fn text(&self) -> Option<String> {
        self.found().map(|found| found.text)
    }
    fn inverted(mut self) -> Self {
        self.pixels.iter_mut().for_each(|p| *p = 255 - *p);
        self
    }
    /// The mean of each pixel and its neighbours.
    fn blurred(mut self, by: usize) -> Self {
        let before = self.pixels.clone();
        for y in by..self.height - by {
            for x in by..self.width - by {
                let rows = (y - by..=y + by).map(|row| &before[row * self.width + x - by..]);
                let sum: usize = rows
                    .flat_map(|row| &row[..=2 * by])
                    .map(|p| usize::from(*p))
                    .sum();
                self.pixels[y * self.width + x] = (sum / ((2 * by + 1) * (2 * by + 1))) as u8;
            }
        }
        self
    }
}

#[test]
fn what_the_screen_shows_is_read_and_found_where_it_is() {
    let found = GOOD.shoot(LINK, 640, 480).found().unwrap();
    assert_eq!(found.text, LINK);
    // 29 modules of 7 pixels around the middle.
    let (left, top, right, bottom) = (218, 138, 421, 341);
    for ((x, y), (cx, cy)) in
        found
            .corners
            .into_iter()
            .zip([(left, top), (right, top), (right, bottom), (left, bottom)])
    {
        assert!((x - cx).abs() < 14 && (y - cy).abs() < 14, "{x} {y}");
    }
}

#[test]
fn a_turned_code_is_read() {
    for degrees in [10.0, 90.0, 137.0, 180.0, 300.0] {
        let shot = Camera { degrees, ..GOOD }.shoot(LINK, 640, 480);
        assert_eq!(shot.text().as_deref(), Some(LINK), "{degrees}°");
    }
}

#[test]
fn a_blurred_code_is_read() {
    for by in [1, 2] {
        let shot = GOOD.shoot(LINK, 640, 480).blurred(by);
        assert_eq!(shot.text().as_deref(), Some(LINK), "blurred by {by}");
    }
}

#[test]
fn a_code_that_is_light_on_dark_is_read() {
    let shot = GOOD.shoot(LINK, 640, 480).inverted();
    assert_eq!(shot.text().as_deref(), Some(LINK));
}

#[test]
fn a_noisy_code_is_read() {
    let shot = Camera { noise: 90, ..GOOD }.shoot(LINK, 640, 480);
    assert_eq!(shot.text().as_deref(), Some(LINK));
}

#[test]
fn a_code_in_half_a_shadow_is_read() {
    let shot = Camera {
        shadow: 150,
        ..GOOD
    }
    .shoot(LINK, 640, 480);
    assert_eq!(shot.text().as_deref(), Some(LINK));
}

#[test]
fn a_large_frame_is_shrunk_and_its_corners_are_the_frame_s() {
    let found = Camera { unit: 20.0, ..GOOD }
        .shoot(LINK, 2560, 1440)
        .found();
    let found = found.unwrap();
    assert_eq!(found.text, LINK);
    let (x, y) = found.corners[0];
    assert!((x - 990).abs() < 40 && (y - 430).abs() < 40, "{x} {y}");
}

#[test]
fn of_two_codes_the_one_of_presso_comes_first() {
    let [wifi, ours] = ["WIFI:S:guest;T:WPA;P:secret;;", LINK].map(|t| GOOD.shoot(t, 320, 320));
    let rows = wifi.pixels.chunks(320).zip(ours.pixels.chunks(320));
    let both = Shot {
        width: 640,
        height: 320,
        pixels: rows.flat_map(|(a, b)| [a, b].concat()).collect(),
    };
    assert_eq!(both.text().as_deref(), Some(LINK));
}

#[test]
fn an_empty_wall_holds_nothing() {
    let wall = Shot {
        width: 320,
        height: 240,
        pixels: vec![128; 320 * 240],
    };
    assert_eq!(wall.found(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_frame_makes_the_reader_fall_over(
        width in 1_usize..120, height in 1_usize..120, pad in 0_usize..8, seed: u32, coarse in 1_usize..12,
    ) {
        let stride = width + pad;
        let mut state = seed | 1;
        let mut next = || { state ^= state << 13; state ^= state >> 17; state ^= state << 5; state };
        let blocks: Vec<u8> = (0..128 * 128).map(|_| (next() >> 24) as u8).collect();
        let pixels: Vec<u8> = (0..stride * height)
            .map(|i| blocks[i / stride / coarse * 128 + i % stride / coarse])
            .collect();
        let luma = Luma::new(width, height, stride, &pixels).unwrap();
        let _ = decode(&luma);
    }

    #[test]
    fn no_half_destroyed_code_makes_the_reader_fall_over(
        seed: u32, holes in 0_usize..400, degrees in 0.0_f64..360.0, unit in 1.5_f64..6.0,
    ) {
        let mut shot = Camera { degrees, unit, ..GOOD }.shoot(LINK, 240, 240);
        let mut state = seed | 1;
        for _ in 0..holes {
            state ^= state << 13; state ^= state >> 17; state ^= state << 5;
            let at = state as usize % (240 * 238);
            shot.pixels[at..at + 3].fill((state >> 24) as u8);
        }
        let _ = shot.found();
    }

    #[test]
    fn any_text_is_read_as_something(text in ".{0,80}") {
        let _ = read(&text);
        let _ = read(&format!("https://a/s/{text}#c={text}"));
    }
}
