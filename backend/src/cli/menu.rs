//! `presso menu`: menus in files, TOML or CSV by the file's ending.

use super::door::Door;
use super::{Error, print, shop_id};
use crate::menu_file::Format;
use clap::Subcommand;
use presso_core::api::{GetMenu, PutMenu};
use presso_core::menu::Menu;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(super) enum MenuCommand {
    /// Replaces a shop's menu by the one in a file: presso menu import demo menu.csv
    Import {
        /// Whose
        shop: String,
        /// A .toml or .csv file
        file: PathBuf,
    },
    /// Writes a shop's menu into a file: presso menu export demo menu.csv
    Export {
        /// Whose
        shop: String,
        /// A .toml or .csv file
        file: PathBuf,
    },
}

pub(super) async fn run(door: &Door, command: MenuCommand, json: bool) -> Result<(), Error> {
    let (answer, file) = match command {
        MenuCommand::Import { shop, file } => {
            let (menu, shop) = (read(&file)?, shop_id(&shop)?);
            (door.send(&PutMenu { shop, menu }).await?, file)
        }
        MenuCommand::Export { shop, file } => {
            let format = Format::of(&file).map_err(|bad| Error::file(&file, bad))?;
            let answer = door
                .send(&GetMenu {
                    shop: shop_id(&shop)?,
                })
                .await?;
            std::fs::write(&file, format.write(&answer.menu))
                .map_err(|why| Error::file(&file, why))?;
            (answer, file)
        }
    };
    print::answer(json, &answer, |answer| {
        let (drinks, groups) = (answer.menu.drinks.len(), answer.menu.groups.len());
        println!(
            "{}  {drinks} drinks, {groups} groups of options",
            file.display()
        );
    });
    Ok(())
}

/// The menu in a file.
///
/// # Errors
/// With the file's name and the place in it.
pub(super) fn read(path: &Path) -> Result<Menu, Error> {
    let format = Format::of(path).map_err(|bad| Error::file(path, bad))?;
    let text = std::fs::read_to_string(path).map_err(|why| Error::file(path, why))?;
    format.read(&text).map_err(|bad| Error::file(path, bad))
}
