//! What light does to a code: shadows, glare, and the pixels of a screen.

/// A shadow over one side of the frame.
pub(crate) struct Shadow {
    /// A place on its edge, pixels.
    pub(crate) edge: (f32, f32),
    /// Across its edge, into the light: a vector of length 1.
    pub(crate) across: (f32, f32),
    /// How wide the edge is, pixels.
    pub(crate) soft: f32,
    /// What it leaves of the light: 0 to 1.
    pub(crate) leaves: f32,
}

impl Shadow {
    /// What is left of the light at a place.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let far = (x - self.edge.0) * self.across.0 + (y - self.edge.1) * self.across.1;
        let part = (far / self.soft.max(0.1) + 0.5).clamp(0.0, 1.0);
        self.leaves + (1.0 - self.leaves) * part
    }
}

/// A lamp's reflection.
pub(crate) struct Glare {
    /// Its middle, pixels.
    pub(crate) middle: (f32, f32),
    /// How far it reaches, pixels across and along.
    pub(crate) reach: (f32, f32),
    /// Turned, radians.
    pub(crate) turn: f32,
    /// What it adds in its middle; above 255 it is white whatever is below.
    pub(crate) adds: f32,
}

impl Glare {
    /// What it adds at a place.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (dx, dy) = (x - self.middle.0, y - self.middle.1);
        let (sin, cos) = self.turn.sin_cos();
        let (a, b) = (
            (dx * cos + dy * sin) / self.reach.0,
            (dy * cos - dx * sin) / self.reach.1,
        );
        self.adds * (-(a * a + b * b)).exp()
    }
}

/// The grid of a screen's pixels, which a camera's own grid beats against, and the bands of its
/// refreshing.
pub(crate) struct Pixels {
    /// Pixels of the screen a module.
    pub(crate) in_a_module: f32,
    /// How dark the gaps between pixels are: 0 to 1.
    pub(crate) gaps: f32,
    /// How strong the bands are: 0 to 1, and how far apart, pixels of the frame.
    pub(crate) bands: (f32, f32),
}

impl Pixels {
    /// What is left of the light at a place of the paper, in row `y` of the frame.
    pub(crate) fn at(&self, u: f32, v: f32, y: f32) -> f32 {
        let (column, row) = (
            (u * self.in_a_module).rem_euclid(1.0),
            (v * self.in_a_module).rem_euclid(1.0),
        );
        // Red, green and blue stand beside each other, and are not equally bright.
        let stripe = match column {
            c if c < 0.3 => 0.55,
            c if c < 0.63 => 1.35,
            c if c < 0.93 => 0.3,
            _ => 0.0,
        };
        let lit = if row < 0.85 { stripe * 1.5 } else { 0.0 };
        let band = 1.0 - self.bands.0 * (0.5 + 0.5 * (y / self.bands.1).sin());
        (1.0 - self.gaps + self.gaps * lit) * band
    }
}
