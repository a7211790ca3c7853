//! The tutorial's shop: set up by its own lines, served by the real program.

use crate::document::block;
use presso_core::id::{OrderId, ShopId};
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;
use tempfile::TempDir;

/// How long to wait for a fact; facts come in milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The program.
fn program() -> PathBuf {
    let tests = std::env::current_exe().expect("a running program has a path");
    // target/debug/deps/extending-HASH
    let built = tests.ancestors().nth(2).expect("cargo puts it there");
    built.join("presso")
}

/// Without the program nothing can be tried; says so, and is counted as skipped.
pub(crate) fn is_not_built() -> bool {
    let lacks = !program().is_file();
    if lacks {
        println!("skipped: presso is not built; `cargo xtask test examples` builds it");
    }
    lacks
}

/// Served until dropped.
pub(crate) struct Shop {
    folder: TempDir,
    pub(crate) address: String,
    server: Child,
    barista: Option<Person>,
}

impl Shop {
    /// As step 1 says; and Ada is at work.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        types(folder.path(), block("sh setup"));
        let mut serve = Command::new(program());
        serve.args(["serve", "--listen", "127.0.0.1:0", "--log", "json"]);
        serve.current_dir(folder.path()).stderr(Stdio::piped());
        let mut server = serve.spawn().expect("the program is there");
        let told = server.stderr.take().expect("it was asked for");
        let (to, address) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(told).lines().map_while(Result::ok) {
                let line: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                if line["message"] == "serving"
                    && let Some(at) = line["listening"].as_str()
                {
                    // Whoever does not listen any more needs no address.
                    let _ = to.send(format!("http://{at}"));
                }
            }
        });
        let address = address.recv_timeout(PATIENCE).expect("it serves");
        let mut shop = Self {
            folder,
            address,
            server,
            barista: None,
        };
        let link = shop.types("presso staff link demo --name Ada");
        shop.barista = Some(Person::by_link("Ada", &shop.address, &id(), link.trim()).await);
        shop
    }

    /// What is typed in its folder prints this.
    pub(crate) fn types(&self, line: &str) -> String {
        types(self.folder.path(), line)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A rule as step 3 has it, with another pattern and port; the key that it prints.
    pub(crate) fn rule(&self, pattern: &str, port: u16) -> String {
        let file = self.folder.path().join("rule.json");
        std::fs::write(file, pattern).expect("a file can be written");
        let line = block("sh rule").replace(":4000/", &format!(":{port}/"));
        let told = self.types(&line);
        let mut words = told.split_whitespace();
        let secret = words.find(|word| word.starts_with("whsec_"));
        secret.expect("the key is told").to_owned()
    }

    fn ada(&self) -> &Person {
        self.barista.as_ref().expect("she is at work")
    }

    /// Somebody orders a latte.
    pub(crate) async fn order(&self) -> OrderId {
        let guest = Person::guest("Bo", &self.address, &id()).await;
        let code = self.ada().code().await;
        guest.orders(&code, "latte", &[]).await.order
    }

    /// Ada does these.
    pub(crate) async fn does(&self, verbs: &[Verb], order: OrderId) {
        for verb in verbs {
            self.ada().does(*verb, order).await;
        }
    }

    /// From the scan into their hands.
    pub(crate) async fn coffee(&self) {
        let order = self.order().await;
        let all = [Verb::Claim, Verb::Complete, Verb::Collect];
        self.does(&all, order).await;
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn id() -> ShopId {
    ShopId::parse("demo").expect("a slug")
}

/// Typed into a shell, where `presso` is the one that was built.
fn types(folder: &Path, lines: &str) -> String {
    let built = program();
    let built = built.parent().expect("it lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.args(["-ec", lines]).current_dir(folder);
    let output = shell.env("PATH", format!("{}:{path}", built.display()));
    let output = output.output().expect("there is a shell");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{lines}: {}", text(&output.stderr));
    text(&output.stdout)
}
