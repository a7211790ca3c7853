//! One attempt at one delivery, to whatever target.

use super::queue::Due;
use super::rows::Rule;
use super::webhook::{self, Message, Outcome};
use crate::app::App;
use presso_core::api::Target;
use presso_core::bus::Transform;
use reqwest::Client;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Tries once.
pub(super) async fn deliver(
    app: App,
    client: Option<Client>,
    rule: Arc<Rule>,
    due: Due,
) -> (Due, Outcome) {
    let outcome = attempt(&app, client, &rule, &due).await;
    (due, outcome)
}

async fn attempt(app: &App, client: Option<Client>, rule: &Rule, due: &Due) -> Outcome {
    let envelope: Value = serde_json::from_str(&due.envelope).unwrap_or_default();
    let (media_type, body) = match made(rule, due, &envelope) {
        Ok(made) => made,
        // It will be so the next time, too.
        Err(why) => return Outcome::Refused(why),
    };
    match &rule.body.target {
        Target::Webhook { url } => {
            let Some(client) = client else {
                return Outcome::Later("this machine cannot check certificates".into(), None);
            };
            let id = message_id(due, &envelope);
            let message = Message {
                id: &id,
                media_type,
                body,
            };
            let (reach, now) = (app.bus.reach(), app.clock.now());
            webhook::send(&client, reach, url, &rule.secret, message, now).await
        }
        Target::File { name } => {
            let (folder, name) = (app.bus.folder.clone(), name.clone());
            let written = tokio::task::spawn_blocking(move || append(&folder, &name, body));
            match written.await {
                Ok(Ok(())) => Outcome::Delivered,
                Ok(Err(error)) => Outcome::Later(error.to_string(), None),
                Err(panic) => Outcome::Later(panic.to_string(), None),
            }
        }
        Target::Log => {
            tracing::info!(rule = %rule.name, event = %body, "an event");
            Outcome::Delivered
        }
    }
}

/// What is sent, and what it is: the envelope, or what the rule's transformer makes of it.
fn made(rule: &Rule, due: &Due, envelope: &Value) -> Result<(&'static str, String), String> {
    let Some(transform) = &rule.body.transform else {
        return Ok((rule.body.format.media_type(), due.envelope.clone()));
    };
    let transform = Transform::parse(transform).map_err(|bad| bad.to_string())?;
    let made = transform
        .apply(envelope)
        .map_err(|large| large.to_string())?;
    Ok(("application/json", made))
}

/// The same for every attempt; another for each time that it is played again, so that a target that
/// knows it from the first time does not drop it.
fn message_id(due: &Due, envelope: &Value) -> String {
    let id = envelope["id"].as_str().unwrap_or_default();
    match (&due.replay, Uuid::try_parse(id)) {
        (Some(replay), Ok(id)) => Uuid::new_v5(&id, replay.as_bytes()).to_string(),
        _ => id.to_owned(),
    }
}

/// A line more, on the disk before it counts as delivered. The file is opened anew each time, so
/// that it may be moved away to begin another.
fn append(folder: &Path, name: &str, mut line: String) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(folder.join(name))?;
    line.push('\n');
    file.write_all(line.as_bytes())?;
    file.sync_data()
}
