//! `cargo xtask prove schemathesis [EXAMPLES]`: schemathesis against a running server and its own
//! description, as nobody, as a guest and as a manager. A status of 5xx, or an answer that the
//! description does not know, is a failure.

use crate::{
    demo, place,
    run::{Group, answer, cargo, found, program, run, say},
};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Of each operation and role, unless somebody says so.
const EXAMPLES: u32 = 1_000;
/// The version that is known to work.
const VERSION: &str = "4.32.0";
/// As whom it asks.
const ROLES: [&str; 3] = ["nobody", "guest", "manager"];
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// What would sign out whoever asks; nobody may ask it, too, and is answered.
const SIGNS_OUT: [&str; 3] = [
    "/v1/me",
    "/v1/session/end-all",
    "/v1/shops/{shop}/sessions/{session}",
];
/// No limits: what is asked too often is asked all the same.
const LIMITS: &str = "[limits]\nrequests = \"off\"\nguests = \"off\"\nsessions = \"off\"\n\
    devices = \"off\"\nscans = \"off\"\nsockets = \"off\"\naccount = \"off\"\n";

/// A server with an open shop.
struct Scene {
    folder: PathBuf,
    address: String,
    /// The manager's way in: a link at first, and then their refresh token.
    refresh: PathBuf,
    /// Ends with this.
    _server: Group,
}

pub(super) fn command(words: &[String]) -> Result<()> {
    let examples = match words {
        [] => EXAMPLES,
        [number] => number.parse().context("EXAMPLES is a number")?,
        _ => bail!("here only a number may follow"),
    };
    let tool = install()?;
    let scene = Scene::set()?;
    let mut failed = Vec::new();
    for role in ROLES {
        if let Err(problem) = scene.ask(&tool, role, examples) {
            say(format!("{problem:#}"));
            failed.push(role);
        }
    }
    if !failed.is_empty() {
        bail!("not as described, as {}", failed.join(", "));
    }
    Ok(())
}

impl Scene {
    fn set() -> Result<Self> {
        let build = ["build", "-p", "presso-backend", "--bin", "presso"];
        run("building the server", &mut cargo(build))?;
        let folder = place::target().join("schemathesis/data");
        // What an earlier run left would be another server's.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let config = folder.join("presso.toml");
        fs::write(&config, LIMITS)?;
        let presso = |words: &[&str]| {
            let mut presso = program(place::target().join("debug/presso"));
            presso.args(words).arg("--data").arg(&folder);
            presso.arg("--config").arg(&config);
            presso
        };
        let menu = place::root().join("xtask/src/demo/menu.toml");
        let menu = menu.to_string_lossy();
        let create = ["shop", "create", "demo", "name=Demo", "--menu", &menu];
        answer(&mut presso(&create))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let listen = format!("127.0.0.1:{port}");
        let mut serve = presso(&["serve", "--metrics", "off", "--listen", &listen]);
        serve.stderr(File::create(folder.join("server.log"))?);
        let server = Group::start(&mut serve)?;
        let start = Instant::now();
        while !demo::is_ready(port) {
            if start.elapsed() > Duration::from_secs(20) {
                bail!("the server does not come up: see {}", place::short(&folder));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        answer(&mut presso(&["shop", "open", "demo"]))?;
        let staff = [
            "staff", "link", "demo", "--name", "Max", "--role", "manager",
        ];
        let printed = answer(&mut presso(&staff))?;
        let link = printed.split_whitespace().find(|word| word.contains("#k="));
        let refresh = folder.join("refresh");
        fs::write(&refresh, link.context("a link carries its secret")?)?;
        Ok(Self {
            folder,
            address: format!("http://{listen}"),
            refresh,
            _server: server,
        })
    }

    fn ask(&self, tool: &Path, role: &str, examples: u32) -> Result<()> {
        let document = format!("{}/openapi.json", self.address);
        let mut ask = program(tool.join("st"));
        ask.current_dir(&self.folder); // it keeps what it has seen where it is started
        ask.args(["run", &document, "--checks", CHECKS]);
        ask.args(["--phases", "examples,coverage,fuzzing"]);
        ask.args(["--continue-on-failure", "--no-color"]);
        ask.args(["--max-examples", &examples.to_string()]);
        ask.args(["--exclude-path", "/v1/realtime"]); // a socket, with tests of its own
        if role != "nobody" {
            for path in SIGNS_OUT {
                ask.args(["--exclude-path", path]);
            }
        }
        let hooks = place::root().join("tests/contract/hooks.py");
        ask.env("SCHEMATHESIS_HOOKS", hooks)
            .env("PRESSO_ROLE", role)
            .env("PRESSO_SERVER", &self.address)
            .env("PRESSO_REFRESH", &self.refresh)
            .env("NO_PROXY", "127.0.0.1");
        run(&format!("schemathesis as {role}"), &mut ask)
    }
}

/// Schemathesis in a folder of its own; answers where its programs are.
fn install() -> Result<PathBuf> {
    let folder = place::target().join(format!("schemathesis/{VERSION}"));
    let programs = folder.join("bin");
    if programs.join("st").exists() {
        return Ok(programs);
    }
    if !found("python3") {
        bail!("schemathesis is written in Python: there is no python3");
    }
    let mut venv = program("python3");
    run(
        "a folder for schemathesis",
        venv.args(["-m", "venv"]).arg(&folder),
    )?;
    pip(&programs)?;
    Ok(programs)
}

fn pip(programs: &Path) -> Result<()> {
    let mut pip = program(programs.join("pip"));
    let wanted = format!("schemathesis=={VERSION}");
    run(
        "installing schemathesis (once)",
        pip.args(["install", "-q", &wanted]),
    )
}
