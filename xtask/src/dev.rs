//! `cargo xtask dev`: the demo, built anew and restarted whenever a source changes.
//!
//! Open pages notice by themselves: their socket comes back to a server of another build, and they
//! load themselves anew. The data folder outlives the restarts, so one stays signed in.

mod changes;

use crate::{
    demo::{self, Folder, Options, Server},
    run::{Ended, say},
    stop,
};
use anyhow::Result;
use changes::Sources;
use std::time::Duration;

/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(300);

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let options = Options::parse("dev", words)?;
    stop::listen();
    let mut sources = Sources::now()?;
    demo::build(options.screens, options.robots)?;
    let folder = Folder::open(options.keep)?;
    let mut server = Server::start(&options, &folder)?;
    let shop = demo::open_shop(&folder)?;
    demo::welcome(&server, &folder, &shop, "cargo xtask dev");
    let mut robots = options
        .robots
        .then(|| demo::robots(&server, &folder))
        .transpose()?;
    loop {
        match server.wait(LOOK)? {
            Ended::Stopped => return Ok(()),
            Ended::Itself(status) => {
                say(format!(
                    "the server ended: {status}; it starts again with the next change"
                ));
                eprintln!("{}", server.last_words());
                if !sources.wait_for_change(LOOK)? {
                    return Ok(());
                }
            }
            Ended::OverBudget => {}
        }
        if !sources.changed()? {
            continue;
        }
        // The old server serves on until the new one is built; a mistake changes nothing.
        if let Err(mistake) = demo::build(options.screens, options.robots) {
            say(format!("{mistake:#}\nwaiting for the next change"));
            continue;
        }
        drop(robots.take());
        server.end();
        server = Server::start(&options, &folder)?;
        robots = options
            .robots
            .then(|| demo::robots(&server, &folder))
            .transpose()?;
        say("the new build runs; open pages load themselves anew");
    }
}
