//! A code on its paper, on a wall with things, in a light; and the camera that looks.

use crate::{
    Size,
    chance::Chance,
    lens::{self, Lens},
    light::{Glare, Pixels, Shadow},
    pose::{Lie, Pose},
};
use qrcode::{Color, EcLevel, QrCode};

/// The light border around a code, in modules.
const QUIET: f32 = 4.0;

/// What is looked at, and how.
pub(crate) struct Scene {
    pub(crate) size: Size,
    pub(crate) code: Code,
    pub(crate) lie: Lie,
    /// Brightness of the dark modules and of the paper, 0 to 255.
    pub(crate) ink: f32,
    pub(crate) paper: f32,
    /// Brightness of the wall.
    pub(crate) wall: f32,
    pub(crate) shadow: Option<Shadow>,
    pub(crate) glare: Option<Glare>,
    /// A screen in place of the paper.
    pub(crate) pixels: Option<Pixels>,
    pub(crate) lens: Lens,
}

/// The modules of a code.
pub(crate) struct Code {
    /// Modules on a side.
    pub(crate) side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// As Presso draws them: error correction M, the smallest version that holds the text.
    pub(crate) fn of(text: &str) -> Self {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .expect("a link is far from the longest text");
        let side = code.width();
        let dark = code.to_colors().iter().map(|c| *c == Color::Dark).collect();
        Self { side, dark }
    }

    fn is_dark(&self, column: usize, row: usize) -> bool {
        self.dark[row * self.side + column]
    }
}

/// A thing on the wall: a grey rectangle or, striped, a poster with lines of text.
struct Thing {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    grey: f32,
    stripes: f32,
}

impl Scene {
    /// Takes the picture: brightness, and the corners of the code.
    pub(crate) fn shoot(&self, chance: &mut Chance) -> (Vec<u8>, [(f32, f32); 4]) {
        let (width, height) = (self.size.width, self.size.height);
        let pose = Pose::new(&self.lie);
        let things = self.things(chance);
        let edge = self.code.side as f32 / 2.0 + QUIET;
        let near = self.near(&pose, edge);
        let mut light = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let wall = self.wall_at(&things, px, py);
                let on_card = px > near[0] && px < near[1] && py > near[2] && py < near[3];
                let seen = if on_card {
                    self.card_at(&pose, edge, wall, px, py)
                } else {
                    wall
                };
                let lit = self.shadow.as_ref().map_or(1.0, |s| s.at(px, py));
                let shine = self.glare.as_ref().map_or(0.0, |g| g.at(px, py));
                light.push(seen * lit + shine);
            }
        }
        let half = self.code.side as f32 / 2.0;
        let corners = [(-half, -half), (half, -half), (half, half), (-half, half)];
        (
            lens::through(light, width, &self.lens, chance),
            corners.map(|(u, v)| pose.in_frame(u, v)),
        )
    }

    /// The part of the frame that the card may cover: left, right, top, bottom.
    fn near(&self, pose: &Pose, edge: f32) -> [f32; 4] {
        let corners = [(-edge, -edge), (edge, -edge), (edge, edge), (-edge, edge)];
        let corners = corners.map(|(u, v)| pose.in_frame(u, v));
        let start = [f32::MAX, f32::MIN, f32::MAX, f32::MIN];
        corners.iter().fold(start, |near, (x, y)| {
            [
                near[0].min(x - 1.0),
                near[1].max(x + 1.0),
                near[2].min(y - 1.0),
                near[3].max(y + 1.0),
            ]
        })
    }

    /// Light falls on all of a pixel, so each looks at nine places of the card.
    fn card_at(&self, pose: &Pose, edge: f32, wall: f32, x: f32, y: f32) -> f32 {
        let mut sum = 0.0;
        for i in 0..9 {
            let (dx, dy) = ((i % 3) as f32 - 1.0, (i / 3) as f32 - 1.0);
            let (u, v) = pose.on_paper(x + dx / 3.0, y + dy / 3.0);
            sum += if u.abs() >= edge || v.abs() >= edge {
                wall
            } else {
                let grey = self.grey_at(u, v);
                self.pixels.as_ref().map_or(grey, |p| grey * p.at(u, v, y))
            };
        }
        sum / 9.0
    }

    fn grey_at(&self, u: f32, v: f32) -> f32 {
        let half = self.code.side as f32 / 2.0;
        let (column, row) = (u + half, v + half);
        let side = self.code.side as f32;
        let inside = (0.0..side).contains(&column) && (0.0..side).contains(&row);
        if inside && self.code.is_dark(column as usize, row as usize) {
            self.ink
        } else {
            self.paper
        }
    }

    fn things(&self, chance: &mut Chance) -> Vec<Thing> {
        let (width, height) = (self.size.width as f32, self.size.height as f32);
        let thing = |_| {
            let (left, top) = (chance.between(-0.1, 0.9), chance.between(-0.1, 0.9));
            let (wide, high) = (chance.between(0.05, 0.4), chance.between(0.05, 0.4));
            Thing {
                left: left * width,
                top: top * height,
                right: (left + wide) * width,
                bottom: (top + high) * height,
                grey: chance.between(30.0, 220.0),
                stripes: f32::from(u8::from(chance.part() < 0.4)) * chance.between(4.0, 14.0),
            }
        };
        (0..9).map(thing).collect()
    }

    fn wall_at(&self, things: &[Thing], x: f32, y: f32) -> f32 {
        let plain = self.wall * (0.85 + 0.3 * x / self.size.width as f32);
        let covered = |t: &&Thing| x > t.left && x < t.right && y > t.top && y < t.bottom;
        things.iter().rev().find(covered).map_or(plain, |thing| {
            let line = thing.stripes > 0.0 && ((y - thing.top) / thing.stripes).fract() < 0.45;
            let word = ((x - thing.left) * 0.13).sin() * ((x + y) * 0.031).sin() > -0.3;
            if line && word {
                255.0 - thing.grey
            } else {
                thing.grey
            }
        })
    }
}
