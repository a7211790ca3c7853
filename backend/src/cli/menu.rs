//! `presso menu`: menus in files, TOML or CSV by the file's ending.

mod csv;
#[cfg(test)]
mod tests;

use super::door::Door;
use super::{Error, print, shop_id};
use clap::Subcommand;
use presso_core::api::{GetMenu, PutMenu};
use presso_core::menu::Menu;
use std::fmt;
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

/// How a menu stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table, for spreadsheets.
    Csv,
    /// As the API has it.
    Toml,
}

/// A file that is no menu: where, and which rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {rule}")]
pub struct BadFile {
    /// Where.
    pub place: Place,
    /// What is wrong there.
    pub rule: String,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// A line and its column's name.
    Cell(u64, &'static str),
    /// A line and a character of it, both from 1.
    Letter(usize, usize),
    /// A field by its path.
    Field(String),
    /// The file's name.
    Name,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Cell(line, column) => write!(f, "line {line}, column {column}"),
            Self::Letter(line, letter) => write!(f, "line {line}, character {letter}"),
            Self::Field(path) => f.write_str(path),
            Self::Name => f.write_str("the file's name"),
        }
    }
}

impl BadFile {
    fn at(place: Place, rule: impl Into<String>) -> Self {
        Self {
            place,
            rule: rule.into(),
        }
    }
}

impl Format {
    /// By the file's ending.
    ///
    /// # Errors
    /// [`BadFile`] for any other ending.
    pub(super) fn of(path: &Path) -> Result<Self, BadFile> {
        match path.extension().and_then(|e| e.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("toml") => Ok(Self::Toml),
            _ => Err(BadFile::at(Place::Name, "ends with .csv or .toml")),
        }
    }
    /// The menu in such a file, valid.
    ///
    /// # Errors
    /// [`BadFile`], with the first thing that is wrong.
    pub fn read(self, text: &str) -> Result<Menu, BadFile> {
        let menu = match self {
            Self::Csv => csv::read(text)?,
            Self::Toml => toml::from_str(text).map_err(|e| bad_toml(text, &e))?,
        };
        menu.validate()
            .map_err(|bad| BadFile::at(Place::Field(bad.field), bad.rule))?;
        Ok(menu)
    }
    /// The menu as such a file.
    #[must_use]
    pub fn write(self, menu: &Menu) -> String {
        match self {
            Self::Csv => csv::write(menu),
            Self::Toml => toml::to_string(menu).expect("a menu has text keys and known types"),
        }
    }
}

fn bad_toml(text: &str, error: &toml::de::Error) -> BadFile {
    let place = error.span().map_or(Place::Line(1), |span| {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let letter = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        Place::Letter(line, letter)
    });
    BadFile::at(place, error.message().trim().to_owned())
}
