//! How many sockets there is room for. A server that ran out of file descriptors could take on
//! nobody at all, so sockets leave room for requests, and guests' sockets leave room for staff's.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Of a hundred file descriptors, so many may be sockets.
const ALL: u64 = 80;
/// Of a hundred file descriptors, so many may be sockets without a session.
const ANONYMOUS: u64 = 60;
/// Where the system names no limit.
const UNLIMITED: u64 = 1 << 20;

/// Room for sockets.
#[derive(Clone)]
pub(crate) struct Room {
    all: Arc<Semaphore>,
    anonymous: Arc<Semaphore>,
}

/// A place in it; given back when dropped.
pub(crate) type Place = OwnedSemaphorePermit;

impl Room {
    /// Where so many files may be open.
    pub(crate) fn within(descriptors: u64) -> Self {
        let share = |percent| {
            let places = descriptors.min(UNLIMITED) * percent / 100;
            let places = usize::try_from(places).unwrap_or(Semaphore::MAX_PERMITS);
            Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)))
        };
        Self {
            all: share(ALL),
            anonymous: share(ANONYMOUS),
        }
    }
    /// A place for a socket; none when it is full.
    pub(crate) fn enter(&self) -> Option<Place> {
        Arc::clone(&self.all).try_acquire_owned().ok()
    }
    /// The place that a socket without a session needs beside; none when there are too many such.
    pub(crate) fn stay_anonymous(&self) -> Option<Place> {
        Arc::clone(&self.anonymous).try_acquire_owned().ok()
    }
}

/// How many files this process may have open.
pub(crate) fn descriptors() -> u64 {
    #[cfg(unix)]
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(unix))]
    let limit = None;
    limit.unwrap_or(UNLIMITED)
}

/// Raises that number as far as the process may by itself: the usual 1024 is a habit of old.
pub(crate) fn raise_descriptors() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        if limit.current == limit.maximum {
            return;
        }
        limit.current = limit.maximum;
        if let Err(error) = setrlimit(Resource::Nofile, limit) {
            tracing::warn!(%error, "the number of open files cannot be raised");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_leave_room_for_requests_and_anonymous_ones_for_the_others() {
        let room = Room::within(10);
        let inside: Vec<_> = std::iter::from_fn(|| room.enter()).collect();
        let anonymous: Vec<_> = std::iter::from_fn(|| room.stay_anonymous()).collect();
        assert_eq!((inside.len(), anonymous.len()), (8, 6));
        drop((inside, anonymous));
        assert!(room.enter().is_some() && room.stay_anonymous().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn as_many_files_may_be_open_as_the_system_allows() {
        use rustix::process::{Resource, getrlimit};
        raise_descriptors();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
        assert_eq!(descriptors(), limit.maximum.unwrap_or(UNLIMITED));
    }
}
