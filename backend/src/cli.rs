//! The `presso` command: runs the server, and sets up shops, menus and people from a terminal.
//!
//! What it does beside `serve` goes through the same routes as everybody's requests ([`door`]).

mod backup;
mod doctor;
mod door;
mod handed;
mod init;
mod journey;
mod keys;
mod link;
mod menu;
mod organiser;
mod print;
mod rehearse;
mod rules;
mod running;
mod serve;
mod session;
mod shop;
mod sources;
mod verify;
mod workflow;

use crate::config::{self, Config, Layer};
use clap::{Parser, Subcommand, ValueEnum};
use door::Door;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Presso: a pop-up coffee shop takes orders from phones.
#[derive(Parser)]
#[command(name = "presso", version)]
struct Cli {
    #[command(flatten)]
    layer: Layer,
    /// The configuration file; presso.toml when it is there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answers as JSON, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Sets up an empty folder: configuration, keys, database, and a link for the first organiser
    Init {
        /// Who runs the event
        #[arg(long, default_value = "Organiser")]
        name: String,
    },
    /// Organisers, who run the whole event: how they get in
    #[command(subcommand)]
    Organiser(organiser::Organiser),
    /// Runs the server until it is told to stop (ctrl-c, or SIGTERM)
    Serve,
    /// Shops: set up, change, open, close, look at
    #[command(subcommand)]
    Shop(shop::Shop),
    /// Menus in files: CSV or TOML, by the file's ending
    #[command(subcommand)]
    Menu(menu::MenuCommand),
    /// Staff: how they get in
    #[command(subcommand)]
    Staff(Staff),
    /// Displays: how they get in
    #[command(subcommand)]
    Display(Display),
    /// Rules of the event bus: which events go where, what waits, what was given up; try a pattern
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Who else may put events on a shop's bus
    #[command(subcommand)]
    Sources(sources::Sources),
    /// Prints the life of an order as a picture: presso workflow --format svg
    Workflow {
        /// As what
        #[arg(long, value_enum, default_value = "mermaid")]
        format: workflow::Format,
    },
    /// Plays a whole day, with a rush, cancels, no-shows and slow baristas, in a folder of its own, and
    /// says how it went: presso rehearse --baristas 3 capacity=30
    Rehearse(rehearse::Rehearse),
    /// Prints an order's journey: who did what, when, why, and what it waited for
    Journey {
        /// Which, as the manager's list of orders shows it
        order: presso_core::id::OrderId,
    },
    /// Sessions of a shop's staff and displays
    #[command(subcommand)]
    Session(session::Session),
    /// The keys that sign sessions
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Replays every shop's journal and compares all that is kept beside it; changes nothing, and
    /// may be asked while the server runs
    Verify,
    /// Looks whether shop, server and disk are well, and says what to do where they are not;
    /// changes nothing
    Doctor,
    /// Copies the data folder, also while the server runs, and verifies the copy:
    /// presso backup /media/stick/monday
    Backup {
        /// A folder that is not there yet
        to: PathBuf,
    },
    /// Checks a backup and puts it into the data folder, which is empty or not there
    Restore {
        /// The backup
        from: PathBuf,
    },
}

#[derive(Subcommand)]
enum Staff {
    /// Prints a link that lets in one member of staff, once, within 24 hours:
    /// presso staff link demo --name Ada
    Link {
        /// Where
        shop: String,
        /// Who
        #[arg(long)]
        name: String,
        /// What they may do
        #[arg(long, value_enum, default_value = "barista")]
        role: Role,
    },
    /// Lets in the tablet that shows this code: presso staff pair demo BCDF-GHJK --name Ada
    Pair {
        /// Where
        shop: String,
        /// What it shows
        code: String,
        /// Whose it is
        #[arg(long)]
        name: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Role {
    /// Works the queue
    Barista,
    /// Also changes settings and the menu
    Manager,
}

#[derive(Subcommand)]
enum Display {
    /// Prints a link that lets in one display, once, within 24 hours: presso display link demo
    Link {
        /// Where
        shop: String,
    },
    /// Lets in the display that shows this code: presso display pair demo BCDF-GHJK
    Pair {
        /// Where
        shop: String,
        /// What it shows
        code: String,
    },
}

/// Why a command failed; told on standard error, as a sentence.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}")]
    Config(#[from] config::Error),
    #[error("{0}")]
    Start(#[from] crate::app::Error),
    #[error("{0}")]
    Identity(#[from] crate::identity::KeyError),
    #[error("{0}")]
    Backup(#[from] crate::backup::Error),
    #[error("cannot listen on {address}: {why}")]
    Listen {
        address: String,
        why: std::io::Error,
    },
    #[error("there is no data folder at {}; see --data", .0.display())]
    NoData(PathBuf),
    #[error(
        "{} is set up already; presso organiser link --name … lets in another organiser",
        .0.display()
    )]
    SetUp(PathBuf),
    #[error("{path}: {why}")]
    File { path: String, why: String },
    #[error("{0}")]
    Input(String),
    #[error("{}{}", .0.title, at(.0.field.as_deref()))]
    Refused(Box<presso_core::api::Problem>),
    #[error("the server did not answer: {0}")]
    NoAnswer(String),
    #[error("{count} of what lies beside the journal says otherwise:\n{list}")]
    Differs { count: usize, list: String },
    #[error("{0} of what was looked at is wrong")]
    Unwell(usize),
}

fn at(field: Option<&str>) -> String {
    field
        .map(|field| format!(" (in {field})"))
        .unwrap_or_default()
}

impl Error {
    /// 1: refused; 3: the configuration or the start; 4: no answer. (2 is a wrong command line.)
    const fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_)
            | Self::Input(_)
            | Self::SetUp(_)
            | Self::Backup(_)
            | Self::File { .. }
            | Self::Differs { .. }
            | Self::Unwell(_) => 1,
            Self::Config(_)
            | Self::Start(_)
            | Self::Identity(_)
            | Self::Listen { .. }
            | Self::NoData(_) => 3,
            Self::NoAnswer(_) => 4,
        }
    }
    fn file(path: &Path, why: impl std::fmt::Display) -> Self {
        let path = path.display().to_string();
        let why = why.to_string();
        Self::File { path, why }
    }
}

/// The command, from its arguments to its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // What needs neither server nor configuration.
    match &cli.what {
        What::Rules(command) => {
            if let Some(code) = rules::run(command, cli.json) {
                return code;
            }
        }
        What::Workflow { format } => {
            workflow::run(*format);
            return ExitCode::SUCCESS;
        }
        What::Rehearse(command) => return ended(rehearse::run(command, cli.json)),
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers())
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("presso: this machine gives no threads: {error}");
            return ExitCode::from(3);
        }
    };
    ended(runtime.block_on(run(cli)))
}

fn ended(result: Result<(), Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("presso: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

async fn run(cli: Cli) -> Result<(), Error> {
    // The first time, the file that is named is not there yet.
    let named = cli.config.as_deref();
    let named = named.filter(|file| !matches!(cli.what, What::Init { .. }) || file.exists());
    let config = settle(cli.layer, named)?;
    match &cli.what {
        What::Serve => return serve::serve(config).await,
        What::Verify => return verify::run(&config, cli.json),
        What::Doctor => return doctor::run(&config, cli.json),
        What::Backup { to } => {
            let settings = cli.config.as_deref().unwrap_or(Path::new(config::FILE));
            return backup::make(&config, settings, to, cli.json);
        }
        What::Restore { from } => return backup::restore(&config, from, cli.json),
        _ => {}
    }
    if let What::Init { name } = cli.what {
        return init::run(&config, cli.config.as_deref(), name, cli.json).await;
    }
    let sets_up = matches!(cli.what, What::Shop(shop::Shop::Create { .. }));
    let door = Door::open(&config, sets_up).await?;
    let done = ask(&door, cli.what, cli.json).await;
    door.close().await;
    done
}

async fn ask(door: &Door, what: What, json: bool) -> Result<(), Error> {
    match what {
        // These need no door.
        What::Init { .. }
        | What::Serve
        | What::Verify
        | What::Doctor
        | What::Backup { .. }
        | What::Restore { .. }
        | What::Rules(rules::Rules::Test { .. } | rules::Rules::Import { .. })
        | What::Rehearse(_)
        | What::Workflow { .. } => Ok(()),
        What::Organiser(command) => organiser::run(door, command, json).await,
        What::Rules(rules::Rules::Kept(command)) => rules::kept::run(door, command, json).await,
        What::Shop(command) => shop::run(door, command, json).await,
        What::Menu(command) => menu::run(door, command, json).await,
        What::Staff(Staff::Link { shop, name, role }) => {
            link::staff(door, &shop, name, role, json).await
        }
        What::Display(Display::Link { shop }) => link::display(door, &shop, json).await,
        What::Staff(Staff::Pair { shop, code, name }) => {
            link::pair(door, &shop, (code, Some(name)), json).await
        }
        What::Display(Display::Pair { shop, code }) => {
            link::pair(door, &shop, (code, None), json).await
        }
        What::Sources(command) => sources::run(door, command, json).await,
        What::Session(command) => session::run(door, command, json).await,
        What::Journey { order } => journey::run(door, order, json).await,
        What::Keys(command) => keys::run(door, command, json).await,
    }
}

fn settle(flags: Layer, named: Option<&Path>) -> Result<Config, config::Error> {
    let file = Layer::file(named.unwrap_or(Path::new(config::FILE)), named.is_some())?;
    let environment = Layer::environment(|name| std::env::var(name).ok())?;
    flags.over(environment).over(file).settle()
}

fn shop_id(text: &str) -> Result<presso_core::id::ShopId, Error> {
    presso_core::id::ShopId::parse(text).map_err(|bad| Error::Input(bad.to_string()))
}

/// How many threads serve requests: one fewer than there are processors, since deciding and writing
/// have threads of their own, which everybody waits for (docs/decisions/0003).
fn workers() -> usize {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    processors.saturating_sub(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_about_one_shop_takes_it_first() {
        for line in [
            "init",
            "init --name Olu",
            "organiser link --name Olu",
            "organiser link --again 6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01",
            "organiser list",
            "organiser remove 6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01",
            "shop create demo capacity=30",
            "shop set demo capacity=30",
            "shop open demo",
            "shop close demo",
            "shop show demo",
            "shop erase demo --yes",
            "menu import demo menu.csv",
            "menu export demo menu.csv",
            "staff link demo --name Ada --role manager",
            "display link demo",
            "display pair demo BCDF-GHJK",
            "staff pair demo BCDF-GHJK --name Ada",
            "session list demo",
            "session end demo 6f2c1a52-3f5e-4f7b-9d44-0d8d1f6f0a01",
            "rules put demo loyalty --pattern - --url https://loyalty.example/hook",
            "rules put - lake --pattern - --file orders.jsonl --format eventbridge",
            "rules list -",
            "rules redrive demo loyalty --dead 7",
            "sources add demo waiting.times",
            "rehearse",
            "rehearse --customers 60 --hours 0.5 --faults --per-hour 200 capacity=30",
            "journey 0193a1b2-0000-7000-8000-000000000001",
            "verify",
            "doctor",
            "backup /media/stick/monday",
            "restore /media/stick/monday",
        ] {
            let words = std::iter::once("presso").chain(line.split(' '));
            assert!(Cli::try_parse_from(words).is_ok(), "{line}");
        }
    }
}
