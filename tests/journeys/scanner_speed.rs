//! How long the browser's scanner takes for a frame: the worker as visitors load it, in Chromium,
//! on the bench's frames of 720p. Says something only of the release build:
//! `cargo xtask ui --release`, then this test with `--ignored --nocapture`.

use presso_frames::Case;
use presso_tests::{
    browser::{Browser, Eye},
    server::settings,
    stage::play,
};
use serde_json::json;

/// The longest that a frame with a code that is read may take, milliseconds (99 of 100).
const LONGEST_MS: f64 = 60.0;

/// Starts the scanner and waits for its first word.
const START: &str = "
    const done = arguments[arguments.length - 1];
    window.scanner = new Worker(document.querySelector('meta[name=scanner]').content, { type: 'module' });
    window.scanner.onmessage = () => done(true);
    window.scanner.onerror = () => done(false);";

/// Sends a frame and answers what was read, and how long it took from the page's side.
const READ: &str = "
    const [width, height, text, done] = arguments;
    const luma = Uint8Array.from(text, (c) => c.charCodeAt(0));
    const start = performance.now();
    window.scanner.onmessage = ({ data }) => done([data && data[0], performance.now() - start]);
    window.scanner.postMessage([width, height, luma], [luma.buffer]);";

async fn read(page: &Browser, case: &Case) -> (bool, f64) {
    let frame = case.draw();
    let text: String = frame.luma.iter().copied().map(char::from).collect();
    let arguments = vec![json!(frame.width), json!(frame.height), json!(text)];
    let answer = page.run_async(READ, arguments).await;
    let took_ms = answer[1].as_f64().expect("a time");
    (answer[0] == json!(frame.text), took_ms)
}

#[test]
#[ignore = "measures: see the head of this file"]
fn a_frame_of_720p_is_read_in_time_by_the_scanner_in_a_browser() {
    play(settings(), async |stage| {
        let ada = stage.phone("Ada", Eye::None).await;
        ada.screen("door").await;
        assert_eq!(ada.run_async(START, vec![]).await, json!(true));
        let cases: Vec<Case> = presso_frames::all()
            .into_iter()
            .filter(|case| case.size.name == "720p")
            .collect();
        read(&ada, &cases[0]).await; // the first one is compiled for
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        for case in &cases {
            let (read, took_ms) = read(&ada, case).await;
            if read {
                right.push(took_ms);
            } else {
                wrong.push(took_ms);
            }
        }
        right.sort_by(f64::total_cmp);
        wrong.sort_by(f64::total_cmp);
        let nth = |times: &[f64], part: f64| times[(times.len() as f64 * part) as usize];
        let (median, p99) = (nth(&right, 0.5), nth(&right, 0.99));
        println!(
            "read {} of {}: median {median:.1} ms, p99 {p99:.1} ms; in vain: median {:.1} ms",
            right.len(),
            cases.len(),
            nth(&wrong, 0.5)
        );
        assert!(p99 <= LONGEST_MS, "{p99} ms");
    });
}
