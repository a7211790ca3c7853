//! A task that is polled by hand, when somebody has woken it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Dropping it is how the process that it is part of dies: at whichever await it stands.
pub(crate) struct Task<T> {
    future: Pin<Box<dyn Future<Output = T>>>,
    flag: Arc<Flag>,
    waker: Waker,
}

impl<T> Task<T> {
    pub(crate) fn new(future: impl Future<Output = T> + 'static) -> Self {
        let flag = Arc::new(Flag(AtomicBool::new(true)));
        Self {
            future: Box::pin(future),
            waker: Waker::from(Arc::clone(&flag)),
            flag,
        }
    }
    /// None where nobody has woken it.
    pub(crate) fn poll(&mut self) -> Option<Poll<T>> {
        if !self.flag.0.swap(false, Ordering::Relaxed) {
            return None;
        }
        let mut context = Context::from_waker(&self.waker);
        Some(self.future.as_mut().poll(&mut context))
    }
}
