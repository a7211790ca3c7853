//! A processor for the server, and another one for the load: twice what a server can do is asked of
//! it by somebody else, who does not take its processor away.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use std::io;

/// Two processors of those that this process may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cores {
    server: usize,
    load: usize,
}

impl Cores {
    /// # Errors
    /// When there are not two.
    pub(super) fn two() -> io::Result<Self> {
        let may = sched_getaffinity(None)?;
        let mut usable = (0..CpuSet::MAX_CPU).filter(|core| may.is_set(*core));
        match (usable.next(), usable.next()) {
            (Some(server), Some(load)) => Ok(Self { server, load }),
            _ => Err(io::Error::other(
                "server and load need a processor each, and there is one",
            )),
        }
    }

    /// Starts something that stays on the server's; this thread, the load, goes on on its own.
    pub(super) fn start<T>(self, start: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        stay_on(self.server)?;
        let started = start();
        stay_on(self.load)?;
        started
    }
}

/// This thread and whatever it starts from now on.
fn stay_on(core: usize) -> io::Result<()> {
    let mut only = CpuSet::new();
    only.set(core);
    Ok(sched_setaffinity(None, &only)?)
}
