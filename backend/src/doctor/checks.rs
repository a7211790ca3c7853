//! The checks.

use super::{Facts, Finding, Folder, Level, Server};

/// Less room than this is little, bytes.
const LITTLE: u64 = 1 << 30;
/// Less than this is too little.
const TOO_LITTLE: u64 = 256 << 20;
/// A log longer than this is not started over any more, bytes.
const LONG_LOG: u64 = 64 << 20;
/// Time acts within a second; more than this is no coincidence, milliseconds.
const LATE_MS: i64 = 5_000;
/// A clock may be corrected by as much, milliseconds.
const BEHIND_MS: i64 = 1_000;

type Check = fn(&Facts) -> Option<Finding>;

pub(super) const ALL: &[Check] = &[
    folder, format, keys, disk, log, clock, server, version, deadlines, address,
];

fn good(check: &'static str, told: impl Into<String>) -> Option<Finding> {
    finding(check, Level::Good, told, "")
}

fn finding(
    check: &'static str,
    level: Level,
    told: impl Into<String>,
    remedy: &'static str,
) -> Option<Finding> {
    Some(Finding {
        check,
        level,
        told: told.into(),
        remedy,
    })
}

/// The folder's, where there is one that can be read.
fn read(facts: &Facts) -> Option<&Folder> {
    facts.folder.as_ref()?.as_ref().ok()
}

fn folder(facts: &Facts) -> Option<Finding> {
    let data = &facts.data;
    match &facts.folder {
        None => finding(
            "folder",
            Level::Wrong,
            format!("no shop was ever made in {data}"),
            "name the right folder with --data, or make a shop: presso shop create",
        ),
        Some(Err(why)) => finding(
            "folder",
            Level::Wrong,
            format!("the database in {data} cannot be read: {why}"),
            "run presso verify; if it agrees, put a backup back: presso restore",
        ),
        Some(Ok(folder)) => {
            let alive = folder.alive;
            good("folder", format!("{data}, with {alive} orders under way"))
        }
    }
}

fn format(facts: &Facts) -> Option<Finding> {
    let Folder { format, known, .. } = read(facts)?;
    match format.cmp(known) {
        std::cmp::Ordering::Equal => good("format", format!("{format}, the newest")),
        std::cmp::Ordering::Less => finding(
            "format",
            Level::Mind,
            format!("{format}; this program will make it {known} when it starts next"),
            "take a backup first: an older program cannot read it afterwards",
        ),
        std::cmp::Ordering::Greater => finding(
            "format",
            Level::Wrong,
            format!("{format}; this program knows up to {known} and will not start"),
            "use the newer presso that wrote it",
        ),
    }
}

fn keys(facts: &Facts) -> Option<Finding> {
    read(facts)?;
    if facts.exposed.is_empty() {
        return good("keys", "only their owner can read them");
    }
    let files = facts.exposed.join(", ");
    finding(
        "keys",
        Level::Wrong,
        format!("others can read {files}; the server will not start"),
        "chmod 600, and if others have used this machine: presso keys rotate --at-once",
    )
}

fn disk(facts: &Facts) -> Option<Finding> {
    let free = facts.disk.free_bytes?;
    let room = format!("{} of room", size(free));
    match free {
        ..TOO_LITTLE => finding(
            "disk",
            Level::Wrong,
            format!("{room}: once there is none, orders are refused"),
            "make room on the data folder's disk",
        ),
        TOO_LITTLE..LITTLE => finding(
            "disk",
            Level::Mind,
            room,
            "make room on the data folder's disk before the next busy day",
        ),
        _ => good("disk", room),
    }
}

fn log(facts: &Facts) -> Option<Finding> {
    read(facts)?;
    let length = format!("{} of log", size(facts.disk.wal_bytes));
    if facts.disk.wal_bytes <= LONG_LOG {
        return good("log", length);
    }
    finding(
        "log",
        Level::Wrong,
        format!("{length}: it is not started over any more"),
        "something reads the database for long (a backup, Litestream, a shell): end it; a restart \
         of the server empties the log",
    )
}

fn clock(facts: &Facts) -> Option<Finding> {
    let newest = read(facts)?.newest?;
    let behind_ms = newest.ms_since(facts.now);
    if behind_ms <= BEHIND_MS {
        return good("clock", "not behind what has happened");
    }
    finding(
        "clock",
        Level::Wrong,
        format!(
            "{} s behind the last thing that happened: a server that starts now goes on from there",
            behind_ms / 1000
        ),
        "set the machine's clock (timedatectl set-ntp true), then restart the server",
    )
}

fn server(facts: &Facts) -> Option<Finding> {
    read(facts)?;
    let wrong = |told: String, remedy| finding("server", Level::Wrong, told, remedy);
    match &facts.server {
        Server::None => wrong(
            "none runs on this folder".into(),
            "start it: presso serve, or systemctl start presso",
        ),
        Server::Hidden => wrong(
            "something has the folder, and does not say where it listens".into(),
            "wait for it, if it is starting or stopping; else look for the process that holds \
             presso.lock (fuser, lsof)",
        ),
        Server::Silent(address) => wrong(
            format!("it has the folder and does not answer at {address}"),
            "look into its log, and restart it: what was answered is on disk",
        ),
        Server::Answers {
            unready: Some(code),
            ..
        } => wrong(
            format!("it answers, and takes no orders: {code}"),
            "storage: look at the disk and the log; overloaded: wait, or see who asks so much; \
             restarting: wait",
        ),
        Server::Answers { .. } => good("server", "it answers and takes orders"),
    }
}

fn version(facts: &Facts) -> Option<Finding> {
    let Server::Answers { version, .. } = &facts.server else {
        return None;
    };
    let own = env!("CARGO_PKG_VERSION");
    if version == own {
        return good("version", own);
    }
    finding(
        "version",
        Level::Mind,
        format!("the server runs {version}, this program is {own}"),
        "restart the server to run what is installed",
    )
}

fn deadlines(facts: &Facts) -> Option<Finding> {
    let late = read(facts)?.overdue_ms.iter();
    let late: Vec<i64> = late.copied().filter(|ms| *ms > LATE_MS).collect();
    let Some(longest_ms) = late.iter().max() else {
        return good("deadlines", "no order is past its own");
    };
    let told = format!(
        "{} orders are past their deadline, the longest by {} s",
        late.len(),
        longest_ms / 1000
    );
    match facts.server {
        Server::None => finding(
            "deadlines",
            Level::Wrong,
            told,
            "start the server: they end at once",
        ),
        _ => finding(
            "deadlines",
            Level::Wrong,
            told,
            "the server should have ended them: look into its log for failed commits, restart it",
        ),
    }
}

fn address(facts: &Facts) -> Option<Finding> {
    let url = &facts.public_url;
    if facts.is_secure {
        return good("address", url);
    }
    finding(
        "address",
        Level::Mind,
        format!("{url} is without HTTPS: phones give its pages neither camera nor notifications"),
        "put a proxy with HTTPS before it (deploy/Caddyfile), and say public_url = \"https://…\"",
    )
}

/// As one says it.
fn size(bytes: u64) -> String {
    match bytes {
        ..10_485_760 => format!("{} KiB", bytes >> 10),
        10_485_760..10_737_418_240 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}
