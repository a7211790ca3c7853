//! A shop set up once, and a small day in it, which can be cut off anywhere and goes on with the same
//! keys after a restart.

use crate::start::{Presso, run};
use crate::subscriber::Subscriber;
use crate::web::{Reply, ask};
use presso_core::api::Tokens;
use presso_core::board::Topic;
use presso_core::id::{OrderId, ShopId};
use presso_core::workflow::Verb;
use presso_tests::checker::{Answer, Asked, Came, History, What, must_hold};
use serde_json::json;
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// A shop's data folder, and sessions that are good in each copy of it.
pub(crate) struct Template {
    folder: TempDir,
    pub(crate) bo: String,
    pub(crate) guests: Vec<String>,
    pub(crate) code: String,
}

pub(crate) fn shop() -> ShopId {
    ShopId::parse("demo").expect("a slug")
}

impl Template {
    /// With this many guests.
    pub(crate) fn make(guests: usize) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let data = folder.path();
        let menu = data.join("menu.toml");
        let latte = "[[drinks]]\nid = \"latte\"\nname = \"Latte\"\n";
        std::fs::write(&menu, latte).expect("a file can be written");
        let menu = menu.display().to_string();
        let limits = [
            "rotation_s=86400",
            "code_places=100000",
            "capacity=10000",
            "submit_within_s=10",
        ];
        let create = ["shop", "create", "demo", "--menu", &menu];
        run(data, &[&create[..], &limits].concat());
        run(data, &["shop", "open", "demo"]);
        let link = run(data, &["staff", "link", "demo", "--name", "Bo"]);
        let server = Presso::start(data);
        let enter = |path, body: &str| -> Tokens {
            let reply = ask(&server.address, ("POST", path), "", None, body);
            let reply = reply.expect("a running server answers");
            serde_json::from_slice(&reply.body).expect("tokens")
        };
        let (_, secret) = link.trim().split_once("#k=").expect("a link has a secret");
        let secret = json!({ "secret": secret }).to_string();
        let bo = enter("/v1/session/link", &secret).access;
        let guests = (0..guests).map(|_| enter("/v1/session/guest", "{}").access);
        let guests: Vec<String> = guests.collect();
        let code = ask(
            &server.address,
            ("GET", "/v1/shops/demo/code"),
            &bo,
            None,
            "",
        );
        let code = code.expect("a running server answers");
        let code: serde_json::Value = serde_json::from_slice(&code.body).expect("JSON");
        let code = code["code"].as_str().expect("a code").to_owned();
        assert!(server.stop().status.success(), "it stops in peace");
        Self {
            folder,
            bo,
            guests,
            code,
        }
    }

    pub(crate) fn copy_to(&self, data: &Path) {
        crate::copy(self.folder.path(), data);
    }
}

/// What somebody does: who (0 is Bo, 1 and on are guests), and what; verbs name the order's guest.
#[derive(Clone, Copy)]
enum Step {
    Scan(usize),
    Guest(Verb, usize),
    Bo(Verb, usize),
}

const STEPS: &[Step] = &[
    Step::Scan(1),
    Step::Guest(Verb::Submit, 1),
    Step::Scan(2),
    Step::Bo(Verb::Claim, 1),
    Step::Guest(Verb::Cancel, 2),
    Step::Bo(Verb::Complete, 1),
    Step::Scan(3),
    Step::Guest(Verb::Submit, 3),
    Step::Bo(Verb::Collect, 1),
    Step::Bo(Verb::Complete, 3),
    Step::Bo(Verb::Undo, 3),
    Step::Bo(Verb::Complete, 3),
];

/// One run of the day.
pub(crate) struct Day<'t> {
    template: &'t Template,
    next: usize,
    keys: Vec<Uuid>,
    orders: [Option<OrderId>; 4],
    pub(crate) log: Vec<Asked>,
    pub(crate) tablet: Subscriber,
    last_version: u64,
}

/// How a stretch of the day ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// All steps are done.
    Done,
    /// One was not answered.
    Cut,
    /// One was answered 503.
    Unavailable,
}

impl<'t> Day<'t> {
    pub(crate) fn new(template: &'t Template) -> Self {
        let topics = vec![Topic::Board(shop()), Topic::Queue(shop())];
        Self {
            template,
            next: 0,
            keys: STEPS.iter().map(|_| Uuid::new_v4()).collect(),
            orders: [None; 4],
            log: Vec::new(),
            tablet: Subscriber::new(&template.bo, topics),
            last_version: 0,
        }
    }

    /// Goes on, with the last answered step once more, which must be answered as before.
    pub(crate) fn go_on(&mut self, server: &Presso, steps: usize) -> Stretch {
        self.tablet.connect(&server.address);
        if self.next > 0 && self.take(self.next - 1, server).is_some() {
            return Stretch::Cut;
        }
        for _ in 0..steps {
            if self.next == STEPS.len() {
                break;
            }
            if let Some(short) = self.take(self.next, server) {
                return short;
            }
            self.next += 1;
        }
        Stretch::Done
    }

    fn take(&mut self, at: usize, server: &Presso) -> Option<Stretch> {
        let of = |guest: usize, day: &Self| day.orders[guest].expect("it began before");
        let (token, what) = match STEPS[at] {
            Step::Scan(guest) => (&self.template.guests[guest], What::Scan),
            Step::Guest(verb, guest) => {
                let what = What::Verb(verb, of(guest, self));
                (&self.template.guests[guest], what)
            }
            Step::Bo(verb, guest) => (&self.template.bo, What::Verb(verb, of(guest, self))),
        };
        let came = send(
            &server.address,
            token,
            &self.template.code,
            what,
            self.keys[at],
        );
        let short = match &came {
            Came::Answered(answer) => {
                match answer {
                    Answer::Started(scan) => {
                        if let Step::Scan(guest) = STEPS[at] {
                            self.orders[guest] = Some(scan.order);
                        }
                    }
                    Answer::Order(view) => self.last_version = self.last_version.max(view.version),
                }
                None
            }
            Came::Refused(503) => Some(Stretch::Unavailable),
            Came::Refused(status) => panic!("{what:?} was refused with {status}"),
            Came::Nothing => Some(Stretch::Cut),
        };
        self.log.push(Asked {
            who: format!("step {at}"),
            key: self.keys[at],
            what,
            came,
        });
        short
    }

    /// Reads the first order.
    pub(crate) fn reads(&self, server: &Presso) -> Option<Reply> {
        let path = format!("/v1/orders/{}", self.orders[1].expect("it began"));
        ask(&server.address, ("GET", &path), &self.template.bo, None, "")
    }

    /// Finishes the day, stops, and lets the checker judge.
    pub(crate) fn ends_well(&mut self, server: Presso, data: &Path, when: &str) {
        assert_eq!(self.go_on(&server, STEPS.len()), Stretch::Done, "{when}");
        self.tablet.until(self.last_version);
        let ended = server.stop();
        assert!(ended.status.success(), "{when}: {ended:?}");
        must_hold(&self.history(data), when);
    }

    /// All that is known.
    pub(crate) fn history(&mut self, data: &Path) -> History {
        self.tablet.take_in();
        let history = History::in_folder(data, &shop());
        History {
            asked: self.log.clone(),
            asked_is_all: true,
            screens: self.tablet.screens.clone(),
            ..history.unwrap_or_else(|why| panic!("{why}"))
        }
    }
}

/// Sends one command, by a connection of its own.
pub(crate) fn send(address: &str, token: &str, code: &str, what: What, key: Uuid) -> Came {
    send_by(code, what, |call, body| {
        ask(address, call, token, Some(key), body)
    })
}

/// The same, by whatever way.
pub(crate) fn send_by(
    code: &str,
    what: What,
    ask: impl FnOnce((&str, &str), &str) -> Option<Reply>,
) -> Came {
    let (path, body) = match what {
        What::Scan => ("/v1/shops/demo/scans".to_owned(), json!({ "code": code })),
        What::Verb(verb, order) => {
            let body = match verb {
                Verb::Submit => json!({ "drink": "latte" }),
                _ => json!({}),
            };
            (format!("/v1/orders/{order}/{}", verb.name()), body)
        }
    };
    let Some(reply) = ask(("POST", &path), &body.to_string()) else {
        return Came::Nothing;
    };
    if reply.status / 100 != 2 {
        return Came::Refused(reply.status);
    }
    Came::Answered(match what {
        What::Scan => Answer::Started(serde_json::from_slice(&reply.body).expect("an answer")),
        What::Verb(..) => {
            let answer = serde_json::from_slice(&reply.body);
            let answer: presso_core::api::OrderAnswer = answer.expect("an answer");
            Answer::Order(Box::new(answer.order))
        }
    })
}
