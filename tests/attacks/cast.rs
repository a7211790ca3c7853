//! Everybody who may be there, and what they left in the journal.

use presso_core::api::LinkFor;
use presso_core::id::ShopId;
use presso_core::settings::Settings;
use presso_tests::people::Person;
use presso_tests::raw::{Raw, get, post};
use presso_tests::server::{self, Server};
use serde_json::{Value, json};

/// Roles, in the order in which every table has them.
pub(crate) const ROLES: [&str; 9] = [
    "nobody",
    "a stranger with a session",
    "the order's customer",
    "a display",
    "a barista",
    "a manager",
    "a manager of another shop",
    "an organiser",
    "the command",
];
/// Where a customer stands among them who has nothing to do with the order.
pub(crate) const STRANGER: usize = 1;
/// Where the order's customer stands.
pub(crate) const OWNER: usize = 2;
/// Where the barista stands.
pub(crate) const BARISTA: usize = 4;

/// A server with two shops, and their people.
pub(crate) struct Cast {
    pub(crate) server: Server,
    /// By role. The customer of an order is another one each time.
    tokens: [Option<String>; 9],
}

/// Limits that no test meets by accident.
pub(crate) fn roomy() -> Settings {
    Settings {
        code_places: 100_000,
        capacity: 100_000,
        ..server::settings()
    }
}

impl Cast {
    pub(crate) async fn meet() -> Self {
        let server = Server::start(roomy()).await;
        let other = ShopId::parse("other").expect("a slug");
        let set_up = post(&server.operator(), "/v1/shops", &json!({ "shop": other }));
        assert_eq!(set_up.send(&server).await.status, 201);
        let by_link = async |link_for, name| {
            let link = server.link(link_for, name).await;
            let person = Person::by_link(name, &server.address, &server.shop, &link).await;
            Some(person.token())
        };
        let links = format!("/v1/shops/{other}/links");
        let body = json!({ "for": "manager", "name": "Mo" });
        let link = post(&server.operator(), &links, &body).send(&server).await;
        let link = link.text("link").to_owned();
        let foreign = Person::by_link("Mo", &server.address, &other, &link).await;
        let body = json!({ "name": "Olu" });
        let link = post(&server.operator(), "/v1/organisers", &body)
            .send(&server)
            .await;
        let link = link.text("link").to_owned();
        let organiser = Person::by_link("Olu", &server.address, &server.shop, &link).await;
        let tokens = [
            None,
            Some(server.guest("Eve").await.token()),
            None,
            by_link(LinkFor::Display, "the display").await,
            by_link(LinkFor::Barista, "Bo").await,
            by_link(LinkFor::Manager, "Max").await,
            Some(foreign.token()),
            Some(organiser.token()),
            Some(server.operator().token()),
        ];
        Self { server, tokens }
    }

    /// The token of a role; of the customer none, who is another one each time.
    pub(crate) fn token(&self, role: usize) -> Option<String> {
        // The command's own is good for a minute only.
        if role == ROLES.len() - 1 {
            return Some(self.server.operator().token());
        }
        self.tokens[role].clone()
    }

    /// The code that is on the screen now.
    pub(crate) async fn code(&self) -> String {
        let asked = get("/v1/shops/demo/code").by(self.token(ROLES.len() - 1));
        asked.send(&self.server).await.text("code").to_owned()
    }

    /// Every shop and the version of its stream: what nobody who is refused may move.
    pub(crate) async fn journal(&self) -> Vec<(String, u64)> {
        let all = get("/v1/shops").by(self.token(ROLES.len() - 1));
        let all = all.send(&self.server).await.body;
        let mut versions = Vec::new();
        for facts in all["shops"].as_array().expect("a list of shops") {
            let shop = facts["shop"].as_str().expect("a name").to_owned();
            let shown = get(&format!("/v1/shops/{shop}")).send(&self.server).await;
            versions.push((shop, shown.body["version"].as_u64().expect("a version")));
        }
        versions
    }

    /// Sends it, and sees to it that the journal is as it was.
    pub(crate) async fn is_refused(&self, raw: &Raw, status: u16, code: &str) {
        let before = self.journal().await;
        let reply = raw.send(&self.server).await;
        let what = format!("{} {}: {reply:?}", raw.method, raw.path);
        assert_eq!((reply.status, reply.text("code")), (status, code), "{what}");
        assert_eq!(self.journal().await, before, "{what}");
    }
}

/// A request bent a little more.
pub(crate) trait Bent {
    /// Under this token, or none.
    fn by(self, token: Option<String>) -> Self;
    /// With this method and body.
    fn sending(self, method: &'static str, body: &Value) -> Self;
}

impl Bent for Raw {
    fn by(self, token: Option<String>) -> Self {
        Self { token, ..self }
    }
    fn sending(self, method: &'static str, body: &Value) -> Self {
        let sends = !body.is_null();
        Self {
            method,
            key: Some(uuid::Uuid::new_v4().to_string()),
            content_type: sends.then_some("application/json"),
            body: if sends {
                body.to_string().into_bytes()
            } else {
                vec![]
            },
            ..self
        }
    }
}
