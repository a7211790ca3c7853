//! Between the camera's thread and who looks: room for one frame, the newest.

use crate::{Error, Frame};
use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Room for one frame.
#[derive(Debug, Default)]
pub(super) struct Slot {
    inside: Mutex<Inside>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Inside {
    newest: Option<Frame>,
    /// Why no more will come.
    ended: Option<Error>,
    /// Nobody looks any more.
    left: bool,
}

impl Slot {
    /// A new frame takes the place of the one before. False when nobody looks any more.
    pub(super) fn put(&self, frame: Frame) -> bool {
        let mut inside = self.lock();
        inside.newest = Some(frame);
        self.changed.notify_all();
        !inside.left
    }

    /// No more will come.
    pub(super) fn end(&self, why: Error) {
        self.lock().ended = Some(why);
        self.changed.notify_all();
    }

    /// Nobody will look again. Waits for the camera to be free, at most so long.
    pub(super) fn leave(&self, patience: Duration) {
        let mut inside = self.lock();
        inside.left = true;
        let runs = |inside: &mut Inside| inside.ended.is_none();
        // One that is still not free has fallen silent: opening it again will tell.
        drop(self.changed.wait_timeout_while(inside, patience, runs));
    }

    /// Waits for a frame; the last one is handed out before the end is told.
    pub(super) fn take(&self, patience: Duration) -> Result<Option<Frame>, Error> {
        let nothing = |inside: &mut Inside| inside.newest.is_none() && inside.ended.is_none();
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), patience, nothing);
        let (mut inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match (inside.newest.take(), &inside.ended) {
            (Some(frame), _) => Ok(Some(frame)),
            (None, Some(why)) => Err(why.clone()),
            (None, None) => Ok(None),
        }
    }

    /// Waits until there is a frame, and leaves it there.
    pub(super) fn wait(&self, patience: Duration) -> Result<(), Error> {
        let nothing = |inside: &mut Inside| inside.newest.is_none() && inside.ended.is_none();
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), patience, nothing);
        let (inside, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match (&inside.newest, &inside.ended) {
            (Some(_), _) => Ok(()),
            (None, Some(why)) => Err(why.clone()),
            (None, None) => Err(Error::Silent),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        // Nothing in here is left half done by a panic.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(number: u64) -> Frame {
        Frame {
            width: 1,
            height: 1,
            luma: vec![0],
            number,
        }
    }

    #[test]
    fn who_looks_late_sees_the_newest_frame_once() {
        let slot = Slot::default();
        assert!(slot.put(frame(1)) && slot.put(frame(2)));
        assert_eq!(slot.take(Duration::ZERO), Ok(Some(frame(2))));
        assert_eq!(slot.take(Duration::ZERO), Ok(None));
        slot.leave(Duration::ZERO);
        assert!(!slot.put(frame(3)), "the thread is told to end");
    }

    #[test]
    fn the_end_is_told_after_the_last_frame_and_stays() {
        let slot = Slot::default();
        assert_eq!(slot.wait(Duration::ZERO), Err(Error::Silent));
        slot.put(frame(1));
        slot.end(Error::PulledOut);
        assert_eq!(slot.wait(Duration::ZERO), Ok(()));
        assert_eq!(slot.take(Duration::ZERO), Ok(Some(frame(1))));
        for _ in 0..2 {
            assert_eq!(slot.take(Duration::ZERO), Err(Error::PulledOut));
        }
    }

    #[test]
    fn who_waits_is_woken_by_a_frame_from_another_thread() {
        let slot = std::sync::Arc::new(Slot::default());
        let other = std::sync::Arc::clone(&slot);
        let putting = std::thread::spawn(move || other.put(frame(1)));
        assert_eq!(slot.take(Duration::from_secs(30)), Ok(Some(frame(1))));
        assert_eq!(putting.join().ok(), Some(true));
    }
}
