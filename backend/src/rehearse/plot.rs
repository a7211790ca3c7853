//! Plots as SVG: axes with round numbers, lines, bars. No script, no font, no colour of their own:
//! those are the page's classes.

use std::fmt::Write;

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;

/// Over the quarters of a day.
pub(super) struct Plot {
    svg: String,
    points: usize,
    most: f64,
}

impl Plot {
    /// With room up to `most`, rounded up, in this unit; quarters from this hour on.
    pub(super) fn new(name: &str, points: usize, most: f64, unit: &str, first_hour: usize) -> Self {
        let step = step(most / 4.0);
        let most = (most / step).ceil().max(1.0) * step;
        let mut plot = Self {
            svg: format!(
                "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{name}\">"
            ),
            points,
            most,
        };
        let mut tick = 0.0;
        while tick <= most + step / 2.0 {
            let y = plot.y(tick);
            let (to, label) = (WIDTH - RIGHT, LEFT - 8.0);
            plot.put(&format!(
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{to}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"{label}\" y=\"{:.1}\" text-anchor=\"end\">{tick}{}</text>",
                y + 4.0,
                if tick + step > most + step / 2.0 {
                    unit
                } else {
                    ""
                }
            ));
            tick += step;
        }
        let every = if points > 40 { 8 } else { 4 };
        for at in (0..=points).step_by(every) {
            let (x, y, hour) = (plot.edge(at), HEIGHT - 8.0, (first_hour + at / 4) % 24);
            plot.put(&format!(
                "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{hour}:00</text>"
            ));
        }
        plot
    }

    fn put(&mut self, piece: &str) {
        self.svg.push_str(piece);
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - value.min(self.most) / self.most * (HEIGHT - TOP - BOTTOM)
    }

    /// Where a quarter begins.
    fn edge(&self, at: usize) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * at as f64 / self.points.max(1) as f64
    }

    /// A bar for each quarter, on top of what is below it already.
    pub(super) fn bars(mut self, class: &str, below: &[f64], values: &[f64]) -> Self {
        let gap = 1.5;
        for (at, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
            let under = below.get(at).copied().unwrap_or(0.0);
            let (x, wide) = (
                self.edge(at) + gap,
                self.edge(at + 1) - self.edge(at) - 2.0 * gap,
            );
            let (top, foot) = (self.y(under + value), self.y(under));
            let tall = foot - top;
            self.put(&format!(
                "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{tall:.1}\"/>"
            ));
        }
        self
    }

    /// A line through the middles of quarters, broken where there is no value.
    pub(super) fn line(mut self, class: &str, values: &[Option<f64>]) -> Self {
        let mut path = String::new();
        let mut pen = "M";
        for (at, value) in values.iter().enumerate() {
            let Some(value) = value else {
                pen = "M";
                continue;
            };
            let x = f64::midpoint(self.edge(at), self.edge(at + 1));
            // Writing to a string does not fail.
            let _ = write!(path, "{pen}{x:.1} {:.1}", self.y(*value));
            pen = "L";
        }
        self.put(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
        self
    }

    /// A thin line across at a value that matters, with what it means.
    pub(super) fn mark(mut self, value: f64, what: &str) -> Self {
        let (y, to) = (self.y(value), WIDTH - RIGHT);
        self.put(&format!(
            "<line class=\"mark\" x1=\"{LEFT}\" x2=\"{to}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"says\" x=\"{to}\" y=\"{:.1}\" text-anchor=\"end\">{what}</text>",
            y - 5.0
        ));
        self
    }

    pub(super) fn svg(self) -> String {
        self.svg + "</svg>"
    }
}

/// 1, 2 or 5 times a power of ten, not below this.
fn step(least: f64) -> f64 {
    let power = 10_f64.powf(least.max(1.0).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
    steps
        .into_iter()
        .find(|step| *step >= least)
        .unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_numbers() {
        let steps = [0.3, 3.0, 4.9, 11.0, 50.0, 51.0].map(step);
        assert_eq!(steps, [1.0, 5.0, 5.0, 20.0, 50.0, 100.0]);
    }

    #[test]
    fn a_line_is_broken_where_there_is_nothing() {
        let plot = Plot::new("waits", 3, 10.0, "", 8).line("a", &[Some(1.0), None, Some(2.0)]);
        assert_eq!(plot.svg().matches('M').count(), 2);
    }
}
