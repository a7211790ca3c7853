//! Where nokhwa has no body: use the page's camera.

use crate::{Choice, Device, Error, Frame};
use std::{convert::Infallible, time::Duration};

/// The cameras of this machine.
///
/// # Errors
/// [`Error::AskThePage`], always.
pub fn devices() -> Result<Vec<Device>, Error> {
    Err(Error::AskThePage)
}

/// A running camera: here there never is one.
#[derive(Debug)]
pub struct Camera(Infallible);

impl Camera {
    /// Starts a camera.
    ///
    /// # Errors
    /// [`Error::AskThePage`], always.
    pub fn open(_: &Choice) -> Result<Self, Error> {
        Err(Error::AskThePage)
    }

    /// Which camera it is.
    #[must_use]
    pub fn device(&self) -> &Device {
        match self.0 {}
    }

    /// The newest frame.
    ///
    /// # Errors
    /// None: there is no such camera.
    pub fn look(&self, _: Duration) -> Result<Option<Frame>, Error> {
        match self.0 {}
    }
}
