//! Pictures of every screen in every state, at three sizes, to be looked at: `cargo xtask shots`.
//! No tests, but brought up as journeys are: the real server, and states by what people do.
//! Written to the folder that `PRESSO_SHOTS` names, else `shots/`; a word chooses by name.

mod barista;
mod crowd;
mod customer;
mod display;
mod journey;
mod managing;
mod refusals;

use presso_tests::{
    browser::{Browser, PATIENCE, Screen},
    server,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The sizes that every screen must look well at.
const SIZES: [Screen; 3] = [Screen::PHONE, Screen::TABLET, Screen::TV];

/// A shop's name and limits.
fn shop() -> presso_core::settings::Settings {
    server::settings()
}

/// Takes pictures of what a browser shows, named `app-state-WIDTHxHEIGHT.png`, and gives the screen
/// its own size back.
async fn shoot(page: &Browser, name: &str, own: Screen) {
    for screen in SIZES {
        settle(page, screen).await;
        let file = folder().join(format!("{name}-{}x{}.png", screen.width, screen.height));
        std::fs::write(&file, page.picture().await).expect("the folder can be written to");
        println!("{}", file.display());
    }
    settle(page, own).await;
}

/// Until the page is laid out for this size.
async fn settle(page: &Browser, screen: Screen) {
    page.resize(screen).await;
    page.fact("is laid out", PATIENCE, async || {
        let width = page.run("return innerWidth", vec![]).await;
        (width == json!(screen.width))
            .then_some(())
            .ok_or(width.to_string())
    })
    .await;
    let drawn = "const done = arguments[arguments.length - 1]; document.fonts.ready.then(() =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))));";
    page.run_async(drawn, vec![]).await;
}

fn folder() -> PathBuf {
    let named = std::env::var_os("PRESSO_SHOTS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shots"));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}
