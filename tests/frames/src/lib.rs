//! Frames of a camera that looks at a QR code, drawn: the same in every run, from good to hopeless
//! under each of twelve conditions. What a scanner is measured on.
//!
//! [`all`] is the set of the bench (`cargo xtask bench scan`), [`some`] the small one that core's
//! tests read. A frame is drawn when it is asked for ([`Case::draw`]).

mod chance;
mod condition;
mod lens;
mod light;
mod pose;
mod scene;

pub use condition::Condition;

use chance::Chance;

/// How many frames each condition has in each size, from good to hopeless.
pub const STEPS: usize = 13;

/// How large a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What people call it.
    pub name: &'static str,
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// The sizes of the bench.
pub const SIZES: [Size; 3] = [
    Size {
        name: "480p",
        width: 640,
        height: 480,
    },
    Size {
        name: "720p",
        width: 1280,
        height: 720,
    },
    Size {
        name: "1080p",
        width: 1920,
        height: 1080,
    },
];

/// One frame to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// What makes it hard.
    pub condition: Condition,
    /// How large it is.
    pub size: Size,
    /// How hard: from 0 to [`STEPS`] - 1.
    pub step: usize,
}

/// A frame, and what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Brightness, row by row, a byte a pixel.
    pub luma: Vec<u8>,
    /// What the code in it says.
    pub text: String,
    /// Where the code is, without its quiet border: its top left, top right, bottom right, bottom
    /// left.
    pub corners: [(f32, f32); 4],
}

/// Every condition in every size at every step.
#[must_use]
pub fn all() -> Vec<Case> {
    cases(&SIZES, 1)
}

/// Every third step of every condition, in the smallest size.
#[must_use]
pub fn some() -> Vec<Case> {
    cases(&SIZES[..1], 3)
}

fn cases(sizes: &[Size], stride: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for condition in Condition::ALL {
        for size in sizes.iter().copied() {
            cases.extend((0..STEPS).step_by(stride).map(|step| Case {
                condition,
                size,
                step,
            }));
        }
    }
    cases
}

impl Case {
    /// Its name, for files: `low-contrast-720p-05`.
    #[must_use]
    pub fn name(&self) -> String {
        let condition = self.condition.name().replace(' ', "-");
        format!("{condition}-{}-{:02}", self.size.name, self.step)
    }

    /// Draws it.
    #[must_use]
    pub fn draw(&self) -> Frame {
        let mut chance = Chance::of(&self.name());
        let hardness = self.step as f32 / (STEPS - 1) as f32;
        let text = link(&mut chance);
        let scene = self
            .condition
            .scene(self.size, hardness, &text, &mut chance);
        let (luma, corners) = scene.shoot(&mut chance);
        Frame {
            width: self.size.width,
            height: self.size.height,
            luma,
            text,
            corners,
        }
    }
}

/// A link as a shop's screen shows it: long and short addresses, so that codes of several versions
/// are read.
fn link(chance: &mut Chance) -> String {
    const HOSTS: [&str; 4] = [
        "http://192.168.1.7:8080",
        "https://coffee.example",
        "https://presso.some-conference.example",
        "https://espresso-bar.eu-west.some-longer-host.example",
    ];
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let host = HOSTS[chance.below(HOSTS.len())];
    let code: String = (0..10)
        .map(|_| char::from(LETTERS[chance.below(LETTERS.len())]))
        .collect();
    format!("{host}/s/demo#c={code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bench_s_set_has_every_condition_in_every_size() {
        assert_eq!(all().len(), 12 * 3 * STEPS);
        assert_eq!(some().len(), 12 * 5);
    }

    #[test]
    fn a_frame_is_the_same_whenever_it_is_drawn() {
        let case = some()[7];
        assert_eq!(case.draw(), case.draw());
    }

    #[test]
    fn a_frame_holds_its_code_where_it_says() {
        let frame = some()[0].draw();
        assert_eq!(frame.luma.len(), frame.width * frame.height);
        let at = |(x, y): (f32, f32)| frame.luma[y as usize * frame.width + x as usize];
        let [top_left, _, bottom_right, _] = frame.corners;
        let towards = |from: (f32, f32), to: (f32, f32), part: f32| {
            (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            )
        };
        // The finder's corner is dark, and the quiet border before it light.
        assert!(at(towards(top_left, bottom_right, 0.015)) < 90);
        assert!(at(towards(top_left, bottom_right, -0.06)) > 160);
    }
}
