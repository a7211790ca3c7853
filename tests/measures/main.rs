//! The native apps as people have them, measured: `cargo xtask bench apps`, which makes the
//! packages first. Times are upper bounds: what drives the window is started with it and asks every
//! 40 ms.

use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Browser, Screen},
    native::{APPS, Booth, Device, memory, play_with, released},
    server::settings,
};
use serde_json::{Value, json};
use std::{fs, path::Path, rc::Rc, time::Instant};

/// Starts of each app.
const ROUNDS: usize = 7;
/// What is demanded.
const MOST_SECONDS: f64 = 1.0;
const MOST_MEGABYTES: f64 = 15.0;

#[test]
#[ignore = "a measurement: cargo xtask bench apps"]
fn how_fast_and_how_large_the_native_apps_are() {
    let file = std::env::var_os("PRESSO_BENCH").expect("`cargo xtask bench apps` says where to");
    let mut results = Vec::new();
    play_with(released, settings(), async |booth| {
        for app in APPS {
            results.extend(measured(booth, app).await);
        }
    });
    assert!(!results.is_empty(), "nothing could be measured here");
    let text = serde_json::to_string_pretty(&results).expect("texts and numbers");
    fs::write(file, text).expect("the results can be written");
}

async fn measured(booth: &Booth, app: &'static str) -> Vec<Value> {
    let (size, link, useful) = match app {
        "customer" => (
            Screen::PHONE,
            booth.server.front_door(),
            "[data-screen=door]",
        ),
        "barista" => {
            let link = booth.server.link(LinkFor::Barista, "Bo").await;
            (Screen::TABLET, link, "[data-test=lane-to-make]")
        }
        _ => {
            let link = booth.server.link(LinkFor::Display, "").await;
            (Screen::TV, link, "[data-panel=code]")
        }
    };
    let program = released(app);
    let device = booth.device(app, app, size);
    let mut first = arguments(app);
    first.push(&link);
    drop(shown(&device, &program, &first, useful).await);
    let mut seconds = Vec::new();
    let mut megabytes = Vec::new();
    for _ in 0..ROUNDS {
        device.kills_the_app().await;
        let start = Instant::now();
        let window = shown(&device, &program, &arguments(app), useful).await;
        seconds.push(start.elapsed().as_secs_f64());
        let all = device.processes();
        let bytes: u64 = all.iter().map(|(process, _)| memory(*process)).sum();
        megabytes.push(bytes as f64 / 1e6);
        drop(window);
    }
    device.kills_the_app().await;
    let installed = fs::metadata(&program).expect("it was built").len() as f64 / 1e6;
    vec![
        result(
            app,
            "start to first useful screen",
            &seconds,
            "s",
            Some(MOST_SECONDS),
        ),
        result(app, "memory with its web view", &megabytes, "MB", None),
        result(
            app,
            "installed program",
            &[installed],
            "MB",
            Some(MOST_MEGABYTES),
        ),
        result(app, "package", &[package(app)], "MB", Some(MOST_MEGABYTES)),
    ]
}

async fn shown(device: &Device, program: &Path, words: &[&str], useful: &str) -> Rc<Browser> {
    let window = device.starts_program(program, words).await;
    window.shows(useful).await;
    window
}

fn arguments(app: &str) -> Vec<&'static str> {
    if app == "display" {
        vec!["--windowed"]
    } else {
        Vec::new()
    }
}

/// Megabytes of the app's package; the newest, where there are several.
fn package(app: &str) -> f64 {
    let program = released(app);
    let folder = program.with_file_name("bundle").join("deb");
    let name = match app {
        "customer" => "Presso_".to_owned(),
        other => format!("Presso {}{}_", other[..1].to_uppercase(), &other[1..]),
    };
    let entries = fs::read_dir(folder).expect("`cargo xtask bench apps` makes the packages");
    let facts = entries.flatten().filter_map(|entry| {
        let file = entry.file_name().to_string_lossy().into_owned();
        let ours = file.starts_with(&name) && file.ends_with(".deb");
        ours.then(|| entry.metadata().ok()).flatten()
    });
    let newest = facts.max_by_key(|facts| facts.modified().ok());
    newest.expect("there is one").len() as f64 / 1e6
}

/// The median and the ends.
fn result(app: &str, what: &str, values: &[f64], unit: &str, bar: Option<f64>) -> Value {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = sorted[sorted.len() / 2];
    let spread = (sorted.len() > 1).then(|| [sorted[0], sorted[sorted.len() - 1]]);
    json!({
        "what": format!("{app}: {what}"), "value": median, "spread": spread, "unit": unit,
        "bar": bar.map(|bar| format!("<= {bar}")), "ok": bar.map(|bar| median <= bar),
    })
}
