//! Cleaning the files of what was erased. A row that is gone may still be read in the log, in pages
//! that nobody uses any more, and where a page was split: so the database is written anew, the log
//! emptied, and then every byte of both is looked at.

use crate::journal::Error;
use aho_corasick::AhoCorasick;
use parking_lot::Mutex;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is shorter meets other text by chance, and cannot be looked for, bytes.
const SHORTEST: usize = 6;

/// Cleans one database; cheap to clone.
#[derive(Clone)]
pub struct Scrubber {
    path: PathBuf,
    /// Held, so that commits wait instead of failing.
    gate: Arc<Mutex<()>>,
    failed: Arc<Mutex<Option<Error>>>,
}

/// What was looked for, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scrubbed {
    /// How many values were looked for.
    pub searched: usize,
    /// How many were too short to be told from other text.
    pub too_short: usize,
    /// How many bytes were read.
    pub bytes: u64,
    /// Values that are in the files and in no row: should be none.
    pub left: usize,
    /// Values that rows have which stay: how many, of which table. Somebody of the same name at
    /// another shop, or a drink that is called so.
    pub elsewhere: Vec<(String, usize)>,
}

impl Scrubber {
    pub(super) fn new(
        path: &Path,
        gate: Arc<Mutex<()>>,
        failed: Arc<Mutex<Option<Error>>>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            gate,
            failed,
        }
    }

    /// Writes the database anew, empties its log, and looks for these values in both. Takes as
    /// long as copying the database takes, during which commits wait; blocks.
    ///
    /// # Errors
    /// [`Error`]; then nothing is said about what is left.
    pub fn scrub(&self, values: &[Vec<u8>]) -> Result<Scrubbed, Error> {
        let db = self.rewrite()?;
        let long: Vec<&[u8]> = values
            .iter()
            .map(Vec::as_slice)
            .filter(|value| value.len() >= SHORTEST)
            .collect();
        let mut scrubbed = Scrubbed {
            searched: long.len(),
            too_short: values.len() - long.len(),
            ..Scrubbed::default()
        };
        let found = self.search(&long, &mut scrubbed.bytes)?;
        for value in found {
            let tables = holders(&db, long[value])?;
            scrubbed.left += usize::from(tables.is_empty());
            for table in tables {
                match scrubbed
                    .elsewhere
                    .iter_mut()
                    .find(|(name, _)| *name == table)
                {
                    Some((_, count)) => *count += 1,
                    None => scrubbed.elsewhere.push((table, 1)),
                }
            }
        }
        Ok(scrubbed)
    }

    /// Moves the log into the database and empties it: what was deleted is in neither, apart from
    /// where a page was split. Quick; blocks.
    ///
    /// # Errors
    /// [`Error`].
    pub fn empty_log(&self) -> Result<(), Error> {
        self.noted(self.open("")).map(drop)
    }

    fn rewrite(&self) -> Result<Connection, Error> {
        // A copy of all of it does not belong into memory.
        self.noted(self.open("PRAGMA temp_store = FILE; VACUUM;"))
    }

    /// A connection that has done this, and emptied the log.
    fn open(&self, first: &str) -> Result<Connection, Error> {
        let _held = self.gate.lock();
        let db = Connection::open(&self.path)?;
        super::schema::configure_writer(&db)?;
        db.execute_batch(first)?;
        let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(Error::Overloaded); // somebody reads, and has for seconds
        }
        Ok(db)
    }

    /// Nobody may sync again after a sync failed: the writer hears of it with its next commit.
    fn noted<T>(&self, done: Result<T, Error>) -> Result<T, Error> {
        done.inspect_err(|error| {
            if let Error::SyncFailed(why) = error {
                *self.failed.lock() = Some(Error::SyncFailed(why.clone()));
            }
        })
    }

    /// Which of the values stand in the files. Where one is a part of another, the shorter may be
    /// found alone: something is found either way.
    fn search(&self, values: &[&[u8]], bytes: &mut u64) -> Result<BTreeSet<usize>, Error> {
        let mut found = BTreeSet::new();
        let forms = values.iter().flat_map(|value| forms(value));
        let automaton = AhoCorasick::new(forms).map_err(|why| self.unread(&why.to_string()))?;
        for path in [self.path.clone(), beside(&self.path, "-wal")] {
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => continue,
                Err(why) => return Err(super::file_error(&path, why)),
            };
            *bytes += file.metadata().map_or(0, |facts| facts.len());
            for hit in automaton.stream_find_iter(BufReader::new(file)) {
                let hit = hit.map_err(|why| super::file_error(&path, why))?;
                found.insert(hit.pattern().as_usize() / 2);
            }
        }
        Ok(found)
    }

    fn unread(&self, why: &str) -> Error {
        super::file_error(&self.path, std::io::Error::other(why))
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// As it is, and as JSON has it, where a quote has another form.
fn forms(value: &[u8]) -> [Vec<u8>; 2] {
    let quoted = std::str::from_utf8(value)
        .ok()
        .and_then(|text| serde_json::to_string(text).ok());
    let escaped = quoted.map(|text| text.as_bytes()[1..text.len() - 1].to_vec());
    [value.to_vec(), escaped.unwrap_or_else(|| value.to_vec())]
}

/// The tables with a row that holds this value.
fn holders(db: &Connection, value: &[u8]) -> Result<Vec<String>, Error> {
    let sql = "SELECT tables.name, columns.name FROM sqlite_schema AS tables,
                 pragma_table_xinfo(tables.name) AS columns
               WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'";
    let mut statement = db.prepare(sql)?;
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let columns: Vec<(String, String)> = columns.collect::<Result<_, _>>()?;
    let mut holders: Vec<String> = Vec::new();
    for (table, column) in columns {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM \"{table}\"
               WHERE instr(CAST(\"{column}\" AS BLOB), ?1) OR instr(CAST(\"{column}\" AS BLOB), ?2))"
        );
        let holds: bool = db.query_row(&sql, forms(value), |row| row.get(0))?;
        if holds && !holders.contains(&table) {
            holders.push(table);
        }
    }
    Ok(holders)
}

#[cfg(test)]
mod tests {
    use crate::journal::{Batch, Journal, SqliteJournal, Write};
    use rusqlite::Connection;

    async fn write(journal: &mut SqliteJournal, sql: &'static str) {
        let write = Write::new(move |db: &Connection| db.execute_batch(sql));
        let batch = Batch {
            writes: vec![write],
            ..Batch::default()
        };
        let (_, done) = journal.commit(batch).await;
        done.unwrap().remove(0).unwrap();
    }

    #[tokio::test]
    async fn what_was_erased_is_in_no_file_any_more_and_what_others_have_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, reader) = SqliteJournal::open(folder.path()).unwrap();
        let names =
            "INSERT INTO names VALUES (x'01', 'Adelheid'), (x'02', 'Bo'), (x'03', 'Bartholomew')";
        write(&mut journal, names).await;
        let all = || {
            let files = std::fs::read_dir(folder.path()).unwrap();
            let read = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
            read.flatten().collect::<Vec<u8>>()
        };
        let is_there = |name: &[u8]| all().windows(name.len()).any(|bytes| bytes == name);
        write(&mut journal, "DELETE FROM names WHERE order_id < x'03'").await;
        assert!(is_there(b"Adelheid"), "the log still has it");
        // In JSON, as answers have it.
        let answer =
            r#"INSERT INTO idempotency VALUES (1, x'00', CAST('{"name":"Ed \"Duke\""}' AS BLOB))"#;
        write(&mut journal, answer).await;
        let erased = ["Adelheid", "Bo", "Bartholomew", "Ed \"Duke\""];
        let erased = erased.map(|name| name.as_bytes().to_vec());
        let scrubbed = reader.scrubber().scrub(&erased).unwrap();
        assert!(!is_there(b"Adelheid") && is_there(b"Bartholomew"));
        assert_eq!((scrubbed.searched, scrubbed.too_short), (3, 1));
        assert_eq!(scrubbed.left, 0);
        let elsewhere = ["names", "idempotency"].map(|table| (table.to_owned(), 1));
        assert_eq!(scrubbed.elsewhere, elsewhere);
        assert!(scrubbed.bytes > 0);
        // Writing goes on.
        write(&mut journal, "INSERT INTO names VALUES (x'04', 'Cy')").await;
    }

    #[tokio::test]
    async fn a_value_that_the_files_still_have_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, reader) = SqliteJournal::open(folder.path()).unwrap();
        write(&mut journal, "INSERT INTO names VALUES (x'01', 'Adelheid')").await;
        // Where no column has it: in the schema.
        write(&mut journal, "CREATE VIEW Bartholomew AS SELECT 1").await;
        let erased = [b"Bartholomew".to_vec()];
        assert_eq!(reader.scrubber().scrub(&erased).unwrap().left, 1);
    }
}
