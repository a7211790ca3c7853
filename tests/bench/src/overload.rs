//! `prove overload`: twice what the server can do, by a load that does not wait for answers. Those
//! who are let in must be answered about as quickly as on an idle server, the rest refused at once.
//!
//! The command is a drink switched on and off: each is decided, committed and told to screens.

mod cores;
mod open;
mod slow;

use super::finding::{Bar, Finding};
use super::plan::Tokens;
use super::process::{Kind, Server};
use super::setup;
use cores::Cores;
use open::{Counted, Pace};
use std::io;
use std::path::Path;
use std::time::Duration;

/// Connections that are asked by turns.
const CONNECTIONS: usize = 512;
/// Of them, how many find out what the server can do: as many as it lets in while a crowd stays.
const CROWD: usize = 256;
/// How many are baristas; each holds some of the connections.
const BARISTAS: usize = 64;

/// What bounds what the server can do. It has a processor of its own, and the load another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// A disk that takes 30 milliseconds to confirm.
    Disk,
    /// Its processor.
    Processor,
}

/// Measures so many rounds of so many seconds each; works in this folder.
///
/// # Errors
/// When a server does not start, or answers neither yes nor a clean no.
pub async fn run(folder: &Path, rounds: usize, seconds: f64) -> io::Result<Vec<Finding>> {
    let (mut findings, cores) = (Vec::new(), Cores::two()?);
    for bound in [Bound::Disk, Bound::Processor] {
        let mut samples = Vec::new();
        for round in 1..=rounds {
            eprintln!("  {bound:?}, round {round} of {rounds}");
            samples.push(sample(folder, (bound, cores), Duration::from_secs_f64(seconds)).await?);
        }
        findings.extend(told(bound, &samples));
    }
    Ok(findings)
}

fn told(bound: Bound, samples: &[Sample]) -> Vec<Finding> {
    let name = match bound {
        Bound::Disk => "a slow disk",
        Bound::Processor => "one processor",
    };
    let figure = |what: &str, unit: &'static str, bar: Bar, figure: fn(&Sample) -> f64| {
        let of: Vec<f64> = samples.iter().map(figure).collect();
        Finding::new(format!("{name}, {what}"), &of, unit, bar)
    };
    vec![
        figure("what it can do, 256 who wait", "1/s", Bar::None, |s| {
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

async fn sample(
    folder: &Path,
    (bound, cores): (Bound, Cores),
    time: Duration,
) -> io::Result<Sample> {
    let server = cores.start(|| Server::start(Kind::Presso, folder, None))?;
    let (_, clients) = setup::shop(&server, BARISTAS).await?;
    let tokens = clients.into_iter().filter_map(|client| client.tokens);
    let tokens: Vec<Tokens> = tokens.collect();
    let mut crew = open::Crew::connect(server.address, CONNECTIONS, &tokens).await?;
    let _slow = match bound {
        Bound::Disk => Some(slow::attach(server.pid)?),
        Bound::Processor => None,
    };
    let full = crew.work(Pace::AsItGoes(CROWD), time).await?;
    let rate = full.accepted_a_second();
    let easy = crew.work(Pace::Each(rate / 5.0), time).await?;
    let over = crew.work(Pace::Each(rate * 2.0), time).await?;
    Ok(Sample { full, easy, over })
}
