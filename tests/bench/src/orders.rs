//! `bench orders`: rounds of orders on the floor and on Presso, turn and turn about, so that what
//! else the machine does meets both; and what comes out, as figures and as ratios with their bars.

mod round;

use super::finding::{Bar, Finding};
use super::process::Kind;
use super::syncs;
use round::{Round, Sample, Times};
use std::io;
use std::path::Path;

/// How many order at the same time.
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Which of them the bars of what an order costs are for: commits are shared only in a crowd.
const CROWD: usize = 64;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Rounds of each server and number of clients.
    pub rounds: usize,
    /// Counted seconds of each.
    pub seconds: f64,
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            rounds: 5,
            seconds: 4.0,
        }
    }
}

/// Figure of a sample, how it is called, in which unit, and the bar of its ratio.
type Figure = (
    &'static str,
    &'static str,
    fn(&Sample) -> f64,
    fn(usize) -> Bar,
);

const FIGURES: [Figure; 6] = [
    (
        "orders a second",
        "1/s",
        |s| s.orders_a_second,
        |clients| match clients {
            CROWD => Bar::AtLeast(0.8),
            _ => Bar::None,
        },
    ),
    ("order p50", "ms", |s| s.p50_ms, |_| Bar::None),
    (
        "order p99",
        "ms",
        |s| s.p99_ms,
        |clients| match clients {
            16 => Bar::AtMost(1.5),
            _ => Bar::None,
        },
    ),
    (
        "server CPU an order",
        "ms",
        |s| s.cpu_ms,
        |clients| match clients {
            CROWD => Bar::AtMost(2.0),
            _ => Bar::None,
        },
    ),
    (
        "bytes written an order",
        "B",
        |s| s.written_bytes,
        |clients| match clients {
            CROWD => Bar::AtMost(1.5),
            _ => Bar::None,
        },
    ),
    ("resident memory", "MB", |s| s.resident_mb, |_| Bar::None),
];

/// Measures it all; works in this folder, on the disk it is on.
///
/// # Errors
/// When a server does not start or answers otherwise than it should.
pub fn run(folder: &Path, extent: Extent) -> io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let can_count = syncs::can_be_counted();
    for clients in CLIENTS {
        let round = |kind, times| {
            Round {
                kind,
                clients,
                times,
            }
            .run(folder)
        };
        let (mut floor, mut presso) = (Vec::new(), Vec::new());
        for number in 1..=extent.rounds {
            eprintln!("  {}, round {number} of {}", crowd(clients), extent.rounds);
            floor.push(round(Kind::Floor, Times::counted(extent.seconds))?);
            presso.push(round(Kind::Presso, Times::counted(extent.seconds))?);
        }
        compare(&mut findings, clients, &floor, &presso);
        let syncs_of = |kind| -> io::Result<Vec<f64>> {
            // strace slows the server down: nothing else of this round counts.
            let traced = can_count
                .then(|| round(kind, Times::traced()))
                .transpose()?;
            Ok(traced.and_then(|sample| sample.syncs).into_iter().collect())
        };
        let (floor, presso) = (syncs_of(Kind::Floor)?, syncs_of(Kind::Presso)?);
        let bar = if clients == CROWD {
            Bar::AtMost(1.2)
        } else {
            Bar::None
        };
        put(
            &mut findings,
            ("fsyncs an order", "", clients),
            &floor,
            &presso,
            bar,
        );
    }
    Ok(findings)
}

fn compare(findings: &mut Vec<Finding>, clients: usize, floor: &[Sample], presso: &[Sample]) {
    for (what, unit, figure, bar) in FIGURES {
        let of = |samples: &[Sample]| samples.iter().map(figure).collect::<Vec<f64>>();
        let named = (what, unit, clients);
        put(findings, named, &of(floor), &of(presso), bar(clients));
    }
    let load = presso.iter().map(|s| s.load_cpu_ms).collect::<Vec<f64>>();
    let what = format!("the load's own CPU an order, {}", crowd(clients));
    findings.push(Finding::new(what, &load, "ms", Bar::None));
}

/// A figure of both, and the ratio of each round of Presso to the floor's just before it.
fn put(
    findings: &mut Vec<Finding>,
    (what, unit, clients): (&str, &'static str, usize),
    floor: &[f64],
    presso: &[f64],
    bar: Bar,
) {
    let crowd = crowd(clients);
    for (kind, rounds) in [(Kind::Floor, floor), (Kind::Presso, presso)] {
        let what = format!("{what}, {crowd}: {}", kind.name());
        findings.push(Finding::new(what, rounds, unit, Bar::None));
    }
    let ratios: Vec<f64> = floor
        .iter()
        .zip(presso)
        .map(|(floor, presso)| presso / floor)
        .collect();
    findings.push(Finding::new(
        format!("{what}, {crowd}: ratio"),
        &ratios,
        "×",
        bar,
    ));
}

fn crowd(clients: usize) -> String {
    let plural = if clients == 1 { "" } else { "s" };
    format!("{clients} client{plural}")
}
