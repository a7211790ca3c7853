//! `presso rules put|list|show|delete|enable|disable|dead|redrive|replay`: the rules that a server keeps.

use crate::cli::door::Door;
use crate::cli::{Error, print};
use clap::{Args, Subcommand, ValueEnum};
use presso_core::api::{
    DeadLetter, DeleteRule, GetRule, ListDead, ListRules, PutRule, Redrive, RedriveBody,
    ReplayBody, ReplayRule, RuleBody, RuleScope, RuleView, SwitchRule, Target,
};
use presso_core::bus::parse_instant;
use presso_core::bus::{Format, TransformBody};
use presso_core::id::RuleName;
use presso_core::time::Timestamp;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A shop, or - for every shop, and a rule's name.
#[derive(Args)]
pub(in crate::cli) struct Which {
    /// Whose events; - for every shop's
    #[arg(allow_hyphen_values = true)]
    shop: String,
    /// The rule's name
    rule: String,
}

#[derive(Subcommand)]
pub(in crate::cli) enum Kept {
    /// Puts a rule in place, or in place of what it was:
    /// presso rules put demo loyalty --pattern rule.json --url `https://loyalty.example/hook`
    Put {
        #[command(flatten)]
        which: Which,
        /// The pattern's file; - for standard input
        #[arg(long, value_name = "FILE")]
        pattern: PathBuf,
        #[command(flatten)]
        to: To,
        /// In which form
        #[arg(long, value_enum, default_value = "cloudevents")]
        format: Form,
        /// What is made of an envelope: a file of JSON with `paths` and `template`
        #[arg(long, value_name = "FILE")]
        transform: Option<PathBuf>,
        /// Switched off from the start
        #[arg(long)]
        disabled: bool,
    },
    /// Lists a shop's rules
    List {
        /// Whose events; - for every shop's
        #[arg(allow_hyphen_values = true)]
        shop: String,
    },
    /// Shows one rule, and how it fares
    Show(Which),
    /// Deletes a rule with all that was on its way
    Delete(Which),
    /// Switches a rule on: it sees what happens from now on
    Enable(Which),
    /// Switches a rule off: it sees nothing, and nothing goes out
    Disable(Which),
    /// Lists what was given up, oldest first
    Dead {
        #[command(flatten)]
        which: Which,
        /// Goes on after this one
        #[arg(long)]
        after: Option<u64>,
    },
    /// Plays a span of the past again, to this rule, marked as replayed:
    /// presso rules replay demo loyalty --from 2026-11-25T08:00:00Z --to 2026-11-25T18:00:00Z
    Replay {
        #[command(flatten)]
        which: Which,
        /// From when on
        #[arg(long, value_parser = instant)]
        from: Timestamp,
        /// Up to when; not itself
        #[arg(long, value_parser = instant)]
        to: Timestamp,
        /// What must match beside the rule's own pattern
        #[arg(long, value_name = "FILE")]
        pattern: Option<PathBuf>,
        /// At which pace: original, 10x, full
        #[arg(long, default_value = "full")]
        speed: String,
    },
    /// Sends what was given up again: one, or all
    Redrive {
        #[command(flatten)]
        which: Which,
        /// Only this one
        #[arg(long)]
        dead: Option<u64>,
    },
}

/// An instant: unix milliseconds, or as 2026-11-25T10:00:00Z.
fn instant(text: &str) -> Result<Timestamp, String> {
    let ms = text.parse().ok().map(Timestamp);
    let rule = || format!("{text:?} is no instant: say 2026-11-25T10:00:00Z, or unix milliseconds");
    ms.or_else(|| parse_instant(text)).ok_or_else(rule)
}

/// `original`, `full`, or how many times as fast, as `10x`.
fn pace(text: &str) -> Result<Option<u32>, String> {
    match text {
        "full" => Ok(None),
        "original" => Ok(Some(1)),
        other => {
            let times = other.strip_suffix('x').and_then(|times| times.parse().ok());
            times
                .map(Some)
                .ok_or_else(|| format!("{text:?} is not original, full, or as 10x"))
        }
    }
}

/// Where to: exactly one.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(in crate::cli) struct To {
    /// To this webhook
    #[arg(long)]
    url: Option<String>,
    /// Into this file, a line each, in the data folder's `bus`
    #[arg(long, value_name = "NAME")]
    file: Option<String>,
    /// Into the server's log
    #[arg(long)]
    server_log: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Form {
    /// CloudEvents 1.0
    Cloudevents,
    /// As Serverlesspresso has them
    Eventbridge,
}

pub(in crate::cli) async fn run(door: &Door, command: Kept, json: bool) -> Result<(), Error> {
    match command {
        Kept::Put {
            which,
            pattern,
            to,
            format,
            transform,
            disabled,
        } => {
            let (scope, rule) = which.parse()?;
            let pattern = super::read(&pattern).map_err(Error::Input)?;
            let body = RuleBody {
                pattern: Value::String(pattern),
                target: to.target(),
                format: match format {
                    Form::Cloudevents => Format::Cloudevents,
                    Form::Eventbridge => Format::Eventbridge,
                },
                transform: transform.as_deref().map(transformer).transpose()?,
                enabled: !disabled,
            };
            let put = door.send(&PutRule { scope, rule, body }).await?;
            print::answer(json, &put, told);
        }
        Kept::List { shop } => {
            let scope = scope(&shop)?;
            let found = door.send(&ListRules { scope }).await?;
            print::answer(json, &found, |found| {
                let rows: Vec<_> = found.rules.iter().map(row).collect();
                print::columns(&rows);
            });
        }
        Kept::Show(which) => {
            let (scope, rule) = which.parse()?;
            let found = door.send(&GetRule { scope, rule }).await?;
            print::answer(json, &found, told);
        }
        Kept::Delete(which) => {
            let (scope, rule) = which.parse()?;
            let done = door.send(&DeleteRule { scope, rule }).await?;
            print::answer(json, &done, |_| println!("deleted"));
        }
        Kept::Enable(which) => switch(door, &which, true, json).await?,
        Kept::Disable(which) => switch(door, &which, false, json).await?,
        Kept::Dead { which, after } => {
            let (scope, rule) = which.parse()?;
            let found = door.send(&ListDead { scope, rule, after }).await?;
            print::answer(json, &found, |found| {
                let rows: Vec<_> = found.dead.iter().map(dead_row).collect();
                print::columns(&rows);
                if let Some(next) = found.next {
                    println!("more: --after {next}");
                }
            });
        }
        Kept::Replay {
            which,
            from,
            to,
            pattern,
            speed,
        } => {
            let (scope, rule) = which.parse()?;
            let pattern = pattern.as_deref().map(super::read).transpose();
            let body = ReplayBody {
                from,
                to,
                pattern: pattern.map_err(Error::Input)?.map(Value::String),
                speed: pace(&speed).map_err(Error::Input)?,
            };
            let begun = door.send(&ReplayRule { scope, rule, body }).await?;
            print::answer(json, &begun, |begun| println!("{}", begun.replay));
        }
        Kept::Redrive { which, dead } => {
            let (scope, rule) = which.parse()?;
            let body = RedriveBody { dead };
            let done = door.send(&Redrive { scope, rule, body }).await?;
            print::answer(json, &done, |done| {
                println!("{} on their way again", done.redriven);
            });
        }
    }
    Ok(())
}

fn transformer(file: &Path) -> Result<TransformBody, Error> {
    let text = super::read(file).map_err(Error::Input)?;
    serde_json::from_str(&text).map_err(|why| Error::file(file, why))
}

async fn switch(door: &Door, which: &Which, enabled: bool, json: bool) -> Result<(), Error> {
    let (scope, rule) = which.parse()?;
    let switched = SwitchRule {
        scope,
        rule,
        enabled,
    };
    let now = door.send(&switched).await?;
    print::answer(json, &now, told);
    Ok(())
}

impl Which {
    pub(super) fn parse(&self) -> Result<(RuleScope, RuleName), Error> {
        let rule = RuleName::parse(&self.rule).map_err(|bad| Error::Input(bad.to_string()))?;
        Ok((scope(&self.shop)?, rule))
    }
}

fn scope(text: &str) -> Result<RuleScope, Error> {
    let why = || Error::Input(format!("a shop's name, or - for every shop: {text:?}"));
    RuleScope::parse(text).ok_or_else(why)
}

impl To {
    fn target(self) -> Target {
        match (self.url, self.file) {
            (Some(url), _) => Target::Webhook { url },
            (None, Some(name)) => Target::File { name },
            (None, None) => Target::Log,
        }
    }
}

fn told(view: &RuleView) {
    print::columns(&[row(view)]);
    if let Some(secret) = &view.secret {
        println!(
            "webhooks are signed with {secret}\nthis is told once: keep it where they are read"
        );
    }
}

fn row(view: &RuleView) -> Vec<String> {
    let to = match &view.body.target {
        Target::Webhook { url } => url.clone(),
        Target::File { name } => format!("file {name}"),
        Target::Log => "the log".to_owned(),
    };
    let on = if view.body.enabled { "on" } else { "off" };
    let (waiting, dead) = (view.waiting, view.dead);
    let fares = format!("{waiting} waiting, {dead} dead");
    vec![view.rule.to_string(), on.to_owned(), to, fares]
}

fn dead_row(letter: &DeadLetter) -> Vec<String> {
    let what = ["type", "detail-type"];
    let mut names = what
        .iter()
        .filter_map(|field| letter.envelope[field].as_str());
    let kind = names.next().unwrap_or_default().to_owned();
    let id = letter.envelope["id"].as_str().unwrap_or_default();
    let tries = format!("{} tries", letter.tries);
    vec![
        letter.dead.to_string(),
        kind,
        id.to_owned(),
        tries,
        letter.why.clone(),
    ]
}
