//! How a vessel is shaped, as SVG paths in a square of 120. The outline is a profile: half the
//! width at each height. Layers are slices of it, so that nothing needs clipping.

use super::recipe::Vessel;
use std::fmt::Write;

/// Half the stroke and the ware's wall.
const WALL: f64 = 3.6;
/// Steps from the top of a slice to its bottom.
const STEPS: usize = 16;

/// A vessel's measures.
pub(super) struct Shape {
    middle: f64,
    top: f64,
    bottom: f64,
    rim: f64,
    foot: f64,
    round: f64,
    pub(super) handle: bool,
    pub(super) saucer: bool,
    pub(super) glass: bool,
}

impl Shape {
    pub(super) fn of(vessel: Vessel) -> Self {
        let shape = |middle, top, bottom, rim, foot, round, handle, saucer, glass| Self {
            middle,
            top,
            bottom,
            rim,
            foot,
            round,
            handle,
            saucer,
            glass,
        };
        match vessel {
            Vessel::Demitasse => shape(57.0, 52.0, 96.0, 25.0, 21.0, 17.0, true, true, false),
            Vessel::Cup => shape(54.0, 46.0, 96.0, 37.0, 32.0, 27.0, true, true, false),
            Vessel::Glass => shape(60.0, 40.0, 104.0, 26.0, 20.0, 5.0, false, false, true),
            Vessel::Tall => shape(60.0, 30.0, 106.0, 25.0, 18.0, 7.0, false, false, true),
            Vessel::Mug => shape(53.0, 40.0, 102.0, 30.0, 29.0, 12.0, true, false, false),
            Vessel::Tumbler => shape(60.0, 26.0, 106.0, 27.0, 20.0, 7.0, false, false, true),
        }
    }

    /// Half the width at a height.
    fn half(&self, y: f64) -> f64 {
        let down = ((y - self.top) / (self.bottom - self.top)).clamp(0.0, 1.0);
        let straight = self.rim + (self.foot - self.rim) * down;
        let into_round = ((y - (self.bottom - self.round)) / self.round).clamp(0.0, 1.0);
        straight - self.round * (1.0 - (1.0 - into_round * into_round).sqrt())
    }

    /// The height of a level: 0 is the inner bottom, 1 the rim.
    fn y(&self, level: f64) -> f64 {
        let floor = self.bottom - WALL;
        floor - (floor - self.top - 1.0) * level
    }

    fn ring(&self, top: f64, bottom: f64, wall: f64) -> String {
        let heights: Vec<f64> = (0..=STEPS)
            .map(|i| {
                #[allow(clippy::cast_precision_loss, reason = "sixteen steps")]
                let part = i as f64 / STEPS as f64;
                // Finer towards the bottom, where it is round.
                top + (bottom - top) * (1.0 - (1.0 - part) * (1.0 - part))
            })
            .collect();
        let at = |y: f64| (self.half(y.min(self.bottom)) - wall).max(0.0);
        let left = heights.iter().map(|y| (self.middle - at(*y), *y));
        let right = heights.iter().rev().map(|y| (self.middle + at(*y), *y));
        let mut path = String::new();
        for (i, (x, y)) in left.chain(right).enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
        }
        path
    }

    /// The vessel, filled.
    pub(super) fn body(&self) -> String {
        format!("{}Z", self.ring(self.top, self.bottom, 0.0))
    }
    /// The vessel's line, open at the rim for glasses as for cups: the rim is its own stroke.
    pub(super) fn outline(&self) -> String {
        self.body()
    }
    /// A layer between two levels.
    pub(super) fn slice(&self, from: f64, to: f64) -> String {
        format!("{}Z", self.ring(self.y(to), self.y(from), WALL))
    }
    /// A handle at the inline end.
    pub(super) fn handle_path(&self) -> String {
        let height = self.bottom - self.top;
        let (y0, y1) = (self.top + height * 0.16, self.top + height * 0.66);
        let (x0, x1) = (self.middle + self.half(y0), self.middle + self.half(y1));
        let out = height * 0.42;
        format!(
            "M{x0:.1} {y0:.1}C{:.1} {:.1} {:.1} {:.1} {x1:.1} {y1:.1}",
            x0 + out,
            y0 - 3.0,
            x1 + out,
            y1 + 1.0
        )
    }
    /// A saucer below.
    pub(super) fn saucer_path(&self) -> String {
        let (half, y) = (self.rim + 15.0, self.bottom + 1.0);
        let (a, b) = (self.middle - half + 4.0, self.middle + half + 4.0);
        format!(
            "M{a:.1} {y:.1}Q{:.1} {:.1} {:.1} {:.1}H{:.1}Q{:.1} {:.1} {b:.1} {y:.1}Z",
            a + 8.0,
            y + 9.0,
            a + 20.0,
            y + 9.0,
            b - 20.0,
            b - 8.0,
            y + 9.0
        )
    }
    /// Foam or cream above the rim.
    pub(super) fn dome(&self, _surface: f64) -> String {
        let half = self.rim - 2.0;
        let (a, b, y) = (self.middle - half, self.middle + half, self.top + 1.0);
        format!(
            "M{a:.1} {y:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}S{b:.1} {:.1} {b:.1} {y:.1}Z",
            a,
            y - 9.0,
            a + half * 0.45,
            y - 15.0,
            self.middle,
            y - 15.0,
            y - 9.0
        )
    }
    /// Cocoa on the dome.
    pub(super) fn dust(&self, _surface: f64) -> String {
        let y = self.top;
        let dots = [
            (-0.42, -5.0),
            (-0.12, -9.0),
            (0.2, -6.0),
            (0.48, -4.5),
            (0.02, -3.5),
        ];
        let mut path = String::new();
        for (part, up) in dots {
            let _ = write!(
                path,
                "M{:.1} {:.1}h.1",
                self.middle + self.rim * part,
                y + up
            );
        }
        path
    }
    /// Steam above.
    pub(super) fn steam(&self) -> String {
        let y = self.top - 7.0;
        let mut path = String::new();
        for (dx, up) in [(-10.0, 14.0), (0.0, 19.0), (10.0, 14.0)] {
            let x = self.middle + dx;
            let _ = write!(
                path,
                "M{x:.1} {y:.1}q-4 {:.1} 0 {:.1}t0 {:.1}",
                -up / 4.0,
                -up / 2.0,
                -up / 2.0
            );
        }
        path
    }
    /// A straw, leaning.
    pub(super) fn straw(&self) -> String {
        format!(
            "M{:.1} {:.1}L{:.1} {:.1}",
            self.middle + 4.0,
            self.top + 8.0,
            self.middle + 14.0,
            self.top - 18.0
        )
    }
    /// Three cubes below the surface.
    pub(super) fn ice(&self, surface: f64) -> String {
        let y = self.y(surface);
        let mut path = String::new();
        for (x, y, tilt) in [
            (self.middle - 15.0, y + 3.0, 3.0),
            (self.middle + 1.0, y - 4.0, -3.0),
            (self.middle - 9.0, y + 21.0, -2.0),
        ] {
            let _ = write!(
                path,
                "M{x:.1} {y:.1}l13 {tilt:.1}l{:.1} 13l-13 {:.1}Z",
                -tilt, -tilt
            );
        }
        path
    }
    /// A tea bag's thread over the rim.
    pub(super) fn thread(&self) -> String {
        let x = self.middle - self.rim * 0.35;
        format!("M{x:.1} {:.1}q-1 12 -2 24", self.top)
    }
    /// And its tag.
    pub(super) fn tag(&self) -> String {
        let (x, y) = (self.middle - self.rim * 0.35 - 2.0, self.top + 24.0);
        format!("M{x:.1} {y:.1}l6 5v11h-12v-11Z")
    }
}
