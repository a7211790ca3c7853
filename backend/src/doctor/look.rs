//! Looks, and changes nothing.

use super::{Facts, Folder, Server};
use crate::app::DATABASE_FILE;
use crate::config::Config;
use crate::disk::Disk;
use crate::journal::{self, LOCK, lock};
use crate::verify;
use presso_core::time::Timestamp;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything there is to know. `listens` finds where the server that has the folder says it is.
#[must_use]
pub fn look(config: &Config, now: Timestamp, listens: fn(&Path) -> Option<SocketAddr>) -> Facts {
    let data = &config.data;
    let absolute = std::path::absolute(data).unwrap_or_else(|_| data.clone());
    let has_database = data.join(DATABASE_FILE).is_file();
    let folder = || folder(data, now).map_err(|why| why.to_string());
    Facts {
        data: absolute.display().to_string(),
        folder: has_database.then(folder),
        disk: Disk::of(data),
        exposed: exposed(data),
        server: server(data, listens),
        public_url: config.public_url.clone(),
        is_secure: config.is_secure_context(),
        now,
    }
}

fn folder(data: &Path, now: Timestamp) -> Result<Folder, journal::Error> {
    let folder = verify::Folder::open(data)?;
    let (format, known) = (folder.format()?, journal::newest_format());
    let mut found = Folder {
        format,
        known,
        newest: None,
        alive: 0,
        overdue_ms: Vec::new(),
    };
    // What a newer program wrote is not this one's to read.
    if format > known {
        return Ok(found);
    }
    for id in folder.shops()? {
        let Some(shop) = folder.shop(&id)? else {
            continue;
        };
        found.newest = found.newest.max(Some(shop.at));
        found.alive += shop.deadlines.len();
        let due = shop.deadlines.iter().take_while(|(at, _)| *at <= now);
        let late = due.map(|(at, _)| now.ms_since(*at));
        found.overdue_ms.extend(late);
    }
    found.overdue_ms.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

#[cfg(unix)]
fn exposed(data: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let entries = std::fs::read_dir(data).into_iter().flatten().flatten();
    let mut exposed: Vec<String> = entries
        .filter(|entry| {
            let mode = entry
                .metadata()
                .map_or(0, |facts| facts.permissions().mode());
            mode & 0o077 != 0
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".key"))
        .collect();
    exposed.sort();
    exposed
}

#[cfg(not(unix))]
fn exposed(_data: &Path) -> Vec<String> {
    Vec::new()
}

fn server(data: &Path, listens: fn(&Path) -> Option<SocketAddr>) -> Server {
    // Taken for an instant: a server that starts in it waits or is refused, and tries again.
    if !data.join(LOCK).is_file() || lock(data).is_ok() {
        return Server::None;
    }
    let Some(address) = listens(data) else {
        return Server::Hidden;
    };
    let (Some((_, document)), Some((status, ready))) =
        (get(address, "/openapi.json"), get(address, "/readyz"))
    else {
        return Server::Silent(address);
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Server::Answers {
        version: text(&document["info"]["version"]).unwrap_or_default(),
        unready: (status != 200).then(|| text(&ready["code"]).unwrap_or_default()),
    }
}

/// Status and body; none when that is not what came.
fn get(address: SocketAddr, path: &str) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: presso\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}
