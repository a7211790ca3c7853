//! The camera for the page: opened and closed when it says so, looked at when it asks. Where this
//! system has none for programs the answer is `ask_the_page`, and the page uses its own.

use crate::shell::held;
use presso_camera::{Camera, Choice, Error, Frame};
use presso_core::api::Problem;
use presso_core::client::seam::{CameraDevice, Glance};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::spawn_blocking;

/// The picture that is shown is not wider than this, pixels.
const WIDEST: u32 = 480;
/// Longer than any camera takes from one picture to the next.
const PATIENCE: Duration = Duration::from_secs(3);

/// The camera that is open; none most of the time.
#[derive(Default)]
pub(crate) struct Eye {
    open: Mutex<Option<Arc<Camera>>>,
}

impl Eye {
    /// Those that can be opened.
    pub(crate) async fn devices() -> Result<Vec<CameraDevice>, Problem> {
        let devices = blocking(presso_camera::devices).await?;
        let device = |device: presso_camera::Device| CameraDevice {
            id: device.index.to_string(),
            name: device.name,
        };
        Ok(devices.into_iter().map(device).collect())
    }

    /// Opens one in place of what is open; the first that works when none was chosen.
    pub(crate) async fn start(&self, chosen: Option<String>) -> Result<(), Problem> {
        let choice = match chosen.map(|id| id.parse()) {
            None => Choice::Any,
            Some(Ok(index)) => Choice::Index(index),
            Some(Err(_)) => return Err(problem(Error::NoCamera)),
        };
        self.stop().await;
        let camera = blocking(move || Camera::open(&choice)).await?;
        *held(&self.open) = Some(Arc::new(camera));
        Ok(())
    }

    /// Waits for the next picture, and looks for a code in it.
    pub(crate) async fn look(&self) -> Result<Vec<u8>, Problem> {
        let camera = held(&self.open).clone();
        let camera = camera.ok_or_else(|| problem(Error::NoCamera))?;
        blocking(move || {
            let frame = camera.look(PATIENCE)?.ok_or(Error::Silent)?;
            let (shown, grey) = shrunk(&frame);
            Ok(Glance::new((frame.width, frame.height), shown, frame.read()).pack(&grey))
        })
        .await
    }

    /// Closes it.
    pub(crate) async fn stop(&self) {
        let camera = held(&self.open).take();
        // Closing waits for the camera's thread; a panic there leaves nothing open.
        let _ = spawn_blocking(move || drop(camera)).await;
    }
}

/// Every n-th pixel of every n-th row.
fn shrunk(frame: &Frame) -> ((u32, u32), Vec<u8>) {
    let step = frame.width.div_ceil(WIDEST).max(1);
    let (width, height) = (frame.width / step, frame.height / step);
    let mut grey = Vec::with_capacity((width * height) as usize);
    for row in 0..height {
        let start = (row * step * frame.width) as usize;
        let pixels = frame.luma[start..].iter().step_by(step as usize);
        grey.extend(pixels.take(width as usize));
    }
    ((width, height), grey)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Problem> {
    let done = spawn_blocking(work).await;
    let failed = |panic: tokio::task::JoinError| Error::Unusable(panic.to_string());
    done.map_err(failed).and_then(|done| done).map_err(problem)
}

fn problem(error: Error) -> Problem {
    if let Error::Unusable(why) = &error {
        tracing::warn!(why, "the camera cannot be used");
    }
    let status = match error {
        Error::Denied => 403,
        Error::NoCamera | Error::PulledOut | Error::AskThePage => 404,
        Error::Busy | Error::Silent | Error::Unusable(_) => 409,
    };
    Problem::new(status, error.code(), error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_picture_is_shown_smaller_and_a_small_one_as_it_is() {
        let frame = |width: u32, height: u32| Frame {
            width,
            height,
            luma: (0..width * height).map(|n| (n % 251) as u8).collect(),
            number: 1,
        };
        let (size, grey) = shrunk(&frame(1280, 720));
        assert_eq!((size, grey.len()), ((426, 240), 426 * 240));
        assert_eq!(grey[1], 3, "every third pixel");
        let small = frame(320, 240);
        assert_eq!(shrunk(&small), ((320, 240), small.luma.clone()));
    }

    #[tokio::test]
    async fn who_looks_before_opening_is_told_that_there_is_no_camera() {
        let eye = Eye::default();
        let refused = eye.look().await.expect_err("nothing is open");
        assert_eq!(refused.code, "no_camera");
        let refused = eye.start(Some("inside".into())).await;
        assert_eq!(refused.expect_err("no number").code, "no_camera");
        eye.stop().await;
    }
}
