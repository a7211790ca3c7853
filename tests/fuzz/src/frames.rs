//! Frames of the realtime protocol: a client's to the server, a server's to the client, and lines
//! of them through the client's resumable session.

use crate::returns;
use presso_core::board::Topic;
use presso_core::realtime::frame::{ClientFrame, ServerFrame};
use presso_core::realtime::{Input, Output, Session};
use presso_core::time::Timestamp;

const START: Timestamp = Timestamp(1_800_000_000_000);
const TOPICS: [&str; 5] = [
    "shop/demo/board",
    "shop/demo/queue",
    "shop/demo/code",
    "shop/demo/menu",
    "order/00000000-0000-0000-0000-000000000001",
];

/// One frame a line.
///
/// # Panics
/// When a frame does not return as it was.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for line in text.lines() {
        // As the server reads it, and as the client does.
        if let Ok(frame) = serde_json::from_str::<ClientFrame>(line) {
            returns(&frame);
        }
        if let Ok(frame) = presso_core::json::read::<ServerFrame>(line.as_bytes()) {
            returns(&frame);
        }
    }
    converse(text);
}

/// A client that watches everything is told these lines.
fn converse(text: &str) {
    let mut session = Session::new("fuzz/1".into());
    let mut now = START;
    let topics: Vec<Topic> = TOPICS.iter().filter_map(|text| text.parse().ok()).collect();
    let mut todo: Vec<Output> = Vec::new();
    for topic in &topics {
        todo.extend(session.handle(Input::Watch(topic), now, 0));
    }
    let mut number = connect(&mut session, todo, now).unwrap_or(0);
    for line in text.lines() {
        now = now.plus_ms(700);
        let out = session.handle(Input::Text(number, line), now, 1);
        number = connect(&mut session, out, now).unwrap_or(number);
        if session.wake_at().is_some_and(|at| at <= now) {
            let out = session.handle(Input::Tick, now, 2);
            number = connect(&mut session, out, now).unwrap_or(number);
        }
    }
}

/// Opens what is to be opened, and hands over what is asked for; the number of the connection.
fn connect(session: &mut Session, out: Vec<Output>, now: Timestamp) -> Option<u64> {
    let (mut number, mut todo, mut steps) = (None, out, 0);
    while let Some(output) = todo.pop() {
        // A session that asked for ever would be a finding.
        steps += 1;
        assert!(steps < 1000, "the session does not come to rest");
        let input = match output {
            Output::Connect(to) => {
                number = Some(to);
                Input::Opened(to)
            }
            Output::NeedToken { .. } => Input::Token(Some("token")),
            Output::Show { .. }
            | Output::Send(_)
            | Output::Close(_)
            | Output::Refused { .. }
            | Output::Status(_) => continue,
        };
        todo.extend(session.handle(input, now, 3));
    }
    number
}
