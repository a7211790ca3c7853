//! `presso keys`.

use super::Error;
use super::door::Door;
use super::print;
use clap::Subcommand;
use presso_core::api::RotateKeys;

/// The keys that sign sessions.
#[derive(Subcommand)]
pub(super) enum Keys {
    /// Signs with a new key from now on; sessions go on, and what the key before signed is
    /// believed for the ten minutes that it lives
    Rotate {
        /// Believe nothing that an earlier key signed: for when one was stolen. Everybody's app
        /// renews its session by itself
        #[arg(long)]
        at_once: bool,
    },
}

pub(super) async fn run(door: &Door, command: Keys, json: bool) -> Result<(), Error> {
    let Keys::Rotate { at_once } = command;
    let rotated = door.send(&RotateKeys { at_once }).await?;
    print::answer(json, &rotated, |rotated| {
        for (place, key) in rotated.keys.iter().enumerate() {
            let what = match place {
                0 => "signs from now on",
                _ => "is believed until its tokens have run out, within ten minutes",
            };
            println!("{key} {what}");
        }
    });
    Ok(())
}
