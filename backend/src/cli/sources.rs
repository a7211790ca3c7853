//! `presso sources`: who else may put events on a shop's bus.

use super::door::Door;
use super::{Error, print, shop_id};
use clap::Subcommand;
use presso_core::api::{AddSource, AddSourceBody, ListSources, RemoveSource};

/// Outside sources of a shop's events.
#[derive(Subcommand)]
pub(super) enum Sources {
    /// Lets one more put events, and prints its key: presso sources add demo waiting.times
    Add {
        /// Where
        shop: String,
        /// The `source` of its events
        source: String,
    },
    /// Lists them
    List {
        /// Where
        shop: String,
    },
    /// Takes a key away
    Remove {
        /// Where
        shop: String,
        /// Whose
        source: String,
    },
}

pub(super) async fn run(door: &Door, command: Sources, json: bool) -> Result<(), Error> {
    match command {
        Sources::Add { shop, source } => {
            let shop = shop_id(&shop)?;
            let body = AddSourceBody { source };
            let added = door.send(&AddSource { shop, body }).await?;
            print::answer(json, &added, |added| {
                println!(
                    "{}\nthis is told once: keep it where events are put from",
                    added.key
                );
            });
        }
        Sources::List { shop } => {
            let shop = shop_id(&shop)?;
            let found = door.send(&ListSources { shop }).await?;
            print::answer(json, &found, |found| {
                for source in &found.sources {
                    println!("{}", source.source);
                }
            });
        }
        Sources::Remove { shop, source } => {
            let shop = shop_id(&shop)?;
            let done = door.send(&RemoveSource { shop, source }).await?;
            print::answer(json, &done, |_| println!("removed"));
        }
    }
    Ok(())
}
