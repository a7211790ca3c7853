//! One round: a fresh server, its load, and what they used.

use crate::plan::{Client, Outcome, Plan};
use crate::process::{Kind, Server, beside};
use crate::{setup, syncs};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Which round.
pub(super) struct Round {
    pub(super) kind: Kind,
    pub(super) clients: usize,
    pub(super) times: Times,
}

/// How long.
#[derive(Clone, Copy)]
pub(super) struct Times {
    warm_up_s: f64,
    seconds: f64,
    traced: bool,
}

impl Times {
    pub(super) fn counted(seconds: f64) -> Self {
        Self {
            warm_up_s: 1.0,
            seconds,
            traced: false,
        }
    }
    pub(super) fn traced() -> Self {
        Self {
            warm_up_s: 0.5,
            seconds: 2.0,
            traced: true,
        }
    }
}

/// What a round found. What an order costs is the sum of the round, divided by its orders.
pub(super) struct Sample {
    pub(super) orders_a_second: f64,
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
    pub(super) cpu_ms: f64,
    pub(super) written_bytes: f64,
    pub(super) resident_mb: f64,
    pub(super) load_cpu_ms: f64,
    /// Where they were counted.
    pub(super) syncs: Option<f64>,
}

impl Round {
    pub(super) fn run(&self, folder: &Path) -> io::Result<Sample> {
        let trace = self.times.traced.then(|| folder.join("syncs"));
        let server = Server::start(self.kind, folder, trace.as_deref())?;
        let (code, clients) = match self.kind {
            Kind::Floor => (String::new(), vec![Client::default(); self.clients]),
            Kind::Presso => {
                let mut runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = runtime.enable_io().build()?;
                runtime.block_on(setup::shop(&server, self.clients))?
            }
        };
        let plan = Plan {
            address: server.address,
            pid: server.pid,
            shop: setup::SHOP.into(),
            code,
            clients,
            warm_up_s: self.times.warm_up_s,
            seconds: self.times.seconds,
        };
        let outcome = load(&plan)?;
        // strace has written everything once the server has ended.
        drop(server);
        let orders = outcome.orders as f64;
        let syncs = trace.map(|file| {
            let began = outcome.began_unix_s;
            let syncs = syncs::within(&file, began, began + outcome.seconds)?;
            io::Result::Ok(syncs as f64 / orders)
        });
        Ok(Sample {
            orders_a_second: orders / outcome.seconds,
            p50_ms: outcome.p50_ms,
            p99_ms: outcome.p99_ms,
            cpu_ms: outcome.server.cpu_ms / orders,
            written_bytes: outcome.server.written_bytes / orders,
            resident_mb: outcome.server.resident_mb,
            load_cpu_ms: outcome.load.cpu_ms / orders,
            syncs: syncs.transpose()?,
        })
    }
}

/// Runs the load program on this plan.
fn load(plan: &Plan) -> io::Result<Outcome> {
    let mut command = Command::new(beside("bench-load")?);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn()?;
    if let Some(stdin) = child.stdin.take() {
        serde_json::to_writer(stdin, plan)?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "the load ended: {}",
            output.status
        )));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
