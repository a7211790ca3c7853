//! The configuration: defaults, then `presso.toml`, then `PRESSO_*`, then flags; later ones win.
//! Combinations that make no sense are refused with a sentence.

mod network;
mod webhooks;

pub use webhooks::Webhooks;

use crate::limits::{ForwardedHeader, Limits, Proxies};
use crate::passcodes::Settings as Passcodes;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The file that is read when none is named.
pub const FILE: &str = "presso.toml";

/// Everything that the server can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where to listen. This machine only, unless told otherwise.
    pub listen: SocketAddr,
    /// The data folder: the database, the signing key, earlier builds' pages.
    pub data: PathBuf,
    /// What links and QR codes begin with; no slash at its end.
    pub public_url: String,
    /// How the log is written.
    pub log: LogFormat,
    /// Who is believed about whom they speak for. Nobody, unless told otherwise.
    pub proxies: Proxies,
    /// Where metrics are served; none when they are off.
    pub metrics: Option<Metrics>,
    /// How much anyone may ask for.
    pub limits: Limits,
    /// How one-time codes are sent.
    pub passcodes: Passcodes,
    /// Where webhooks of the bus may go.
    pub webhooks: Webhooks,
}

/// Where metrics are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metrics {
    /// The address.
    pub listen: SocketAddr,
    /// Was it asked for by name? Then a server that cannot listen there does not start.
    pub wanted: bool,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people when somebody looks, else JSON.
    #[default]
    Auto,
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// One layer: what it does not say is left to the layers below.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Where to listen, as 127.0.0.1:8080
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// The data folder
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<PathBuf>,
    /// What links and QR codes begin with, as `https://coffee.example.org`
    #[arg(long, global = true, value_name = "URL")]
    pub public_url: Option<String>,
    /// How the log is written
    #[arg(long, global = true, value_enum)]
    pub log: Option<LogFormat>,
    /// The proxies that are believed about whose requests they pass on, as 127.0.0.1,10.0.0.0/8
    #[arg(long, global = true, value_name = "NETWORKS", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<String>>,
    /// The header in which they say it
    #[arg(long, global = true, value_enum)]
    pub forwarded_header: Option<ForwardedHeader>,
    /// Where metrics are served: an address, a port of this machine alone, or off
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub metrics: Option<String>,
    /// How much anyone may ask for; in the file only
    #[arg(skip)]
    pub limits: Option<Limits>,
    /// How one-time codes are sent; in the file only
    #[arg(skip)]
    pub passcodes: Option<Passcodes>,
    /// Where webhooks of the bus may go; in the file only
    #[arg(skip)]
    pub webhooks: Option<Webhooks>,
}

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file is not there or cannot be read.
    #[error("{path} cannot be read: {why}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        why: String,
    },
    /// The file is not a configuration.
    #[error("{path}: {why}")]
    Malformed {
        /// Which.
        path: String,
        /// Why, and where.
        why: String,
    },
    /// A value that is none of this setting's.
    #[error("{setting}: {why}")]
    Wrong {
        /// Which.
        setting: &'static str,
        /// The rule.
        why: String,
    },
}

impl Layer {
    /// The layer in a file.
    ///
    /// # Errors
    /// [`Error`]; a file that is not there is one only when it was `named`.
    pub fn file(path: &Path, named: bool) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && !named => {
                return Ok(Self::default());
            }
            Err(e) => {
                return Err(Error::Unreadable {
                    path: shown,
                    why: e.to_string(),
                });
            }
        };
        toml::from_str(&text).map_err(|e| Error::Malformed {
            path: shown,
            why: e.to_string(),
        })
    }
    /// The layer in the environment, asked by name.
    ///
    /// # Errors
    /// [`Error::Wrong`] for a log format or a header that there is not.
    pub fn environment(get: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let log = get("PRESSO_LOG").map(|text| match text.as_str() {
            "auto" => Ok(LogFormat::Auto),
            "human" => Ok(LogFormat::Human),
            "json" => Ok(LogFormat::Json),
            _ => Err(wrong("PRESSO_LOG", "is auto, human or json")),
        });
        let header = get("PRESSO_FORWARDED_HEADER").map(|text| match text.as_str() {
            "x-forwarded-for" => Ok(ForwardedHeader::XForwardedFor),
            "forwarded" => Ok(ForwardedHeader::Forwarded),
            _ => Err(wrong(
                "PRESSO_FORWARDED_HEADER",
                "is x-forwarded-for or forwarded",
            )),
        });
        let passcodes = get("PRESSO_PASSCODES").map(|text| match text.as_str() {
            "terminal" => Ok(Passcodes {
                terminal: true,
                ..Passcodes::default()
            }),
            _ => Err(wrong(
                "PRESSO_PASSCODES",
                "is terminal; the rest is set in the file",
            )),
        });
        Ok(Self {
            listen: get("PRESSO_LISTEN"),
            data: get("PRESSO_DATA").map(PathBuf::from),
            public_url: get("PRESSO_PUBLIC_URL"),
            log: log.transpose()?,
            trusted_proxies: get("PRESSO_TRUSTED_PROXIES").map(|text| network::listed(&text)),
            forwarded_header: header.transpose()?,
            metrics: get("PRESSO_METRICS"),
            limits: None,
            passcodes: passcodes.transpose()?,
            webhooks: None,
        })
    }
    /// This layer, and below it another.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            listen: self.listen.or(below.listen),
            data: self.data.or(below.data),
            public_url: self.public_url.or(below.public_url),
            log: self.log.or(below.log),
            trusted_proxies: self.trusted_proxies.or(below.trusted_proxies),
            forwarded_header: self.forwarded_header.or(below.forwarded_header),
            metrics: self.metrics.or(below.metrics),
            limits: self.limits.or(below.limits),
            passcodes: self.passcodes.or(below.passcodes),
            webhooks: self.webhooks.or(below.webhooks),
        }
    }
    /// With the defaults below, checked.
    ///
    /// # Errors
    /// [`Error::Wrong`] with the first setting that cannot be.
    pub fn settle(self) -> Result<Config, Error> {
        let listen = self.listen.unwrap_or_else(|| "127.0.0.1:8080".into());
        let listen: SocketAddr = listen.parse().map_err(|_| {
            wrong(
                "listen",
                "is an address and a port, as 127.0.0.1:8080 or [::1]:8080",
            )
        })?;
        let public_url = match self.public_url {
            Some(url) => checked_url(&url)?,
            None if listen.ip().is_loopback() => format!("http://{listen}"),
            None => {
                return Err(wrong(
                    "public_url",
                    "is needed when others can reach the server, since the QR code carries it: \
                     say --public-url https://…",
                ));
            }
        };
        let passcodes = self.passcodes.unwrap_or_default();
        passcodes.check().map_err(|why| Error::Wrong {
            setting: "passcodes",
            why,
        })?;
        Ok(Config {
            passcodes,
            listen,
            data: self.data.unwrap_or_else(|| "data".into()),
            public_url,
            log: self.log.unwrap_or_default(),
            proxies: Proxies {
                trusted: network::trusted(self.trusted_proxies.unwrap_or_default())?,
                header: self.forwarded_header.unwrap_or_default(),
            },
            metrics: network::metrics(self.metrics.as_deref())?,
            limits: self.limits.unwrap_or_default(),
            webhooks: self.webhooks.unwrap_or_default(),
        })
    }
}

impl Config {
    /// Will browsers give a page of this address the camera? They ask for HTTPS or this machine.
    #[must_use]
    pub fn is_secure_context(&self) -> bool {
        let this_machine = ["localhost", "127.0.0.1", "[::1]"];
        self.public_url.starts_with("https://") || this_machine.contains(&domain(&self.public_url))
    }
}

/// Host, and port where there is one, of a checked address.
#[must_use]
pub fn host(public_url: &str) -> &str {
    public_url.split("://").nth(1).unwrap_or_default()
}

/// Host without its port: what stands behind the last colon outside brackets.
#[must_use]
pub fn domain(public_url: &str) -> &str {
    let host = host(public_url);
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}

fn checked_url(url: &str) -> Result<String, Error> {
    let rule = "begins with http:// or https:// and goes on with a host alone, as `https://coffee.example.org`";
    let url = url.trim_end_matches('/');
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let rest = rest.ok_or_else(|| wrong("public_url", rule))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if rest.is_empty() || !rest.chars().all(plain) {
        return Err(wrong("public_url", rule));
    }
    Ok(url.to_ascii_lowercase())
}

fn wrong(setting: &'static str, why: &str) -> Error {
    Error::Wrong {
        setting,
        why: why.into(),
    }
}

#[cfg(test)]
mod tests;
