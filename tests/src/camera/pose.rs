//! Where the phone is held: which place on the screen each place in the frame sees.

/// What the phone is pointed at: a square on the screen, in the picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// Its centre.
    pub centre: (f32, f32),
    /// Its side.
    pub side: f32,
}

/// How the phone is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hand {
    /// Which part of the frame's height the square fills.
    pub fills: f32,
    /// Turned clockwise, degrees.
    pub tilt_deg: f32,
    /// How much smaller the far edge is than the near one, as a fraction: held from the side.
    pub slant: f32,
    /// How far it trembles, in the frame's pixels.
    pub tremble_px: f32,
    /// The sensor's noise: steps of 255, one way or the other.
    pub noise: f32,
}

impl Default for Hand {
    fn default() -> Self {
        Self {
            fills: 0.52,
            tilt_deg: 4.0,
            slant: 0.06,
            tremble_px: 3.0,
            noise: 5.0,
        }
    }
}

/// The way from a frame to the screen, for one frame.
pub(super) struct Pose {
    aim: Aim,
    middle: (f32, f32),
    scale: f32,
    turn: (f32, f32),
    slant: f32,
}

impl Pose {
    /// `moment` goes from 0 to 1 over the film, whose end meets its beginning.
    pub(super) fn new(aim: Aim, hand: Hand, (width, height): (usize, usize), moment: f32) -> Self {
        let round = moment * std::f32::consts::TAU;
        let tilt = (hand.tilt_deg + round.sin()).to_radians();
        let (width, height) = (width as f32, height as f32);
        Self {
            aim,
            middle: (
                width / 2.0 + hand.tremble_px * round.cos(),
                height / 2.0 + hand.tremble_px * (2.0 * round).sin(),
            ),
            scale: aim.side / (hand.fills * height),
            turn: tilt.sin_cos(),
            slant: hand.slant / height,
        }
    }

    /// The place on the screen that this place of the frame sees.
    pub(super) fn sees(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = (x - self.middle.0, y - self.middle.1);
        // The upper edge is farther away: the same step in the frame is more of the screen.
        let far = self.scale / (1.0 + self.slant * dy);
        let (sin, cos) = self.turn;
        (
            self.aim.centre.0 + (dx * cos + dy * sin) * far,
            self.aim.centre.1 + (dy * cos - dx * sin) * far,
        )
    }

    /// How many pixels of the screen lie beside each other in one of the frame.
    pub(super) fn pixels_in_one(&self) -> f32 {
        self.scale
    }
}
