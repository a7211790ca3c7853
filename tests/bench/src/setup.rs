//! A shop of Presso's, ready for a round of orders: its limits raised, its sessions begun.

mod guests;

use super::load::{DRINK, OPTION};
use super::plan::{Client, Tokens};
use super::process::{Server, beside};
use super::wire::{Answer, Ask, Wire};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::process::Command;
use uuid::Uuid;

/// The shop's name in addresses.
pub const SHOP: &str = "bench";
/// The limits as high as they go, so that none is met within a round. What is ready is swept as
/// soon as can be, so that memory shows what a busy shop holds, not what a bench piled up.
const SETTINGS: &[&str] = &[
    "name=Bench",
    "rotation_s=86400",
    "code_places=100000",
    "capacity=100000",
    "collect_within_s=10",
];

/// Customers are many, as at a real shop: one customer's living orders are looked at whenever one
/// of them moves, and with a few customers alone a bench would measure that. Fewer than the server
/// remembers checked tokens of.
const GUESTS: usize = 16_000;
/// Of each client: no fewer than this, nor more.
const FEWEST: usize = 250;
const MOST: usize = 2_000;

/// Makes the shop as an organiser would, and a session for everyone: each client is a customer and
/// a barista.
///
/// # Errors
/// When anything is not accepted.
pub async fn shop(server: &Server, clients: usize) -> io::Result<(String, Vec<Client>)> {
    let presso = Presso { server };
    let menu = server.folder().join("menu.toml");
    fs::write(&menu, menu_text())?;
    let menu = menu.to_string_lossy();
    let create = ["shop", "create", SHOP, "--menu", &menu];
    presso.command(&[&create[..], SETTINGS].concat())?;
    presso.command(&["shop", "open", SHOP])?;
    let manager = ["--name", "Bea", "--role", "manager"];
    let link = ["staff", "link", SHOP];
    let link = presso.command(&[&link[..], &manager].concat())?;
    let mut wire = Wire::to(server.address).await?;
    let manager = redeem(&mut wire, &link).await?;
    let shop = format!("/v1/shops/{SHOP}");
    let mut ask = async |method, path: String, token: Option<&str>, body: Value| {
        ask(&mut wire, method, &path, token, &body).await
    };
    let code = ask("GET", format!("{shop}/code"), Some(&manager), Value::Null).await?;
    let code = text(&code, "code")?;
    let guests = GUESTS / clients.max(1);
    let guests = guests.clamp(FEWEST, MOST);
    let mut customers = guests::tokens(server.address, clients * guests).await?;
    let mut sessions = Vec::with_capacity(clients);
    for number in 1..=clients {
        let staff = json!({"for": "barista", "name": format!("Barista {number}")});
        let link = ask("POST", format!("{shop}/links"), Some(&manager), staff).await?;
        let secret = json!({"secret": secret(&text(&link, "link")?)?});
        let staff = ask("POST", "/v1/session/link".into(), None, secret).await?;
        let tokens = Tokens {
            customers: customers.split_off(customers.len() - guests),
            barista: text(&staff, "access")?,
        };
        sessions.push(Client {
            tokens: Some(tokens),
        });
    }
    Ok((code, sessions))
}

fn menu_text() -> String {
    format!(
        "[[drinks]]\nid = \"{DRINK}\"\nname = \"Latte\"\ngroups = [\"milk\"]\n\n\
         [[groups]]\nid = \"milk\"\nname = \"Milk\"\nchoose = \"single\"\nrequired = true\n\
         options = [{{ id = \"{OPTION}\", name = \"Oat\" }}]\n"
    )
}

struct Presso<'a> {
    server: &'a Server,
}

impl Presso<'_> {
    /// Runs the `presso` command beside the server; answers what it printed.
    fn command(&self, words: &[&str]) -> io::Result<String> {
        let mut command = Command::new(beside("presso")?);
        command.args(words).arg("--data").arg(self.server.folder());
        command.args(["--listen", &self.server.address.to_string()]);
        let output = command.output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let why = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!(
            "presso {}: {why}",
            words.join(" ")
        )))
    }
}

async fn redeem(wire: &mut Wire, printed: &str) -> io::Result<String> {
    let body = json!({"secret": secret(printed)?});
    let tokens = ask(wire, "POST", "/v1/session/link", None, &body).await?;
    text(&tokens, "access")
}

/// What stands behind `#k=` in a link, wherever in a text it is.
fn secret(printed: &str) -> io::Result<String> {
    let behind = printed.split_once("#k=").map(|(_, behind)| behind);
    let secret = behind.and_then(|behind| behind.split_whitespace().next());
    secret
        .map(str::to_owned)
        .ok_or_else(|| io::Error::other(format!("no link in: {printed}")))
}

async fn ask(
    wire: &mut Wire,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &Value,
) -> io::Result<Value> {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let ask = Ask {
        method,
        path,
        token,
        key: Some(Uuid::new_v4()),
        body: &body,
    };
    accepted(&format!("{method} {path}"), wire.ask(ask).await?)
}

/// The body of a 2xx answer.
fn accepted(what: &str, answer: Answer<'_>) -> io::Result<Value> {
    if !(200..300).contains(&answer.status) {
        let said = String::from_utf8_lossy(answer.body);
        return Err(io::Error::other(format!(
            "{what}: {} {said}",
            answer.status
        )));
    }
    Ok(serde_json::from_slice(answer.body)?)
}

fn text(answer: &Value, field: &str) -> io::Result<String> {
    let found = answer[field].as_str().map(str::to_owned);
    found.ok_or_else(|| io::Error::other(format!("no {field} in {answer}")))
}
