//! Text to QR code: as modules, and as an SVG path for screens. Error correction M (a code on a
//! screen is glared at, not torn), the smallest version that holds the text: bigger modules are
//! read from farther away.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// The light border that a reader needs on every side, in modules.
pub const QUIET: usize = 4;

/// A QR code: a square of dark and light modules, without its quiet border.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// Modules on a side: 21 to 177.
    pub size: usize,
    /// Row by row; true is dark.
    pub modules: Vec<bool>,
}

/// The text does not fit into the largest QR code (about 2,300 bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

/// The QR code of a text.
///
/// # Errors
/// [`TooLong`].
pub fn matrix(text: &str) -> Result<Matrix, TooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLong)?;
    let size = code.width();
    let colours = code.into_colors();
    Ok(Matrix {
        size,
        modules: colours.iter().map(|c| *c == Color::Dark).collect(),
    })
}

/// A text's QR code as the `d` of one SVG path, and the side of the square `viewBox` (`0 0 side
/// side`) that it is drawn in, quiet border included.
///
/// # Errors
/// [`TooLong`].
pub fn svg_path(text: &str) -> Result<(String, usize), TooLong> {
    let matrix = matrix(text)?;
    Ok((matrix.svg_path(), matrix.side()))
}

impl Matrix {
    /// Is this module dark? Outside of the matrix nothing is.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules[y * self.size + x]
    }
    /// The side of the square with its quiet border, in modules.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.size + 2 * QUIET
    }
    /// The dark modules as one path: a bar for every run in a row, a unit a module, the quiet
    /// border left free on every side. Draw it with `shape-rendering: crispEdges`.
    #[must_use]
    pub fn svg_path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let run = (x..self.size).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    let (left, top) = (x + QUIET, y + QUIET);
                    write!(path, "M{left} {top}h{run}v1h-{run}z").expect("a String takes all");
                }
                x += run.max(1);
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_takes_a_small_code_and_too_much_text_is_refused() {
        let matrix = matrix("https://coffee.example/s/demo#c=ABCDE12345").unwrap();
        assert_eq!((matrix.size, matrix.side()), (29, 37), "version 3");
        assert_eq!(matrix.modules.len(), 29 * 29);
        assert_eq!(svg_path(&"x".repeat(3000)), Err(TooLong));
    }

    #[test]
    fn the_path_covers_exactly_the_dark_modules() {
        let matrix = matrix("presso").unwrap();
        let (path, side) = svg_path("presso").unwrap();
        let mut drawn = vec![false; side * side];
        for bar in path.split_terminator('z') {
            let (at, run) = bar.trim_start_matches('M').split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let run: usize = run.split_once('v').unwrap().0.parse().unwrap();
            let start = y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap();
            drawn[start..start + run].fill(true);
        }
        for y in 0..side {
            for x in 0..side {
                let dark = x >= QUIET && y >= QUIET && matrix.is_dark(x - QUIET, y - QUIET);
                assert_eq!(drawn[y * side + x], dark, "{x} {y}");
            }
        }
    }
}
