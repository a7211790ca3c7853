//! The camera by nokhwa. Its calls block without a limit, its camera may not leave its thread, and
//! dropping a stream whose camera is gone may panic: all three stay behind this file.

mod fault;
mod format;
mod grey;
mod slot;
mod thread;

use crate::{Choice, Device, Error, Frame};
use nokhwa::utils::{ApiBackend, CameraIndex};
use slot::Slot;
use std::{sync::Arc, time::Duration};

/// What a running camera takes to be free again, and more.
const A_FEW_PICTURES: Duration = Duration::from_millis(500);

/// The cameras of this machine, in their order. Empty when there is none.
///
/// # Errors
/// [`Error::Denied`] where the system asks its user first and was told no.
pub fn devices() -> Result<Vec<Device>, Error> {
    thread::may_look()?;
    let found = nokhwa::query(ApiBackend::Auto).map_err(|fault| fault::opening(&fault))?;
    let mut devices: Vec<Device> = found
        .iter()
        .filter_map(|info| {
            let CameraIndex::Index(index) = *info.index() else {
                return None;
            };
            takes_pictures(index).then(|| Device {
                index,
                name: info.human_name(),
            })
        })
        .collect();
    devices.sort_by_key(|device| device.index);
    Ok(devices)
}

/// Linux shows a camera as several devices, of which the first has the pictures and the others what
/// is known about them. Elsewhere, and where the system does not say, each is one.
fn takes_pictures(index: u32) -> bool {
    let place = format!("/sys/class/video4linux/video{index}/index");
    std::fs::read_to_string(place).map_or(true, |text| text.trim() == "0")
}

/// A running camera; dropping it stops it.
#[derive(Debug)]
pub struct Camera {
    device: Device,
    slot: Arc<Slot>,
}

impl Camera {
    /// Starts one, and answers when it has given its first picture.
    ///
    /// # Errors
    /// Of those that were meant, the first one's: [`Error::NoCamera`] when there is none.
    pub fn open(choice: &Choice) -> Result<Self, Error> {
        let mut first = None;
        for device in choice.among(devices()?) {
            match thread::start(&device) {
                Ok(slot) => return Ok(Self { device, slot }),
                Err(problem) => first = first.or(Some(problem)),
            }
        }
        Err(first.unwrap_or(Error::NoCamera))
    }

    /// Which camera it is.
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The newest frame that was not looked at yet; waits for one, at most so long. None when
    /// none came in that time.
    ///
    /// # Errors
    /// [`Error::PulledOut`], or what else ended it; from then on always the same.
    pub fn look(&self, patience: Duration) -> Result<Option<Frame>, Error> {
        self.slot.take(patience)
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        // The thread sees it after the next picture, and who opens the camera again right away is
        // not to find it busy. One that has fallen silent would be waited for in vain.
        self.slot.leave(A_FEW_PICTURES);
    }
}
