//! Writes much: menus of 9 KB, one after the other, as nobody does in a year.

use crate::start::{Presso, run, serve};
use crate::web::{Kept, ask};
use presso_core::api::Tokens;
use serde_json::{Value, json};
use std::path::Path;
use uuid::Uuid;

/// A server that lets one manager write that much.
pub(crate) fn serve_without_limits(data: &Path) -> Presso {
    let settings = data.join("presso.toml");
    std::fs::write(&settings, "[limits]\naccount = \"off\"\n").expect("a file can be written");
    let mut command = serve(data);
    command.arg("--config").arg(&settings);
    Presso::try_start(&mut command).unwrap_or_else(|ended| panic!("{ended:?}"))
}

/// A manager.
pub(crate) struct Writer {
    kept: Kept,
    token: String,
    /// How many were answered.
    pub(crate) written: usize,
}

impl Writer {
    /// Comes in by a link.
    pub(crate) fn new(server: &Presso, data: &Path) -> Self {
        let link = ["staff", "link", "demo", "--name", "Mo", "--role", "manager"];
        let link = run(data, &link);
        let (_, secret) = link.trim().split_once("#k=").expect("a link has a secret");
        let body = json!({ "secret": secret }).to_string();
        let call = ("POST", "/v1/session/link");
        let reply = ask(&server.address, call, "", None, &body).expect("an answer");
        let tokens: Tokens = serde_json::from_slice(&reply.body).expect("tokens");
        Self {
            kept: Kept::to(&server.address),
            token: tokens.access,
            written: 0,
        }
    }

    /// Writes so many, or until the server does not answer; false when it does not any more.
    pub(crate) fn write(&mut self, menus: usize) -> bool {
        for _ in 0..menus {
            let menu = menu(self.written + 1);
            let call = ("PUT", "/v1/shops/demo/menu");
            let key = Some(Uuid::new_v4());
            let Some(reply) = self.kept.ask(call, &self.token, key, &menu) else {
                return false;
            };
            let said = String::from_utf8_lossy(&reply.body);
            assert_eq!(reply.status, 200, "{said}");
            self.written += 1;
        }
        true
    }
}

fn menu(nth: usize) -> String {
    let drink = |n: usize| {
        let name = format!("Coffee number {n}, as it is made for the {nth}th time");
        json!({ "id": format!("coffee-{n}"), "name": name })
    };
    // What the template's day orders.
    let latte = json!({ "id": "latte", "name": "Latte" });
    let drinks: Vec<Value> = (0..99).map(drink).chain([latte]).collect();
    json!({ "drinks": drinks, "groups": [] }).to_string()
}
