//! `presso organiser`: who runs the whole event, how they get in, and out.

use super::door::Door;
use super::{Error, init, print};
use clap::Subcommand;
use presso_core::api::{LinkOrganiser, ListOrganisers, RemoveOrganiser};
use presso_core::id::StaffId;

/// Organisers.
#[derive(Subcommand)]
pub(super) enum Organiser {
    /// Lists them, those who are only invited too
    List,
    /// Puts one out at once, wherever they are signed in, and erases their name
    Remove {
        /// Whom, as the list names them
        organiser: String,
    },
    /// Prints a link that lets in one organiser, once, within 24 hours:
    /// presso organiser link --name Olu
    Link {
        /// Somebody new
        #[arg(long, required_unless_present = "again", conflicts_with = "again")]
        name: Option<String>,
        /// Somebody who is listed, on another device
        #[arg(long, value_name = "ORGANISER")]
        again: Option<String>,
    },
}

pub(super) async fn run(door: &Door, command: Organiser, json: bool) -> Result<(), Error> {
    match command {
        Organiser::List => {
            let found = door.send(&ListOrganisers).await?;
            print::answer(json, &found, |found| {
                for one in &found.staff {
                    let name = one.name.as_deref().unwrap_or("(erased)");
                    let so_far = if one.joined { "came in" } else { "invited" };
                    println!("{}  {name}  {so_far}", one.staff);
                }
            });
        }
        Organiser::Remove { organiser } => {
            let staff = listed(&organiser)?;
            let done = door.send(&RemoveOrganiser { staff }).await?;
            print::answer(json, &done, |_| println!("removed"));
        }
        Organiser::Link {
            again: Some(again), ..
        } => {
            let staff = listed(&again)?;
            let answer = door.send(&LinkOrganiser { staff }).await?;
            print::answer(json, &answer, |answer| println!("{}", answer.link));
        }
        Organiser::Link { name, again: None } => {
            init::link(door, name.unwrap_or_default(), json).await?;
        }
    }
    Ok(())
}

fn listed(text: &str) -> Result<StaffId, Error> {
    let wrong = || Error::Input(format!("{text} is no organiser: presso organiser list"));
    text.parse().map_err(|_| wrong())
}
