//! The shell's camera.

use super::ipc::{Args, ask, ask_bytes, tell};
use presso_core::api::Problem;
use presso_core::client::seam::{CameraDevice, Glance};

/// Those that it can open.
pub(crate) async fn devices() -> Result<Vec<CameraDevice>, Problem> {
    ask("cameras", Args::default()).await
}

/// Opens one, in place of what is open.
pub(crate) async fn start(chosen: Option<&str>) -> Result<(), Problem> {
    ask("camera_start", Args::default().with("chosen", &chosen)).await
}

/// Waits for the next picture: what was found in it, and its grey values.
pub(crate) async fn look() -> Result<(Glance, Vec<u8>), Problem> {
    let bytes = ask_bytes("camera_look", Args::default()).await?;
    let unread = || Problem::new(502, "malformed_answer", "no picture");
    let (glance, grey) = Glance::unpack(&bytes).ok_or_else(unread)?;
    Ok((glance, grey.to_vec()))
}

/// Closes it.
pub(crate) fn stop() {
    tell("camera_stop", Args::default());
}
