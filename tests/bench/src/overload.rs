//! `prove overload`: twice what the server can do, by a load that does not wait for answers. Those
//! who are let in must be answered about as quickly as on an idle server, the rest refused at once.
//!
//! The command is a drink switched on and off: each is decided, committed and told to screens.

mod open;
mod slow;

use super::finding::{Bar, Finding};
use super::plan::Tokens;
use super::process::{Kind, Server};
use super::setup;
use open::{Counted, Pace};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Connections that are asked by turns.
const CONNECTIONS: usize = 512;
/// Of them, how many find out what the server can do.
const CROWD: usize = 64;

/// On which disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disk {
    /// The machine's.
    AsItIs,
    /// One that takes four milliseconds to confirm: then it is the disk that bounds what can be done,
    /// and not the processors, which the load shares.
    Slow,
}

/// Measures so many rounds of so many seconds each; works in this folder.
///
/// # Errors
/// When a server does not start, or answers neither yes nor a clean no.
pub async fn run(folder: &Path, rounds: usize, seconds: f64) -> io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for disk in [Disk::Slow, Disk::AsItIs] {
        let mut samples = Vec::new();
        for round in 1..=rounds {
            eprintln!("  {disk:?}, round {round} of {rounds}");
            samples.push(sample(folder, disk, Duration::from_secs_f64(seconds)).await?);
        }
        findings.extend(told(disk, &samples));
    }
    Ok(findings)
}

/// The bars are for the slow disk: on a fast one the load itself takes the processors away.
fn told(disk: Disk, samples: &[Sample]) -> Vec<Finding> {
    let (name, is_bound) = match disk {
        Disk::Slow => ("a slow disk", true),
        Disk::AsItIs => ("this disk", false),
    };
    let figure = |what: &str, unit: &'static str, bar: Bar, figure: fn(&Sample) -> f64| {
        let of: Vec<f64> = samples.iter().map(figure).collect();
        let bar = if is_bound || unit.is_empty() {
            bar
        } else {
            Bar::None
        };
        Finding::new(format!("{name}, {what}"), &of, unit, bar)
    };
    vec![
        figure("what it can do, 64 who wait", "1/s", Bar::None, |s| {
            s.full.accepted_a_second()
        }),
        figure("a fifth of it: p50", "ms", Bar::None, |s| {
            s.easy.accepted.ms(50)
        }),
        figure("a fifth of it: p99", "ms", Bar::None, |s| {
            s.easy.accepted.ms(99)
        }),
        figure("twice that: asked", "1/s", Bar::None, |s| {
            s.over.asked_a_second()
        }),
        figure("twice that: accepted", "1/s", Bar::None, |s| {
            s.over.accepted_a_second()
        }),
        figure(
            "twice that: accepted, of what it can do",
            "×",
            Bar::AtLeast(0.9),
            |s| s.over.accepted_a_second() / s.full.accepted_a_second(),
        ),
        figure("twice that: accepted, p50", "ms", Bar::None, |s| {
            s.over.accepted.ms(50)
        }),
        figure("twice that: accepted, p99", "ms", Bar::None, |s| {
            s.over.accepted.ms(99)
        }),
        figure(
            "twice that: p99 to that of a fifth",
            "×",
            Bar::AtMost(3.0),
            |s| s.over.accepted.ms(99) / s.easy.accepted.ms(99),
        ),
        figure("twice that: refused, p50", "ms", Bar::None, |s| {
            s.over.refused.ms(50)
        }),
        figure("twice that: refused, p99", "ms", Bar::AtMost(10.0), |s| {
            s.over.refused.ms(99)
        }),
        figure(
            "neither accepted nor a clean 503",
            "",
            Bar::AtMost(0.0),
            |s| (s.full.odd + s.easy.odd + s.over.odd) as f64,
        ),
        figure("refused below what it can do", "", Bar::AtMost(0.0), |s| {
            (s.full.refused.len() + s.easy.refused.len()) as f64
        }),
    ]
}

struct Sample {
    full: Counted,
    easy: Counted,
    over: Counted,
}

async fn sample(folder: &Path, disk: Disk, time: Duration) -> io::Result<Sample> {
    let server = Server::start(Kind::Presso, folder, None)?;
    let (_, clients) = setup::shop(&server, CROWD).await?;
    let tokens = clients.into_iter().filter_map(|client| client.tokens);
    let tokens: Vec<Tokens> = tokens.collect();
    let mut crew = open::Crew::connect(server.address, CONNECTIONS, &tokens).await?;
    let _slow = match disk {
        Disk::Slow => Some(slow::attach(server.pid)?),
        Disk::AsItIs => None,
    };
    let full = crew.work(Pace::AsItGoes(CROWD), time).await?;
    let rate = full.accepted_a_second();
    let easy = crew.work(Pace::Each(rate / 5.0), time).await?;
    let over = crew.work(Pace::Each(rate * 2.0), time).await?;
    Ok(Sample { full, easy, over })
}
