//! The session step by step; what it does in bad weather is in `tests/realtime_storms.rs`.

use super::*;
use crate::api::PROTOCOL;
use crate::realtime::frame::ServerFrame;

/// The server's clock is this far ahead, milliseconds.
const AHEAD_MS: i64 = 7_000;

struct Play {
    session: Session,
    now: Timestamp,
}

impl Play {
    fn new() -> Self {
        Self {
            session: Session::new("test/0".into()),
            now: Timestamp(1_000_000),
        }
    }
    /// Watching the menu, welcomed, with a token that lasts five minutes.
    fn live() -> Self {
        let mut play = Self::new();
        play.gives(Input::Watch(&menu()));
        play.gives(Input::Opened(1));
        play.gives(Input::Token(Some("a")));
        play.hears(1, &play.welcome());
        play
    }
    fn gives(&mut self, input: Input<'_>) -> Vec<Output> {
        self.session.handle(input, self.now, u32::MAX)
    }
    fn hears(&mut self, number: u64, frame: &ServerFrame) -> Vec<Output> {
        let text = serde_json::to_string(frame).unwrap();
        self.gives(Input::Text(number, &text))
    }
    fn waits(&mut self, ms: i64) -> Vec<Output> {
        self.now = self.now.plus_ms(ms);
        self.gives(Input::Tick)
    }
    fn welcome(&self) -> ServerFrame {
        let now = self.now.plus_ms(AHEAD_MS);
        ServerFrame::Welcome {
            protocol: PROTOCOL,
            now,
            build: "b".into(),
            expires_at: Some(now.plus_s(300)),
        }
    }
}

fn menu() -> Topic {
    "shop/demo/menu".parse().unwrap()
}
fn watch() -> Output {
    let (topic, since) = (menu(), None);
    Output::Send(ClientFrame::Watch { topic, since })
}
/// Without the frames that keep the line alive.
fn talk(outputs: Vec<Output>) -> Vec<Output> {
    let ping = Output::Send(ClientFrame::Ping);
    outputs.into_iter().filter(|o| *o != ping).collect()
}
/// Outputs hold tokens and views, which do not print.
#[track_caller]
fn same(outputs: &[Output], expected: &[Output]) {
    assert!(outputs == expected, "{} outputs", outputs.len());
}

#[test]
fn it_connects_with_the_first_watch_greets_with_a_token_and_then_asks() {
    let mut play = Play::new();
    assert!(play.session.is_idle() && play.session.wake_at().is_none());
    let stale = Output::Status(Status::Stale { since: play.now });
    same(
        &play.gives(Input::Watch(&menu())),
        &[stale, Output::Connect(1)],
    );
    let need = Output::NeedToken { instead_of: None };
    same(&play.gives(Input::Opened(1)), &[need]);
    let hello = Output::Send(ClientFrame::Hello {
        protocol: PROTOCOL,
        app: "test/0".into(),
        token: Some("a".into()),
    });
    same(&play.gives(Input::Token(Some("a"))), &[hello]);
    let welcome = play.welcome();
    same(
        &play.hears(1, &welcome),
        &[watch(), Output::Status(Status::Live)],
    );
    assert_eq!(play.session.offset_ms(), Some(AHEAD_MS));
    assert_eq!(play.session.server_build(), Some("b"));
}

#[test]
fn a_token_is_renewed_a_minute_ahead_and_what_was_refused_is_asked_again() {
    let mut play = Play::live();
    let problem = Problem::new(403, "not_allowed", "no");
    let topic = Some(menu());
    play.hears(1, &ServerFrame::Refused { topic, problem });
    for _ in 0..239 {
        same(&talk(play.waits(1_000)), &[]);
        play.hears(1, &ServerFrame::Pong);
    }
    let instead_of = Some("a".into());
    same(
        &talk(play.waits(1_000)),
        &[Output::NeedToken { instead_of }],
    );
    let token = "b".to_owned();
    let reauth = Output::Send(ClientFrame::Reauth { token });
    same(&play.gives(Input::Token(Some("b"))), &[reauth]);
    let expires_at = play.now.plus_s(300);
    same(
        &play.hears(1, &ServerFrame::Reauthed { expires_at }),
        &[watch()],
    );
}

#[test]
fn a_token_that_the_server_refuses_is_not_shown_to_it_again() {
    let mut play = Play::live();
    let problem = Problem::new(401, "session", "sign in anew");
    play.hears(1, &ServerFrame::Bye { problem });
    play.waits(30_000);
    let number = play.session.number;
    let need = Output::NeedToken {
        instead_of: Some("a".into()),
    };
    same(&play.gives(Input::Opened(number)), &[need]);
}

#[test]
fn the_last_words_of_an_old_connection_do_no_harm() {
    let mut play = Play::live();
    play.gives(Input::Closed(1));
    play.waits(30_000);
    let number = play.session.number;
    assert!(number > 1);
    same(&play.gives(Input::Closed(1)), &[]);
    same(&play.hears(1, &play.welcome()), &[]);
    assert!(matches!(play.session.link, Link::Opening { .. }));
}

#[test]
fn a_silent_server_is_given_up_and_the_screen_says_since_when() {
    let mut play = Play::live();
    let heard_at = play.now;
    play.waits(44_999);
    let outputs = play.waits(1);
    let since = heard_at.plus_ms(AHEAD_MS);
    let stale = Output::Status(Status::Stale { since });
    same(&outputs, &[Output::Close(1), stale]);
    assert_eq!(play.session.wake_at(), Some(play.now.plus_ms(250)));
}

#[test]
fn what_cannot_be_had_for_a_moment_is_asked_again_by_itself() {
    let mut play = Play::live();
    let problem = Problem::new(503, "overloaded", "later").retry_after(3);
    let topic = Some(menu());
    play.hears(1, &ServerFrame::Refused { topic, problem });
    same(&play.waits(2_999), &[]);
    same(&play.waits(1), &[watch()]);
}

#[test]
fn another_protocol_ends_it_and_says_who_is_behind() {
    let welcome = |protocol| ServerFrame::Welcome {
        protocol,
        now: Play::new().now,
        build: "b".into(),
        expires_at: None,
    };
    let bye = |code| ServerFrame::Bye {
        problem: Problem::new(426, code, "another protocol"),
    };
    for (last_words, behind) in [
        (welcome(PROTOCOL + 1), Behind::App),
        (welcome(PROTOCOL - 1), Behind::Server),
        (bye("protocol"), Behind::App),
        (bye("server_too_old"), Behind::Server),
    ] {
        let mut play = Play::new();
        play.gives(Input::Watch(&menu()));
        play.gives(Input::Opened(1));
        play.gives(Input::Token(None));
        let over = Output::Status(Status::UpdateNeeded { behind });
        same(&play.hears(1, &last_words), &[Output::Close(1), over]);
        same(&play.waits(1_000_000), &[]);
        same(&play.gives(Input::Nudge), &[]);
    }
}

#[test]
fn the_last_to_stop_watching_hangs_up() {
    let mut play = Play::live();
    let outputs = play.gives(Input::Unwatch(&menu()));
    assert!(outputs.first() == Some(&Output::Close(1)));
    assert!(play.session.is_idle() && play.session.wake_at().is_none());
}

#[test]
fn a_nudge_and_a_sign_in_do_not_wait_for_the_backoff() {
    for input in [Input::Nudge, Input::Identity] {
        let mut play = Play::live();
        play.gives(Input::Closed(1));
        let outputs = play.gives(input);
        assert!(matches!(outputs[..], [Output::Connect(_)]));
    }
}
