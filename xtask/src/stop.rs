//! Ctrl-C and SIGTERM, as a question that loops may ask.

use std::sync::{
    Once,
    atomic::{AtomicBool, Ordering},
};

static ASKED: AtomicBool = AtomicBool::new(false);
static LISTENING: Once = Once::new();

/// From now on a Ctrl-C does not kill this process: whoever waits asks [`asked`] and tidies up.
pub(crate) fn listen() {
    LISTENING.call_once(|| {
        let installed = ctrlc::set_handler(|| ASKED.store(true, Ordering::SeqCst));
        installed.expect("no other handler is installed in this program");
    });
}

/// Has somebody asked us to stop?
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
