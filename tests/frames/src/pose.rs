//! Where the code lies in space: from a place in the frame to a place on its paper, and back.

/// How it lies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lie {
    /// Its middle in the frame, pixels.
    pub(crate) middle: (f32, f32),
    /// Pixels of the frame a module, in its middle.
    pub(crate) unit: f32,
    /// Turned clockwise, degrees.
    pub(crate) turn_deg: f32,
    /// Leaning away: degrees, and the direction of the far side, degrees.
    pub(crate) lean_deg: (f32, f32),
    /// The camera's distance, in pixels: the smaller, the stronger the perspective.
    pub(crate) distance: f32,
}

/// A projection of the paper's plane: three rows of a homography.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pose {
    to_paper: [[f32; 3]; 3],
    to_frame: [[f32; 3]; 3],
}

impl Pose {
    /// Paper is measured in modules from the middle of the code.
    pub(crate) fn new(lie: &Lie) -> Self {
        let (turn, lean, far) = (
            lie.turn_deg.to_radians(),
            lie.lean_deg.0.to_radians(),
            lie.lean_deg.1.to_radians(),
        );
        // Turned in its plane, then leaned about the axis across the far direction.
        let (dx, dy) = (far.cos(), far.sin());
        let axes = [(turn.cos(), turn.sin()), (-turn.sin(), turn.cos())];
        let leaned = axes.map(|(x, y)| {
            let along = x * dx + y * dy;
            let flat = along * (lean.cos() - 1.0);
            [x + flat * dx, y + flat * dy, along * lean.sin()]
        });
        let [right, down] = leaned.map(|axis| axis.map(|part| part * lie.unit));
        let (cx, cy, d) = (lie.middle.0, lie.middle.1, lie.distance);
        // x = cx + d·X / (d + Z), y alike.
        let to_frame = [
            [
                d * right[0] + cx * right[2],
                d * down[0] + cx * down[2],
                cx * d,
            ],
            [
                d * right[1] + cy * right[2],
                d * down[1] + cy * down[2],
                cy * d,
            ],
            [right[2], down[2], d],
        ];
        Self {
            to_paper: inverse(&to_frame),
            to_frame,
        }
    }

    /// The place on the paper that a place in the frame shows.
    pub(crate) fn on_paper(&self, x: f32, y: f32) -> (f32, f32) {
        project(&self.to_paper, x, y)
    }

    /// The place in the frame that shows a place on the paper.
    pub(crate) fn in_frame(&self, u: f32, v: f32) -> (f32, f32) {
        project(&self.to_frame, u, v)
    }
}

fn project(rows: &[[f32; 3]; 3], x: f32, y: f32) -> (f32, f32) {
    let [a, b, c] = rows.map(|row| row[0] * x + row[1] * y + row[2]);
    (a / c, b / c)
}

/// The adjugate: a homography's inverse, up to its scale.
fn inverse(m: &[[f32; 3]; 3]) -> [[f32; 3]; 3] {
    // In double: the corner terms are products of a frame's width and height.
    let m = m.map(|row| row.map(f64::from));
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a][c] * m[b][d] - m[a][d] * m[b][c];
    let adjugate = [
        [minor(1, 2, 1, 2), -minor(0, 2, 1, 2), minor(0, 1, 1, 2)],
        [-minor(1, 2, 0, 2), minor(0, 2, 0, 2), -minor(0, 1, 0, 2)],
        [minor(1, 2, 0, 1), -minor(0, 2, 0, 1), minor(0, 1, 0, 1)],
    ];
    let scale = adjugate[2][2].abs().max(f64::MIN_POSITIVE);
    adjugate.map(|row| row.map(|part| (part / scale) as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_where_one_was() {
        let pose = Pose::new(&Lie {
            middle: (300.0, 200.0),
            unit: 6.0,
            turn_deg: 33.0,
            lean_deg: (40.0, 110.0),
            distance: 800.0,
        });
        for (u, v) in [(0.0, 0.0), (10.0, -7.0), (-14.5, 14.5)] {
            let (x, y) = pose.in_frame(u, v);
            let (a, b) = pose.on_paper(x, y);
            assert!(
                (a - u).abs() < 0.01 && (b - v).abs() < 0.01,
                "{u} {v}: {a} {b}"
            );
        }
        assert_eq!(pose.in_frame(0.0, 0.0), (300.0, 200.0));
    }
}
