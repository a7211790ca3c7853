//! The display as a kiosk: fills its screen, and is left by held keys only.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use presso_core::api::LinkFor;
use presso_tests::{
    browser::{PATIENCE, Screen, until},
    native::play,
    server::settings,
};
use serde_json::json;
use std::time::Duration;

/// As WebDriver writes Shift and Control.
const MODIFIERS: [char; 2] = ['\u{e008}', '\u{e009}'];

fn held(span: Duration) -> KeyActions {
    let down = MODIFIERS.map(|value| KeyAction::Down { value });
    let up = MODIFIERS.map(|value| KeyAction::Up { value });
    let keys = KeyActions::new("keys".into());
    let keys = down.into_iter().fold(keys, KeyActions::then);
    let keys = keys
        .then(KeyAction::Down { value: 'q' })
        .then(KeyAction::Pause { duration: span })
        .then(KeyAction::Up { value: 'q' });
    up.into_iter().fold(keys, KeyActions::then)
}

#[test]
fn a_kiosk_fills_its_screen_and_is_left_by_keys_that_are_held_and_not_by_a_stroke() {
    play(settings(), async |booth| {
        let device = booth.device("the kiosk", "display", Screen::TV);
        let link = booth.server.link(LinkFor::Display, "").await;
        let tv = device.starts(&[&link]).await;
        tv.shows("[data-test=wall]").await;
        let whole = json!([Screen::TV.width, Screen::TV.height]);
        tv.fact("fills its screen", PATIENCE, async || {
            let size = tv.run("return [innerWidth, innerHeight]", vec![]).await;
            (size == whole).then_some(()).ok_or(size.to_string())
        })
        .await;
        let app = device.app_process();
        tv.acts(held(Duration::from_millis(300)))
            .await
            .expect("a stroke does nothing");
        tv.shows("[data-test=wall]").await;
        // It may be gone before the keys are let go of.
        let _ = tv.acts(held(Duration::from_secs(4))).await;
        let gone = until("it has ended", PATIENCE, async || {
            let process = std::path::PathBuf::from(format!("/proc/{app}/exe"));
            let runs = std::fs::read_link(process).is_ok();
            (!runs).then_some(()).ok_or("it runs".to_owned())
        });
        gone.await.unwrap_or_else(|problem| panic!("{problem}"));
    });
}
