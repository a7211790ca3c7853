//! The outbox as text, to be kept over a restart, and back. What cannot be read is given up, never
//! the rest with it.

use super::{MOST_NOTES, MOST_TAPS, Note, Outbox, Phase, Tap};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form of the text; another form is not read.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    form: u32,
    taps: Vec<&'a Tap>,
    notes: Vec<&'a Note>,
}

#[derive(Deserialize)]
struct Read {
    form: u32,
    #[serde(default)]
    taps: Vec<Value>,
    #[serde(default)]
    notes: Vec<Value>,
}

impl Outbox {
    /// As text; none when there is nothing to keep.
    #[must_use]
    pub fn written(&self) -> Option<String> {
        let done = |tap: &&Tap| !matches!(tap.phase, Phase::Done(_));
        let written = Written {
            form: FORM,
            taps: self.taps.iter().filter(done).collect(),
            notes: self.notes.iter().filter(|note| note.lasting).collect(),
        };
        if written.taps.is_empty() && written.notes.is_empty() {
            return None;
        }
        serde_json::to_string(&written).ok()
    }
    /// Takes in what was kept, before what was tapped since the start. Part of it that cannot be
    /// read is left out, and [`Outbox::damaged`] says so.
    pub fn restore(&mut self, text: &str) {
        let read = serde_json::from_str::<Read>(text);
        let Some(read) = read.ok().filter(|read| read.form == FORM) else {
            self.damaged = true;
            return;
        };
        let (taps, whole) = salvage::<Tap>(read.taps, MOST_TAPS);
        let (notes, also_whole) = salvage::<Note>(read.notes, MOST_NOTES);
        self.damaged |= !(whole && also_whole);
        let known = |key| self.taps.iter().any(|tap| tap.key == key);
        let taps: Vec<Tap> = taps.into_iter().filter(|tap| !known(tap.key)).collect();
        self.taps.splice(0..0, taps);
        self.notes.splice(0..0, notes);
    }
}

/// Those that can be read, and whether that was all.
fn salvage<T: for<'a> Deserialize<'a>>(values: Vec<Value>, most: usize) -> (Vec<T>, bool) {
    let all = values.len();
    let readable = values
        .into_iter()
        .filter_map(|v| serde_json::from_value(v).ok());
    let read: Vec<T> = readable.take(most).collect();
    let whole = read.len() == all;
    (read, whole)
}
