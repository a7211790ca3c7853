//! A server of its own for a test: the real backend in this process, on a port of its own, with a
//! demo shop and a clock that the test can push on.

mod clock;
mod run;

pub use clock::PushedClock;

use crate::people::Person;
use presso_backend::{
    app::{AppConfig, KEY_FILE},
    identity,
};
use presso_core::{
    api::{CloseShop, CreateLink, CreateShop, CreateShopBody, LinkBody, LinkFor, OpenShop},
    id::ShopId,
    menu::Menu,
    order::OrderState,
    settings::Settings,
    workflow::Verb,
};
use std::{cell::RefCell, net::TcpListener, path::PathBuf};
use tempfile::TempDir;

/// The shop's name in addresses.
pub const SHOP: &str = "demo";

/// Webhooks may go to this machine, where the tests' services listen.
pub fn with_webhooks_here(config: &mut AppConfig) {
    config.webhooks.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    config.webhooks.plain_http = true;
}

/// A running server; stopped, and its data removed, when dropped.
pub struct Server {
    /// Its time.
    pub clock: PushedClock,
    /// Where it is: `http://127.0.0.1:PORT`.
    pub address: String,
    /// Its shop.
    pub shop: ShopId,
    port: u16,
    running: RefCell<Option<run::Running>>,
    data: TempDir,
    unusual: Box<dyn Fn(&mut AppConfig)>,
}

impl Server {
    /// Starts one, with an open shop of these settings.
    pub async fn start(settings: Settings) -> Self {
        Self::start_with(settings, |_| ()).await
    }

    /// The same, with something that is not as usual.
    pub async fn start_with(
        settings: Settings,
        unusual: impl Fn(&mut AppConfig) + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let server = Self {
            clock: PushedClock::new(),
            address: format!("http://127.0.0.1:{port}"),
            shop: ShopId::parse(SHOP).expect("a slug"),
            port,
            running: RefCell::new(None),
            data: TempDir::new().expect("the system has a folder for temporary things"),
            unusual: Box::new(unusual),
        };
        server.run(listener).await;
        let shop = server.shop.clone();
        let body = CreateShopBody {
            shop: shop.clone(),
            settings,
            menu: menu(),
        };
        let operator = server.operator();
        operator
            .call(CreateShop { body })
            .await
            .expect("a new shop");
        operator.call(OpenShop { shop }).await.expect("it opens");
        server
    }

    /// The server dies: sockets close, nothing answers.
    pub async fn goes_away(&self) {
        let running = self.running.borrow_mut().take();
        if let Some(running) = running {
            running.stop().await;
        }
    }

    /// It is started again, at the same address, with the same data.
    pub async fn comes_back(&self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port));
        self.run(listener.expect("the port is still free")).await;
    }

    async fn run(&self, listener: TcpListener) {
        let mut config = AppConfig::new(self.data.path().to_owned(), self.address.clone());
        config.clock = std::sync::Arc::new(self.clock.clone());
        config.ui = Some(screens());
        // The tests' push service is on this machine.
        config.push = presso_backend::push::Rules { loopback: true };
        (self.unusual)(&mut config);
        let running = run::Running::start(listener, config).await;
        self.running.borrow_mut().replace(running);
    }

    /// Its data folder, to be looked into while it is away.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        self.data.path()
    }

    /// Who runs the server.
    #[must_use]
    pub fn operator(&self) -> Person {
        let key =
            identity::Key::read(&self.data.path().join(KEY_FILE)).expect("the server made it");
        let sessions = identity::Sessions::new(key);
        let now = presso_backend::engine::Clock::now(&self.clock);
        let (token, _) = sessions.issue(presso_core::api::Who::Operator, None, now);
        Person::with_token("the operator", &self.address, &self.shop, token)
    }

    /// A single-use link.
    pub async fn link(&self, link_for: LinkFor, name: &str) -> String {
        let body = LinkBody {
            link_for,
            name: (link_for != LinkFor::Display).then(|| name.to_owned()),
        };
        let shop = self.shop.clone();
        let answer = self.operator().call(CreateLink { shop, body }).await;
        answer.expect("the operator may").link
    }

    /// Somebody with a phone, but no browser.
    pub async fn guest(&self, name: &str) -> Person {
        Person::guest(name, &self.address, &self.shop).await
    }

    /// Somebody with a tablet, but no browser.
    pub async fn barista(&self, name: &str) -> Person {
        let link = self.link(LinkFor::Barista, name).await;
        Person::by_link(name, &self.address, &self.shop, &link).await
    }

    /// Somebody orders and another barista makes it, neither with a screen; its number, on the
    /// counter now.
    pub async fn serves_somebody(&self) -> u32 {
        let cy = self.barista("Cy").await;
        let dee = self.guest("Dee").await;
        let order = dee.orders(&cy.code().await, "espresso", &[]).await.order;
        cy.does(Verb::Claim, order).await;
        let done = cy.does(Verb::Complete, order).await;
        assert_eq!(done.state, OrderState::Ready);
        done.ticket.map(|t| t.0).expect("it was ordered")
    }

    /// The shop closes.
    pub async fn closes(&self) {
        let shop = self.shop.clone();
        let done = self.operator().call(CloseShop { shop }).await;
        done.expect("the operator may");
    }

    /// Where the customers' page is.
    #[must_use]
    pub fn front_door(&self) -> String {
        format!("{}/s/{}", self.address, self.shop)
    }
}

/// The demo's menu, which `cargo xtask demo` imports too.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn menu() -> Menu {
    let text = include_str!("../../xtask/src/demo/menu.toml");
    toml::from_str(text).expect("the demo's menu is one")
}

/// The folder of the browser bundles.
#[must_use]
pub fn screens() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/ui")
}

/// Are the screens built?
///
/// # Errors
/// Says how to build them.
pub fn screens_are_there() -> Result<(), String> {
    let missing = |app: &&str| !screens().join(app).join("index.html").is_file();
    match ["customer", "barista", "display"].into_iter().find(missing) {
        None => Ok(()),
        Some(app) => Err(format!(
            "the {app}'s screens are not built: run `cargo xtask ui`"
        )),
    }
}

/// A shop's name and limits as most tests want them.
#[must_use]
pub fn settings() -> Settings {
    Settings {
        name: "Harbour Coffee".into(),
        ..Settings::default()
    }
}
