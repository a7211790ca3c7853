//! From readings to figures and bars.

use super::{OURS, Readings, success};
use crate::finding::{Bar, Finding};
use presso_frames::{Case, Condition, SIZES};

/// A row may be so many points behind its best peer.
const BEHIND: f64 = 5.0;
/// The longest that a frame of 720p with a readable code may take, milliseconds (99 of 100).
const LONGEST_MS: f64 = 30.0;

/// The figures: ours against the best of the peers, over all and by condition, and times.
pub(super) fn judge(cases: &[Case], readers: &[(String, Option<Readings>)]) -> Vec<Finding> {
    let there = |mine: bool| {
        let of = readers
            .iter()
            .filter(move |(name, _)| (name == OURS) == mine);
        of.filter_map(|(name, readings)| Some((name.as_str(), readings.as_ref()?)))
    };
    let Some((_, ours)) = there(true).next() else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let mut compare = |what: &str, behind: f64, wanted: &dyn Fn(&Case) -> bool| {
        let peers = there(false).map(|(_, readings)| success(cases, readings, wanted));
        let bar = peers.reduce(f64::max).map_or(Bar::None, |best| {
            Bar::AtLeast(((best - behind) * 10.0).round() / 10.0)
        });
        let value = success(cases, ours, wanted);
        findings.push(Finding::new(what.into(), &[value], "% read", bar));
    };
    // Above the best, so more than equal: by less than one frame in a thousand.
    compare("all conditions", -0.1, &|_| true);
    for condition in Condition::ALL {
        compare(condition.name(), BEHIND, &|case| {
            case.condition == condition
        });
    }
    for (name, readings) in there(false) {
        let value = success(cases, readings, |_| true);
        let what = format!("all conditions, {name}");
        findings.push(Finding::new(what, &[value], "% read", Bar::None));
    }
    for size in SIZES {
        let readable = |case: &Case| {
            let read = |readings: &Readings| readings.get(&case.name()).is_some_and(|r| r.right);
            case.size == size && readers.iter().filter_map(|(_, r)| r.as_ref()).any(read)
        };
        let times = times(cases, ours, readable);
        let bar = if size.name == "720p" {
            Bar::AtMost(LONGEST_MS)
        } else {
            Bar::None
        };
        let what = |which: &str| format!("a readable frame of {}, {which}", size.name);
        let median = [nth(&times, 0.5)];
        findings.push(Finding::new(what("median"), &median, "ms", Bar::None));
        findings.push(Finding::new(what("p99"), &[nth(&times, 0.99)], "ms", bar));
    }
    findings
}

/// The times of the frames that `wanted` picks, sorted.
pub(super) fn times(
    cases: &[Case],
    readings: &Readings,
    wanted: impl Fn(&Case) -> bool,
) -> Vec<f64> {
    let picked = cases.iter().filter(|case| wanted(case));
    let times = picked.filter_map(|case| Some(readings.get(&case.name())?.took_ms));
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

/// The time below which this part of them lies.
pub(super) fn nth(sorted: &[f64], part: f64) -> f64 {
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.max(1) - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::super::Reading;
    use super::*;

    fn reads(cases: &[Case], right: impl Fn(&Case) -> bool) -> Option<Readings> {
        let reading = |case: &Case| Reading {
            right: right(case),
            took_ms: case.step as f64,
        };
        Some(
            cases
                .iter()
                .map(|case| (case.name(), reading(case)))
                .collect(),
        )
    }

    #[test]
    fn ours_is_held_against_the_best_of_the_peers() {
        let cases = presso_frames::all();
        let readers = [
            (OURS.to_owned(), reads(&cases, |case| case.step < 10)),
            ("good".to_owned(), reads(&cases, |case| case.step < 9)),
            ("absent".to_owned(), None),
        ];
        let findings = judge(&cases, &readers);
        assert_eq!(findings[0].ok, Some(true));
        let equal = [
            readers[0].clone(),
            ("same".to_owned(), readers[0].1.clone()),
        ];
        let findings = judge(&cases, &equal);
        assert_eq!(findings[0].ok, Some(false), "above the best, not beside it");
        assert_eq!(findings[1].ok, Some(true), "a row may be a little behind");
        let alone = judge(&cases, &readers[..1]);
        assert_eq!(alone[0].ok, None, "not compared is not passed");
    }

    #[test]
    fn of_a_hundred_times_the_ninety_ninth_is_taken() {
        let times: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!((nth(&times, 0.5), nth(&times, 0.99)), (50.0, 99.0));
        assert!(nth(&[], 0.5).is_nan());
    }
}
