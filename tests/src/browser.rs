//! A real browser on a screen of a certain size, or a native app's window, driven by WebDriver.

mod commands;
mod console;
mod driver;
mod find;
mod options;
mod wait;
mod worker;

pub use driver::Driver;
pub use options::{Eye, Screen};
pub use wait::{PATIENCE, until};

use commands::Cdp;
use console::Console;
use driver::SessionEnd;
use fantoccini::{Client, ClientBuilder, actions::KeyActions, wd::WindowHandle};
use serde_json::{Value, json};
use std::{cell::RefCell, path::Path, rc::Rc, time::Duration};
use tempfile::TempDir;

/// A browser with one tab and a profile of its own, or a native window. Closed when dropped.
pub struct Browser {
    /// Who looks at it: for messages and file names.
    pub name: String,
    client: Client,
    /// None where nobody can read it: native windows keep theirs to themselves.
    console: Option<RefCell<Console>>,
    // In this order: the session ends before its profile is removed and its driver stops.
    _end: SessionEnd,
    _profile: Option<TempDir>,
    _driver: Rc<Driver>,
}

/// One of a browser's tabs.
pub struct Tab(WindowHandle);

impl Browser {
    /// Opens an empty tab.
    ///
    /// # Panics
    /// When Chromium does not start.
    pub async fn open(driver: &Rc<Driver>, name: &str, screen: Screen, eye: Eye) -> Self {
        let profile = TempDir::new().expect("the system has a folder for temporary things");
        let client = ClientBuilder::new(commands::connector())
            .capabilities(options::capabilities(profile.path(), screen, &eye))
            .connect(&driver.address())
            .await
            .unwrap_or_else(|problem| panic!("{name}: Chromium did not start: {problem}"));
        let session = client.session_id().await.ok().flatten();
        let browser = Self {
            name: name.to_owned(),
            _end: driver.end_of(session.expect("a connected client has a session")),
            client,
            console: Some(RefCell::default()),
            _profile: Some(profile),
            _driver: Rc::clone(driver),
        };
        browser.resize(screen).await;
        browser
    }

    /// Opens a native app's window: a program that is started with these arguments.
    ///
    /// # Errors
    /// Why there is no window.
    pub async fn window(
        driver: &Rc<Driver>,
        name: &str,
        program: &Path,
        arguments: &[String],
    ) -> Result<Self, String> {
        let client = ClientBuilder::new(commands::connector())
            .capabilities(options::window(program, arguments))
            .connect(&driver.address())
            .await
            .map_err(|problem| format!("{name}: no window: {problem}"))?;
        let session = client.session_id().await.ok().flatten();
        Ok(Self {
            name: name.to_owned(),
            _end: driver.end_of(session.expect("a connected client has a session")),
            client,
            console: None,
            _profile: None,
            _driver: Rc::clone(driver),
        })
    }

    /// Changes what it is looked at with.
    pub async fn resize(&self, screen: Screen) {
        let touch = json!({ "enabled": screen.touch, "maxTouchPoints": 5 });
        self.cdp("Emulation.setDeviceMetricsOverride", screen.metrics())
            .await;
        self.cdp("Emulation.setTouchEmulationEnabled", touch).await;
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.did("open the address", self.client.goto(address))
            .await;
    }

    /// Runs a script in every page from now on, before the page's own.
    pub async fn begins_pages_with(&self, script: &str) {
        let params = json!({ "source": script });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", params)
            .await;
    }

    /// Opens an address in another tab of the same browser, and looks at that one from now on.
    /// Answers the tab that was looked at before.
    pub async fn opens_tab(&self, screen: Screen, address: &str) -> Tab {
        let before = self.did("name its tab", self.client.window()).await;
        let opened = self.did("open a tab", self.client.new_window(true)).await;
        self.looks_at(&Tab(opened.handle)).await;
        self.resize(screen).await;
        self.goto(address).await;
        Tab(before)
    }

    /// Looks at this tab from now on; answers the one before.
    pub async fn looks_at(&self, tab: &Tab) -> Tab {
        let before = self.did("name its tab", self.client.window()).await;
        let there = self.client.switch_to_window(tab.0.clone());
        self.did("look at another tab", there).await;
        Tab(before)
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.did("reload", self.client.refresh()).await;
    }

    /// The address bar.
    pub async fn address(&self) -> String {
        let address = self.did("read its address", self.client.current_url());
        address.await.to_string()
    }

    /// Runs a script in the page and takes what it returns.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.did("run a script", self.client.execute(script, args))
            .await
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn run_async(&self, script: &str, args: Vec<Value>) -> Value {
        self.did("run a script", self.client.execute_async(script, args))
            .await
    }

    /// A picture of the screen, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.did("take a picture", self.client.screenshot()).await
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        let of_chromium = Cdp::new(command, params);
        self.did(command, self.client.issue_cmd(of_chromium)).await
    }

    /// Pages that are opened from now on load, and reach nothing: as an app that was installed, on
    /// a device without a network. Until [`Browser::reaches_the_server`].
    pub async fn reaches_nothing(&self) {
        // The browser's own block passes over sockets.
        let no_socket = "window.cut = true;
            window.WebSocket = new Proxy(WebSocket, { construct(Socket, words) {
                if (window.cut) throw new DOMException('there is no network');
                return new Socket(...words);
            } });";
        self.block(&["*/v1/*"]).await;
        self.prepares(no_socket).await;
    }

    /// Runs a script in each page that is opened from now on, before the page does anything.
    pub async fn prepares(&self, script: &str) {
        let source = json!({ "source": script });
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source)
            .await;
    }

    /// The network is back, for the page that is open.
    pub async fn reaches_the_server(&self) {
        self.block(&[]).await;
        self.run("window.cut = false", vec![]).await;
    }

    async fn block(&self, addresses: &[&str]) {
        self.cdp("Network.enable", json!({})).await;
        self.cdp("Network.setBlockedURLs", json!({ "urls": addresses }))
            .await;
    }

    /// Presses and lets go of keys in this order.
    ///
    /// # Errors
    /// The window has gone meanwhile.
    pub async fn acts(&self, keys: KeyActions) -> Result<(), String> {
        answered("press keys", self.client.perform_actions(keys)).await
    }

    /// Strikes a key, wherever the focus is.
    pub async fn strikes(&self, key: &str) {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "text": if kind == "keyDown" { key } else { "" } });
            self.cdp("Input.dispatchKeyEvent", event).await;
        }
    }

    /// From here on failing to reach the server is no fault of the page.
    pub fn expects_a_dead_server(&self) {
        if let Some(console) = &self.console {
            console.borrow_mut().server_may_be_dead = true;
        }
    }

    /// What the page complained about since the last time: errors, broken policies, missing files.
    pub async fn complaints(&self) -> Vec<String> {
        let Some(console) = &self.console else {
            return Vec::new();
        };
        let log = self.did("read its console", self.client.issue_cmd(commands::Log));
        let log = log.await;
        console.borrow().faults(&log)
    }

    async fn did<T, E: std::fmt::Display>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, E>>,
    ) -> T {
        let done = answered(what, command).await;
        done.unwrap_or_else(|problem| panic!("{} could not {what}: {problem}", self.name))
    }
}

/// No command takes longer, scripts and pages of up to a minute among them.
const COMMAND: Duration = Duration::from_secs(70);

/// What a command came to. Drivers have been seen to leave one without an answer, and then a test
/// is to say which.
async fn answered<T, E: std::fmt::Display>(
    what: &str,
    command: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(COMMAND, command).await {
        Ok(done) => done.map_err(|problem| problem.to_string()),
        Err(_) => panic!("the driver leaves a command without an answer: {what}"),
    }
}
