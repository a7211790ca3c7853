//! What lens and sensor do: blur, shake, noise, and steps of one.

use crate::chance::Chance;

/// How good they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lens {
    /// The deviation of its blur, pixels.
    pub(crate) blur: f32,
    /// How far the hand moves while the shutter is open: pixels across and down.
    pub(crate) shake: (f32, f32),
    /// The deviation of the sensor's noise, steps of 255.
    pub(crate) noise: f32,
}

/// From light to a frame.
pub(crate) fn through(light: Vec<f32>, width: usize, lens: &Lens, chance: &mut Chance) -> Vec<u8> {
    let light = shaken(light, width, lens.shake);
    let light = blurred(light, width, lens.blur);
    light
        .iter()
        .map(|value| {
            (value + chance.bell() * lens.noise)
                .round()
                .clamp(0.0, 255.0) as u8
        })
        .collect()
}

fn blurred(light: Vec<f32>, width: usize, deviation: f32) -> Vec<f32> {
    if deviation < 0.2 {
        return light;
    }
    let reach = (deviation * 3.0).ceil() as usize;
    let weight = |i: usize| {
        let far = i as f32 - reach as f32;
        (-far * far / (2.0 * deviation * deviation)).exp()
    };
    let weights: Vec<f32> = (0..=2 * reach).map(weight).collect();
    let sum: f32 = weights.iter().sum();
    let weights: Vec<f32> = weights.iter().map(|w| w / sum).collect();
    let across = along_rows(&light, width, &weights);
    let turned = transposed(&across, width);
    let height = light.len() / width;
    transposed(&along_rows(&turned, height, &weights), height)
}

fn along_rows(light: &[f32], width: usize, weights: &[f32]) -> Vec<f32> {
    let reach = weights.len() / 2;
    let mut padded = vec![0.0; width + 2 * reach];
    let mut out = Vec::with_capacity(light.len());
    for row in light.chunks_exact(width) {
        padded[..reach].fill(row[0]);
        padded[reach..reach + width].copy_from_slice(row);
        padded[reach + width..].fill(row[width - 1]);
        out.extend((0..width).map(|x| {
            let near = &padded[x..x + weights.len()];
            near.iter().zip(weights).map(|(a, b)| a * b).sum::<f32>()
        }));
    }
    out
}

fn transposed(light: &[f32], width: usize) -> Vec<f32> {
    let height = light.len() / width;
    let mut out = Vec::with_capacity(light.len());
    for x in 0..width {
        out.extend((0..height).map(|y| light[y * width + x]));
    }
    out
}

/// The mean along the way that the hand goes.
fn shaken(light: Vec<f32>, width: usize, (across, down): (f32, f32)) -> Vec<f32> {
    let steps = across.abs().max(down.abs()).ceil() as usize;
    if steps < 1 {
        return light;
    }
    let height = light.len() / width;
    let step = |i: usize| {
        let part = i as f32 / steps as f32 - 0.5;
        (
            (across * part).round() as isize,
            (down * part).round() as isize,
        )
    };
    let ways: Vec<(isize, isize)> = (0..=steps).map(step).collect();
    let at = |x: isize, y: isize| {
        let (x, y) = (
            x.clamp(0, width as isize - 1),
            y.clamp(0, height as isize - 1),
        );
        light[y as usize * width + x as usize]
    };
    let mut out = Vec::with_capacity(light.len());
    for y in 0..height as isize {
        for x in 0..width as isize {
            let sum: f32 = ways.iter().map(|(dx, dy)| at(x + dx, y + dy)).sum();
            out.push(sum / ways.len() as f32);
        }
    }
    out
}
