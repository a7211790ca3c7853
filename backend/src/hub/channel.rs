//! One topic: its last updates, its newest snapshot, and who is to be woken.

use super::stall::Stall;
use axum::extract::ws::Utf8Bytes;
use parking_lot::{Mutex, RwLock};
use presso_core::board::{Topic, Update};
use presso_core::realtime::frame::ServerFrame;
use presso_core::time::Timestamp;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, OnceLock};
use tokio::sync::Notify;

/// How many updates of a shop's topic are kept for those who missed some.
pub(super) const RING: usize = 512;
/// How many of an order's.
pub(super) const ORDER_RING: usize = 16;
/// Who missed more than this many bytes gets a snapshot instead.
const MISSED_BYTES: usize = 64 * 1024;

pub(super) struct Channel {
    topic: Topic,
    ring: usize,
    state: RwLock<State>,
    /// Held while a snapshot is made, so that a crowd of newcomers shares one.
    making: Mutex<()>,
    listeners: Mutex<BTreeMap<u64, Arc<Notify>>>,
}

struct State {
    version: u64,
    steps: VecDeque<Step>,
    snapshot: Option<Snapshot>,
}

struct Step {
    prev: u64,
    version: u64,
    update: Update,
    /// Made when the first listener reads it; most updates of a quiet topic never are.
    frame: OnceLock<Utf8Bytes>,
}

#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) cursor: Cursor,
    pub(super) frame: Utf8Bytes,
}

/// How far a listener has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) version: u64,
    /// When the code shown gives way, which no update tells; none for other topics.
    pub(super) rotates_at: Option<Timestamp>,
}

impl Channel {
    pub(super) fn new(topic: Topic, version: u64, ring: usize) -> Self {
        let state = State {
            version,
            steps: VecDeque::new(),
            snapshot: None,
        };
        Self {
            topic,
            ring,
            state: RwLock::new(state),
            making: Mutex::default(),
            listeners: Mutex::default(),
        }
    }

    /// Takes an update in; nobody is woken yet.
    pub(super) fn push(&self, update: Update) {
        let mut state = self.state.write();
        state.version = update.version;
        let step = Step {
            prev: update.prev,
            version: update.version,
            update,
            frame: OnceLock::new(),
        };
        state.steps.push_back(step);
        while state.steps.len() > self.ring {
            state.steps.pop_front();
        }
    }

    /// Keeps nothing of what was said: who missed some gets a snapshot.
    pub(super) fn forget(&self) {
        let mut state = self.state.write();
        state.steps.clear();
        state.snapshot = None;
    }

    /// Has no updates but a new version: the code.
    pub(super) fn moved_to(&self, version: u64) {
        self.state.write().version = version;
    }

    pub(super) fn ring(&self) {
        for bell in self.listeners.lock().values() {
            bell.notify_one();
        }
    }

    pub(super) fn join(&self, listener: u64, bell: &Arc<Notify>) {
        self.listeners.lock().insert(listener, Arc::clone(bell));
    }

    pub(super) fn leave(&self, listener: u64) {
        self.listeners.lock().remove(&listener);
    }

    /// What someone at `cursor` has missed; moves the cursor.
    pub(super) fn read(
        &self,
        stall: &Stall,
        cursor: &mut Option<Cursor>,
        now: Timestamp,
        into: &mut Vec<Utf8Bytes>,
    ) {
        if matches!(self.topic, Topic::Code(_)) {
            if cursor.is_none_or(|at| self.is_old(at, now)) {
                self.whole(stall, cursor, now, into);
            }
            return;
        }
        let Some(at) = cursor.as_mut() else {
            return self.whole(stall, cursor, now, into);
        };
        if !self.missed(at, into) {
            self.whole(stall, cursor, now, into);
        }
    }

    fn is_old(&self, at: Cursor, now: Timestamp) -> bool {
        at.version < self.state.read().version || at.rotates_at.is_none_or(|end| end <= now)
    }

    /// Reads on from the ring; false when it does not reach back to the cursor, or when the
    /// cursor is not from here at all.
    fn missed(&self, at: &mut Cursor, into: &mut Vec<Utf8Bytes>) -> bool {
        let state = self.state.read();
        let known = state.snapshot.as_ref().map_or(0, |s| s.cursor.version);
        if at.version > state.version {
            // A snapshot may be ahead of the updates by a moment.
            return at.version <= known;
        }
        let first = state.steps.partition_point(|s| s.version <= at.version);
        let Some(step) = state.steps.get(first) else {
            return at.version == state.version;
        };
        if step.prev > at.version {
            return false;
        }
        let (before, mut bytes) = (into.len(), 0);
        for step in state.steps.range(first..) {
            let frame = step.frame();
            bytes += frame.len();
            into.push(frame);
        }
        if bytes > MISSED_BYTES && into.len() > before + 1 {
            into.truncate(before);
            return false;
        }
        at.version = state.version;
        true
    }

    fn whole(
        &self,
        stall: &Stall,
        cursor: &mut Option<Cursor>,
        now: Timestamp,
        into: &mut Vec<Utf8Bytes>,
    ) {
        if let Some(snapshot) = self.snapshot(stall, now) {
            *cursor = Some(snapshot.cursor);
            into.push(snapshot.frame);
        }
    }

    fn kept(&self, now: Timestamp) -> Option<Snapshot> {
        let state = self.state.read();
        let fresh = |s: &&Snapshot| {
            s.cursor.version >= state.version && s.cursor.rotates_at.is_none_or(|end| now < end)
        };
        state.snapshot.as_ref().filter(fresh).cloned()
    }

    fn snapshot(&self, stall: &Stall, now: Timestamp) -> Option<Snapshot> {
        if let Some(kept) = self.kept(now) {
            return Some(kept);
        }
        let _making = self.making.lock();
        if let Some(kept) = self.kept(now) {
            return Some(kept);
        }
        let (version, view, rotates_at) = stall.view(&self.topic, now)?;
        let frame = frame(&ServerFrame::Snapshot {
            topic: self.topic.clone(),
            version,
            view,
        });
        let cursor = Cursor {
            version,
            rotates_at,
        };
        let made = Snapshot { cursor, frame };
        self.state.write().snapshot = Some(made.clone());
        Some(made)
    }
}

impl Step {
    fn frame(&self) -> Utf8Bytes {
        let made = || frame(&ServerFrame::Update(self.update.clone()));
        self.frame.get_or_init(made).clone()
    }
}

fn frame(frame: &ServerFrame) -> Utf8Bytes {
    serde_json::to_string(frame)
        .expect("frames have text keys and no failing serialisers")
        .into()
}
