//! Menus in files: TOML or CSV. What is wrong in one is told by its place.

mod csv;
#[cfg(test)]
mod tests;

use presso_core::menu::Menu;
use std::fmt;
use std::path::Path;

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
    pub fn of(path: &Path) -> Result<Self, BadFile> {
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
