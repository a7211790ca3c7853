//! What a page that somebody else had written could do from inside a window: nothing on the
//! network, nothing through the shell but the plain API, and never a token.

use crate::secrets::secrets;
use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Browser, Screen},
    native::{Booth, Device, play},
    server::settings,
};
use serde_json::{Value, json};
use std::{
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::net::TcpListener;

/// All ways out of a page: each answers `null`, or with what came back.
const WAYS_OUT: &str = r"
const [server, elsewhere, answer] = arguments;
const socket = (place) => new Promise((ok) => {
  const line = new WebSocket(place.replace('http', 'ws') + '/v1/realtime');
  line.onopen = () => ok('a socket opened');
  line.onerror = line.onclose = () => ok(null);
});
const loads = (make) => new Promise((ok) => {
  const part = make();
  part.onload = () => ok('it loaded');
  part.onerror = () => ok(null);
  document.addEventListener('securitypolicyviolation', () => ok(null), { once: true });
  document.head.append(part);
});
const part = (name, members) => () => Object.assign(document.createElement(name), members);
// A frame says that it loaded, too, when what it loaded is nothing.
const framed = (place) => new Promise((ok) => {
  document.addEventListener('securitypolicyviolation', () => ok(null), { once: true });
  document.body.append(part('iframe', { src: place })());
  setTimeout(() => ok('it loaded'), 5000);
});
const asks = (place) => new Promise((ok) => {
  const ask = new XMLHttpRequest();
  ask.onload = () => ok(ask.responseText);
  ask.onerror = () => ok(null);
  ask.open('GET', place);
  ask.send();
});
const hears = (place) => new Promise((ok) => {
  const stream = new EventSource(place);
  stream.onopen = () => ok('a stream opened');
  stream.onerror = () => { stream.close(); ok(null); };
});
const ways = {
  fetch: (at) => fetch(at + '/v1/shops').then((it) => it.text()),
  blind: (at) => fetch(at + '/v1/shops', { mode: 'no-cors' }).then(() => 'it was sent'),
  post: (at) => fetch(at + '/v1/session/guest', { method: 'POST' }).then((it) => it.text()),
  XMLHttpRequest: (at) => asks(at + '/v1/shops'),
  WebSocket: (at) => socket(at),
  EventSource: (at) => hears(at + '/v1/shops'),
  beacon: async (at) => { navigator.sendBeacon?.(at + '/v1/shops', 'told'); return null; },
  picture: (at) => loads(part('img', { src: at + '/a.png' })),
  script: (at) => loads(part('script', { src: at + '/a.js' })),
  sheet: (at) => loads(part('link', { rel: 'stylesheet', href: at + '/a.css' })),
  frame: (at) => framed(at + '/'),
  module: (at) => import(at + '/a.js').then(() => 'it loaded'),
  worker: async (at) => { new Worker(at + '/a.js'); return 'a worker began'; },
};
(async () => {
  const came = {};
  for (const [name, way] of Object.entries(ways)) {
    for (const place of [server, elsewhere]) {
      came[`${name} ${place}`] = await way(place).catch(() => null);
    }
  }
  return came;
})().then(answer, (problem) => answer({ problem: String(problem) }));
";

/// Asks the shell for one thing after the other; what it answers, or refuses.
const ASKS: &str = r"
const [all, answer] = arguments;
const { invoke } = window.__TAURI__.core;
(async () => {
  const answers = [];
  for (const [command, args] of all) {
    answers.push(await invoke(command, args).then((came) => ({ came }), (refused) => ({ refused })));
  }
  return answers;
})().then(answer, (problem) => answer({ problem: String(problem) }));
";

/// Paths that mean another host, a session's route, or nothing, in whatever spelling.
const ODD_PATHS: &[&str] = &[
    "/v1/session/guest",
    "/v1/session/link",
    "/v1/session/refresh",
    "/v1/session/end",
    "/v1/session",
    "/v1/SESSION/guest",
    "/v1//session/guest",
    "/v1/./session/guest",
    "/v1/shops/../session/guest",
    "/v1/shops/%2e%2e/session/guest",
    "/v1/shops/..%2fsession/guest",
    "/v1/%73ession/guest",
    "/v1/se%73sion/guest",
    "/v1\\session\\guest",
    "/v1/shops\\..\\session\\guest",
    "/v1/\tsession/guest",
    "/v1/ses\nsion/guest",
    "/v1/session;x/guest",
    "/v1/session#/guest",
    "/v1/session?/guest",
    " /v1/shops",
    "v1/shops",
    "",
    "/",
    "/v2/session/guest",
    "//ELSEWHERE/v1/shops",
    "///ELSEWHERE/v1/shops",
    "\\\\ELSEWHERE\\v1\\shops",
    "/\\ELSEWHERE/v1/shops",
    "@ELSEWHERE/v1/shops",
    ":80@ELSEWHERE/v1/shops",
    ".ELSEWHERE/v1/shops",
    "http://ELSEWHERE/v1/shops",
    "https://ELSEWHERE/v1/shops",
    "\thttp://ELSEWHERE/v1/shops",
    "/v1/shops\r\nHost: ELSEWHERE",
    "/v1/shops?next=http://ELSEWHERE/",
    "/v1/shops#@ELSEWHERE",
    "/v1/shops\u{0}",
    "/v1/shops\u{2028}",
    "/v1/\u{ff0e}\u{ff0e}/session/guest",
];

/// What Tauri and its plugins can do and no page of ours may ask; `open_link` is for web pages.
fn foreign() -> Vec<(&'static str, Value)> {
    vec![
        (
            "plugin:opener|open_url",
            json!({ "url": "https://coffee.example" }),
        ),
        ("plugin:opener|open_path", json!({ "path": "/etc/passwd" })),
        ("plugin:dialog|open", json!({ "options": {} })),
        ("plugin:dialog|message", json!({ "message": "yes" })),
        ("plugin:fs|read_file", json!({ "path": "/etc/passwd" })),
        (
            "plugin:notification|notify",
            json!({ "options": { "title": "a" } }),
        ),
        ("plugin:deep-link|get_current", json!({})),
        ("plugin:window|create", json!({ "options": {} })),
        (
            "plugin:webview|create_webview_window",
            json!({ "options": {} }),
        ),
        (
            "plugin:event|emit",
            json!({ "event": "deep-link://new-url", "payload": [] }),
        ),
        ("plugin:shell|execute", json!({ "program": "sh" })),
        ("plugin:app|version", json!({})),
        (
            "plugin:presso-shell|open_link",
            json!({ "link": "file:///etc/passwd" }),
        ),
        (
            "plugin:presso-shell|open_link",
            json!({ "link": "presso://coffee.example" }),
        ),
    ]
}

/// Somebody who counts who calls, and answers nobody.
struct Elsewhere {
    place: String,
    calls: Arc<AtomicUsize>,
}

impl Elsewhere {
    async fn listens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let place = listener.local_addr().expect("it has one").to_string();
        let calls = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&calls);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { place, calls }
    }
    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

#[test]
fn a_page_reaches_nothing_by_itself() {
    in_each_window(async |booth, device, window| {
        let elsewhere = Elsewhere::listens().await;
        let places = vec![
            json!(booth.server.address),
            json!(format!("http://{}", elsewhere.place)),
        ];
        let came = window.run_async(WAYS_OUT, places).await;
        let ways = came.as_object().expect("one answer for each way");
        assert!(ways.len() > 20, "{}: {came}", device.name);
        for (way, came) in ways {
            assert!(came.is_null(), "{}, {way}: {came}", device.name);
        }
        assert_eq!(elsewhere.calls(), 0, "{}", device.name);
    });
}

#[test]
fn odd_paths_get_a_page_nothing_from_the_shell_and_no_token() {
    in_each_window(async |booth, device, window| {
        let elsewhere = Elsewhere::listens().await;
        let secrets = secrets(device, &booth.server.address);
        let call = |method: &str, path: &str| {
            let path = path.replace("ELSEWHERE", &elsewhere.place);
            let call = json!({ "method": method, "path": path, "body": { "refresh": "" }, "keyed": false });
            let key = "3f2c1b0a-0000-4000-8000-000000000001";
            json!([
                "plugin:presso-shell|call",
                { "call": call, "key": key, "by": null }
            ])
        };
        let mut asked = vec![call("GET", "/v1/shops")];
        for path in ODD_PATHS {
            asked.extend(["GET", "POST"].map(|method| call(method, path)));
        }
        let answers = asks(window, &asked).await;
        // The way itself is open: what is refused is refused for what it asks.
        assert!(answers[0]["came"]["shops"].is_array(), "{}", answers[0]);
        for (asked, answer) in asked.iter().zip(&answers).skip(1) {
            let problem = answer["refused"]["code"].as_str();
            assert_eq!(
                problem,
                Some("malformed_answer"),
                "{}: {asked} {answer}",
                device.name
            );
        }
        let all = Value::from(answers).to_string();
        assert!(!all.contains("refresh") && !all.contains("access"), "{all}");
        for secret in &secrets {
            assert!(!all.contains(secret.as_str()), "{}", device.name);
        }
        assert_eq!(elsewhere.calls(), 0, "{}", device.name);
        // Nobody else's session came of it either.
        assert_eq!(
            crate::secrets::secrets(device, &booth.server.address),
            secrets
        );
    });
}

#[test]
fn what_a_page_may_not_ask_of_the_system_is_refused() {
    in_each_window(async |_, device, window| {
        let mut asked: Vec<Value> = foreign().into_iter().map(|(c, a)| json!([c, a])).collect();
        if device.name != "Ada" {
            asked.push(json!(["plugin:presso-shell|cameras", {}]));
        }
        if device.name == "the display" {
            for command in ["guest", "sign_out", "forget_server"] {
                asked.push(json!([format!("plugin:presso-shell|{command}"), {}]));
            }
        }
        let answers = asks(window, &asked).await;
        for (asked, answer) in asked.iter().zip(&answers) {
            let refused = answer.get("refused").is_some();
            assert!(refused, "{}: {asked} {answer}", device.name);
        }
    });
}

async fn asks(window: &Browser, asked: &[Value]) -> Vec<Value> {
    let answers = window.run_async(ASKS, vec![json!(asked)]).await;
    let all = answers.as_array().cloned();
    all.unwrap_or_else(|| panic!("{}: {answers}", window.name))
}

/// Each app's window, with somebody signed in.
fn in_each_window(act: impl AsyncFn(&Booth, &Device, &Browser)) {
    play(settings(), async |booth| {
        let code = booth.server.operator().code().await;
        let links = [
            (
                "Ada",
                "customer",
                format!("{}#c={code}", booth.server.front_door()),
            ),
            (
                "Bo",
                "barista",
                booth.server.link(LinkFor::Barista, "Bo").await,
            ),
            (
                "the display",
                "display",
                booth.server.link(LinkFor::Display, "").await,
            ),
        ];
        for (name, app, link) in links {
            let (size, shows) = match app {
                "customer" => (Screen::PHONE, "[data-screen=menu]"),
                "barista" => (Screen::TABLET, "[data-test=lane-to-make]"),
                _ => (Screen::TV, "[data-panel=code]"),
            };
            let device = booth.device(name, app, size);
            let window: Rc<Browser> = device.starts(&["--windowed", &link]).await;
            window.shows(shows).await;
            act(booth, &device, &window).await;
        }
    });
}
