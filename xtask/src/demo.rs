//! `cargo xtask demo [--robots] [--port N] [--lan] [--keep] [--release]`: sets up, builds, and
//! runs Presso with a demo shop on an embedded database, until Ctrl-C. Without `--keep` nothing of it stays.

mod folder;
mod options;
mod server;
mod shop;

pub(crate) use folder::Folder;
pub(crate) use options::Options;
pub(crate) use server::{Server, is_ready};

use crate::{
    place,
    run::{Ended, Group, cargo, program, run},
    stop, table, ui,
};
use anyhow::{Result, bail};
use std::{path::PathBuf, time::Duration};

/// The command line's entry.
pub(crate) fn command(words: &[String]) -> Result<()> {
    let options = Options::parse("demo", words)?;
    stop::listen();
    // Debug builds throughout: optimised screens take three times as long to build, which is what
    // somebody who wants to see Presso would wait for, and over a local network nobody notices
    // their size. `--release` shows what visitors of a real shop get.
    build(options.screens, options.robots)?;
    let folder = Folder::open(options.keep)?;
    let mut server = Server::start(&options, &folder)?;
    let shop = shop::ready(&folder)?;
    welcome(&server, &folder, &shop, "cargo xtask demo");
    let _robots = options
        .robots
        .then(|| robots(&server, &folder))
        .transpose()?;
    match server.wait(Duration::MAX)? {
        Ended::Itself(status) => bail!(
            "the server ended by itself: {status}\n{}",
            server.last_words()
        ),
        Ended::Stopped | Ended::OverBudget => {
            eprintln!(
                "\nstopped{}",
                if options.keep { "; ./data is kept" } else { "" }
            );
            Ok(())
        }
    }
}

/// Builds the screens, and then the server with them inside.
pub(crate) fn build(profile: ui::Profile, robots: bool) -> Result<()> {
    ui::build(profile)?;
    run(
        "building the server",
        &mut cargo(["build", "-p", "presso-backend", "--bin", "presso"]),
    )?;
    if robots {
        let words = [
            "build",
            "-p",
            "presso-tests",
            "--features",
            "robots",
            "--bin",
            "robots",
        ];
        run("building the robots", &mut cargo(words))?;
    }
    Ok(())
}

/// A program of ours, as cargo left it.
pub(crate) fn built(name: &str) -> PathBuf {
    place::target().join("debug").join(name)
}

/// Rehearsal customers and a robot barista, until dropped.
pub(crate) fn robots(server: &Server, folder: &Folder) -> Result<Group> {
    let mut command = program(built("robots"));
    command.args([&server.address, shop::SHOP, &shop::robots(folder)?]);
    // Refusals are part of a rehearsal, and not what one wants to read below the addresses.
    let log = std::fs::File::create(folder.path().join("robots.log"))?;
    Group::start(command.stdout(log.try_clone()?).stderr(log))
}

/// Where to look, how to get in, how to stop.
pub(crate) fn welcome(server: &Server, folder: &Folder, shop: &shop::Links, command: &str) {
    let row = |who: &str, address: &str, note: &str| {
        vec![who.to_owned(), address.to_owned(), note.to_owned()]
    };
    let once = "works once, within a day";
    println!();
    table::print(
        &["who", "address", ""],
        &[
            row(
                "customer",
                &format!("{}/s/{}", server.address, shop::SHOP),
                "or scan the display",
            ),
            row("barista", &shop.barista, once),
            row("display", &shop.display, once),
            row("all shops", &server.address, ""),
            row(
                "data",
                &folder.path().display().to_string(),
                "journal, keys and the server's log",
            ),
        ],
    );
    let another = "target/debug/presso staff link demo --name NAME --data";
    println!("\nAnother link: {another} {}", folder.path().display());
    println!("Ctrl-C stops {command}.\n");
}

pub(crate) use shop::ready as open_shop;
