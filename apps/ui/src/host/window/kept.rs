//! What the page keeps on this device: known as a whole from its beginning, and written through
//! the shell to a file, one change after the other.

use super::ipc::{Args, ask};
use crate::host::NotKept;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static KEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    /// Changes that nobody waits for, on their way to the file.
    static CHANGES: RefCell<VecDeque<(String, Option<String>)>> = const { RefCell::new(VecDeque::new()) };
    static WRITES: Cell<bool> = const { Cell::new(false) };
}

/// What was kept when the page began.
pub(super) fn begin(kept: BTreeMap<String, String>) {
    KEPT.set(kept);
}

pub(in crate::host) fn recall(key: &str) -> Option<String> {
    KEPT.with_borrow(|kept| kept.get(key).cloned())
}

/// Is on disk when this returns.
pub(in crate::host) async fn keep(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    write(key, value).await?;
    note(key, value);
    Ok(())
}

/// The same for what may be lost in a crash: what a screen goes on with, without waiting.
pub(in crate::host) fn remember(key: &str, value: Option<&str>) {
    if recall(key).as_deref() == value {
        return;
    }
    note(key, value);
    let change = (key.to_owned(), value.map(str::to_owned));
    CHANGES.with_borrow_mut(|changes| changes.push_back(change));
    if WRITES.replace(true) {
        return;
    }
    spawn_local(async {
        while let Some((key, value)) = CHANGES.with_borrow_mut(VecDeque::pop_front) {
            // A device that keeps nothing forgets at the end of the app.
            let _ = write(&key, value.as_deref()).await;
        }
        WRITES.set(false);
    });
}

pub(in crate::host) fn remembered(key: &str) -> Option<String> {
    recall(key)
}

pub(in crate::host) fn remembers() -> Vec<String> {
    KEPT.with_borrow(|kept| kept.keys().cloned().collect())
}

fn note(key: &str, value: Option<&str>) {
    KEPT.with_borrow_mut(|kept| match value {
        Some(value) => drop(kept.insert(key.to_owned(), value.to_owned())),
        None => drop(kept.remove(key)),
    });
}

async fn write(key: &str, value: Option<&str>) -> Result<(), NotKept> {
    let args = Args::default().with("key", &key).with("value", &value);
    ask("keep", args).await.map_err(|_| NotKept)
}
