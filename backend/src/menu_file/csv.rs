//! A menu as a table: one row a drink, a group or an option. `docs/operating.md` shows the layout.

use super::{BadFile, Place};
use csv::{ReaderBuilder, StringRecord, Trim, WriterBuilder};
use presso_core::id::BadSlug;
use presso_core::menu::{Choose, Drink, Menu, MenuOption, OptionGroup};
use std::str::FromStr;

/// The columns, in the order in which they are written; read in any order.
const COLUMNS: [&str; 9] = [
    "kind",
    "id",
    "name",
    "icon",
    "available",
    "groups",
    "choose",
    "required",
    "group",
];

/// The menu as a table.
#[must_use]
pub(super) fn write(menu: &Menu) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut row = |cells: [&str; 9]| {
        writer
            .write_record(cells)
            .expect("rows have one length and go to memory");
    };
    row(COLUMNS);
    for d in &menu.drinks {
        let groups: Vec<&str> = d.groups.iter().map(|g| g.as_str()).collect();
        let groups = groups.join(" ");
        row([
            "drink",
            d.id.as_str(),
            &d.name,
            &d.icon,
            yes_no(d.available),
            &groups,
            "",
            "",
            "",
        ]);
    }
    for g in &menu.groups {
        let choose = match g.choose {
            Choose::Single => "single",
            Choose::Multiple => "multiple",
        };
        row([
            "group",
            g.id.as_str(),
            &g.name,
            "",
            "",
            "",
            choose,
            yes_no(g.required),
            "",
        ]);
        for o in &g.options {
            let group = g.id.as_str();
            row([
                "option",
                o.id.as_str(),
                &o.name,
                "",
                yes_no(o.available),
                "",
                "",
                "",
                group,
            ]);
        }
    }
    let bytes = writer.into_inner().expect("memory takes every write");
    String::from_utf8(bytes).expect("cells are text")
}

const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// The menu in a table.
///
/// # Errors
/// [`BadFile`] with the line and column of the first cell that is wrong.
pub(super) fn read(text: &str) -> Result<Menu, BadFile> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text); // spreadsheets put it there
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| broken(&e))?.clone();
    let at = columns(&headers)?;
    let mut menu = Menu::default();
    for record in reader.records() {
        let record = record.map_err(|e| broken(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { record, at, line };
        match row.cell(KIND) {
            "drink" => menu.drinks.push(row.drink()?),
            "group" => menu.groups.push(row.group()?),
            "option" => row.option(&mut menu)?,
            _ => return Err(row.bad(KIND, "is drink, group or option")),
        }
    }
    Ok(menu)
}

const KIND: usize = 0;
const ID: usize = 1;
const NAME: usize = 2;
const ICON: usize = 3;
const AVAILABLE: usize = 4;
const GROUPS: usize = 5;
const CHOOSE: usize = 6;
const REQUIRED: usize = 7;
const GROUP: usize = 8;

/// Where each of [`COLUMNS`] stands in this file.
type Columns = [Option<usize>; 9];

fn columns(headers: &StringRecord) -> Result<Columns, BadFile> {
    let mut at = [None; 9];
    for (i, header) in headers.iter().enumerate() {
        let Some(column) = COLUMNS.iter().position(|c| *c == header) else {
            let rule = format!(
                "there is no column {header:?}; the columns are {}",
                COLUMNS.join(", ")
            );
            return Err(BadFile::at(Place::Line(1), rule));
        };
        at[column] = Some(i);
    }
    for needed in [KIND, ID, NAME] {
        if at[needed].is_none() {
            let rule = format!("the column {:?} is missing", COLUMNS[needed]);
            return Err(BadFile::at(Place::Line(1), rule));
        }
    }
    Ok(at)
}

fn broken(error: &csv::Error) -> BadFile {
    let line = error.position().map_or(1, csv::Position::line);
    let rule = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("has {len} cells where the first line has {expected_len}")
        }
        _ => error.to_string(),
    };
    BadFile::at(Place::Line(line), rule)
}

struct Row {
    record: StringRecord,
    at: Columns,
    line: u64,
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.at[column]
            .and_then(|i| self.record.get(i))
            .unwrap_or_default()
    }
    fn bad(&self, column: usize, rule: impl Into<String>) -> BadFile {
        BadFile::at(Place::Cell(self.line, COLUMNS[column]), rule)
    }
    fn slug<T: FromStr<Err = BadSlug>>(&self, column: usize) -> Result<T, BadFile> {
        self.cell(column)
            .parse()
            .map_err(|e: BadSlug| self.bad(column, e.to_string()))
    }
    fn flag(&self, column: usize, default: bool) -> Result<bool, BadFile> {
        match self.cell(column).to_ascii_lowercase().as_str() {
            "" => Ok(default),
            "yes" | "true" | "1" => Ok(true),
            "no" | "false" | "0" => Ok(false),
            _ => Err(self.bad(column, "is yes or no")),
        }
    }
    /// What stands in a column that this kind of row does not have would be lost.
    fn only(&self, used: &[usize]) -> Result<(), BadFile> {
        let stray = (ICON..COLUMNS.len()).find(|c| !used.contains(c) && !self.cell(*c).is_empty());
        stray.map_or(Ok(()), |c| {
            Err(self.bad(c, format!("stays empty for a {}", self.cell(KIND))))
        })
    }
    fn drink(&self) -> Result<Drink, BadFile> {
        self.only(&[ICON, AVAILABLE, GROUPS])?;
        let groups = self.cell(GROUPS).split_whitespace();
        let groups = groups.map(|g| {
            g.parse()
                .map_err(|e: BadSlug| self.bad(GROUPS, e.to_string()))
        });
        Ok(Drink {
            id: self.slug(ID)?,
            name: self.cell(NAME).into(),
            icon: self.cell(ICON).into(),
            available: self.flag(AVAILABLE, true)?,
            groups: groups.collect::<Result<_, _>>()?,
        })
    }
    fn group(&self) -> Result<OptionGroup, BadFile> {
        self.only(&[CHOOSE, REQUIRED])?;
        let choose = match self.cell(CHOOSE) {
            "" | "single" => Choose::Single,
            "multiple" => Choose::Multiple,
            _ => return Err(self.bad(CHOOSE, "is single or multiple")),
        };
        Ok(OptionGroup {
            id: self.slug(ID)?,
            name: self.cell(NAME).into(),
            choose,
            required: self.flag(REQUIRED, false)?,
            options: vec![],
        })
    }
    fn option(&self, menu: &mut Menu) -> Result<(), BadFile> {
        self.only(&[AVAILABLE, GROUP])?;
        let option = MenuOption {
            id: self.slug(ID)?,
            name: self.cell(NAME).into(),
            available: self.flag(AVAILABLE, true)?,
        };
        let group = menu
            .groups
            .iter_mut()
            .find(|g| g.id.as_str() == self.cell(GROUP));
        let group = group.ok_or_else(|| self.bad(GROUP, "names no group of a line above"))?;
        group.options.push(option);
        Ok(())
    }
}
