//! One-time codes as settings, `[passcodes]` in the configuration file, and what is refused of them.

use crate::identity::passcode::Caps;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// One-time codes; without a way to send them, nobody can sign in by them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Passcodes {
    /// A gateway for SMS.
    pub sms: Option<Sms>,
    /// A server for e-mail.
    pub mail: Option<Mail>,
    /// Shows them on the terminal that the server was started from, instead: for trying.
    pub terminal: bool,
    /// Messages to one number or address within 24 hours.
    pub number_a_day: NonZeroU32,
    /// Messages for one shop within 24 hours.
    pub shop_a_day: NonZeroU32,
    /// Messages in all within 24 hours: what a day may cost at the most.
    pub a_day: NonZeroU32,
}

/// A gateway for SMS that takes a form over HTTP; the names of its fields are Twilio's by default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Where the form goes.
    pub url: String,
    /// Who sends it: for basic authentication.
    #[serde(default)]
    pub user: Option<String>,
    /// The file with the password, which only the server's user can read.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// How the numbers begin that are sent to, as `+49`; `+` is every country.
    pub countries: Vec<String>,
    /// The field of the number.
    #[serde(default = "to")]
    pub to: String,
    /// The field of the text.
    #[serde(default = "text")]
    pub text: String,
    /// Further fields, as `From`.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// A server for e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name.
    pub host: String,
    /// Its port; where none is said, the usual one.
    #[serde(default)]
    pub port: Option<u16>,
    /// How it is spoken to.
    #[serde(default)]
    pub tls: Tls,
    /// Who sends.
    #[serde(default)]
    pub user: Option<String>,
    /// The file with the password, which only the server's user can read.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Whom it comes from, as `Presso <coffee@example.org>`.
    pub from: String,
}

/// How a server for e-mail is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// In the clear at first, encrypted before anything is said; refused where that is not offered.
    #[default]
    Starttls,
    /// Encrypted from the first byte.
    Tls,
    /// In the clear: only on this machine.
    Off,
}

fn to() -> String {
    "To".into()
}
fn text() -> String {
    "Body".into()
}

const fn many(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Default for Passcodes {
    fn default() -> Self {
        Self {
            sms: None,
            mail: None,
            terminal: false,
            number_a_day: many(10),
            shop_a_day: many(500),
            a_day: many(1_000),
        }
    }
}

impl Passcodes {
    pub(super) const fn caps(&self) -> Caps {
        Caps {
            number: self.number_a_day.get(),
            shop: self.shop_a_day.get(),
            day: self.a_day.get(),
        }
    }
    /// Can a server work with these?
    ///
    /// # Errors
    /// A sentence with the first that cannot be.
    pub fn check(&self) -> Result<(), String> {
        if self.terminal && (self.sms.is_some() || self.mail.is_some()) {
            return Err("terminal shows people's codes to whoever looks at it: \
                where they are sent, leave it out"
                .into());
        }
        if self.number_a_day > self.shop_a_day || self.shop_a_day > self.a_day {
            return Err(
                "number_a_day is at most shop_a_day, and that at most a_day: \
                else one number or one shop uses up everybody's"
                    .into(),
            );
        }
        self.sms.as_ref().map_or(Ok(()), Sms::check)?;
        self.mail.as_ref().map_or(Ok(()), Mail::check)
    }
}

impl Sms {
    fn check(&self) -> Result<(), String> {
        let (scheme, rest) = self.url.split_once("://").unwrap_or_default();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let plain = host
            .rsplit_once(':')
            .map_or(host, |(name, port)| match port.parse::<u16>() {
                Ok(_) => name,
                Err(_) => host,
            });
        match scheme {
            _ if host.is_empty() || host.contains('@') => {
                return Err(
                    "sms.url is an address, as `https://gateway.example/messages`, \
                    with no password in it"
                        .into(),
                );
            }
            "https" => {}
            "http" if is_this_machine(plain) => {}
            _ => {
                return Err(
                    "sms.url begins with https:// unless it is on this machine: \
                    codes and numbers would travel in the clear"
                        .into(),
                );
            }
        }
        let prefix = |text: &String| {
            let digits = text.strip_prefix('+');
            digits.is_some_and(|d| d.len() <= 15 && d.bytes().all(|b| b.is_ascii_digit()))
        };
        if self.countries.is_empty() || !self.countries.iter().all(prefix) {
            return Err(
                "sms.countries says how the numbers begin that may be sent to, as \
                [\"+49\", \"+43\"]: some countries' cost a hundred times as much as yours, and \
                strangers earn by it. [\"+\"] is all"
                    .into(),
            );
        }
        paired("sms", self.user.as_ref(), self.password_file.as_ref())
    }
}

impl Mail {
    fn check(&self) -> Result<(), String> {
        if self.tls == Tls::Off && !is_this_machine(&self.host) {
            return Err("mail.tls is off only for a server on this machine: \
                codes and addresses would travel in the clear"
                .into());
        }
        paired("mail", self.user.as_ref(), self.password_file.as_ref())
    }
}

fn paired(which: &str, user: Option<&String>, file: Option<&PathBuf>) -> Result<(), String> {
    match (user, file) {
        (Some(_), Some(_)) | (None, None) => Ok(()),
        _ => Err(format!(
            "{which}.user and {which}.password_file belong together"
        )),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The password in a file that nobody else can read.
pub(super) fn secret(path: &Path) -> Result<String, String> {
    let failed = |why: std::io::Error| format!("{}: {why}", path.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path)
            .map_err(failed)?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            let path = path.display();
            return Err(format!("{path} can be read by others: chmod 600 it"));
        }
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let password = text.trim_end_matches(['\r', '\n']);
    match password {
        "" => Err(format!("{} is empty", path.display())),
        password => Ok(password.to_owned()),
    }
}

#[cfg(test)]
mod tests;
