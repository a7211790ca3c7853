//! When people come: everybody is as likely at any moment as the day's shape says.

use super::chance::Chance;
use super::{DOORS, Plan};

/// A rush: where in the day it is, how long it lasts (both as parts of the day), and how many times
/// the quiet hours' crowd it adds.
const RUSHES: [(f64, f64, f64); 3] = [(0.10, 0.06, 2.2), (0.50, 0.07, 1.6), (0.80, 0.05, 0.9)];

/// How crowded it is at a part of the day; 1 in quiet hours.
fn crowd(at: f64) -> f64 {
    let bump = |(middle, width, more): (f64, f64, f64)| {
        let off = (at - middle) / width;
        more * (-off * off / 2.0).exp()
    };
    1.0 + RUSHES.into_iter().map(bump).sum::<f64>()
}

/// The instants, unix milliseconds, in order.
pub(super) fn arrivals(plan: &Plan, chance: &mut Chance) -> Vec<i64> {
    let most = if plan.rush { 4.0 } else { 1.0 };
    let day_ms = f64::from(plan.minutes) * 60_000.0;
    let mut instants: Vec<i64> = (0..plan.guests)
        .map(|_| {
            loop {
                let (at, height) = (chance.part(), chance.part() * most);
                if !plan.rush || height < crowd(at) {
                    break DOORS.0 + (at * day_ms) as i64;
                }
            }
        })
        .collect();
    instants.sort_unstable();
    instants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_expected_in_a_greater_crowd_than_arrivals_are_drawn_from() {
        let most = (0..=1000).map(|at| crowd(f64::from(at) / 1000.0));
        assert!(most.fold(0.0, f64::max) < 4.0);
    }

    #[test]
    fn a_morning_rush_is_twice_the_mean_and_everybody_comes_while_it_is_open() {
        let plan = Plan::default();
        let all = arrivals(&plan, &mut Chance::new(7));
        let hours = |from: f64, to: f64| {
            let ms = |hours: f64| DOORS.0 + (hours * 3_600_000.0) as i64;
            all.iter()
                .filter(|at| (ms(from)..ms(to)).contains(at))
                .count()
        };
        assert_eq!(hours(0.0, 8.0), 960);
        assert!(hours(0.5, 1.0) > 90, "{} in the rush", hours(0.5, 1.0));
        assert!(hours(2.0, 2.5) < 50, "{} after it", hours(2.0, 2.5));
    }
}
