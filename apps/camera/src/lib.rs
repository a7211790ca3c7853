//! The camera of a native window: frames as grey values, and the codes in them.
//!
//! [`devices`] lists the cameras, [`Camera::open`] starts one, [`Camera::look`] waits for its newest
//! frame, [`Frame::read`] finds the code in it. The camera runs on a thread of its own and is
//! stopped by dropping [`Camera`]. Who looks too rarely sees the newest frame, never a backlog.
//!
//! On desktops nokhwa does the work. Where it has no body (Android, iOS) every call answers
//! [`Error::AskThePage`]: the web view's own camera is to be used.

mod choice;
mod error;
mod frame;

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
mod absent;
#[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows"))]
mod native;

#[cfg(not(any(target_os = "linux", target_os = "macos", target_os = "windows")))]
pub use absent::{Camera, devices};
#[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows"))]
pub use native::{Camera, devices};

pub use choice::{Choice, Device};
pub use error::Error;
pub use frame::Frame;
pub use presso_core::scan::Found;
