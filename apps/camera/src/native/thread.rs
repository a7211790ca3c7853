//! The camera's own thread: opens it, puts frame after frame into the slot, and ends with it.

use super::{fault, format, grey, slot::Slot};
use crate::{Device, Error, Frame};
use nokhwa::{
    Camera,
    utils::{CameraIndex, RequestedFormat, RequestedFormatType},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
    time::Duration,
};

/// What a camera may take to its first picture. Some warm up for a second or two.
const WARM_UP: Duration = Duration::from_secs(8);

/// Asks the system's user where the system wants that, once, and waits for the answer.
pub(super) fn may_look() -> Result<(), Error> {
    if nokhwa::nokhwa_check() {
        return Ok(());
    }
    let (answer, answered) = mpsc::channel();
    nokhwa::nokhwa_initialize(move |may| {
        // Fails when nobody waits for the answer any more.
        let _ = answer.send(may);
    });
    match answered.recv_timeout(Duration::from_secs(120)) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Error::Denied),
    }
}

/// Starts a camera; answers with the first picture in the slot.
pub(super) fn start(device: &Device) -> Result<Arc<Slot>, Error> {
    let slot = Arc::new(Slot::default());
    let index = CameraIndex::Index(device.index);
    let thread = std::thread::Builder::new().name("camera".into());
    let filling = Arc::clone(&slot);
    let started = thread.spawn(move || filling.end(film(index, &filling)));
    started.map_err(|problem| Error::Unusable(problem.to_string()))?;
    let waited = slot.wait(WARM_UP);
    if waited.is_err() {
        slot.leave(Duration::ZERO);
    }
    waited.map(|()| slot)
}

/// Runs until nobody looks or the camera ends; answers why. Panics of the driver's binding stay
/// in here: a camera pulled out at the wrong moment makes it panic.
fn film(index: CameraIndex, slot: &Slot) -> Error {
    let opened = contained(|| open(index).map_err(|fault| fault::opening(&fault)));
    let mut camera = match opened {
        Ok(camera) => camera,
        Err(problem) => return problem,
    };
    let why = contained(|| frames(&mut camera, slot));
    // Stopped by hand first: the stream's own drop may panic, and would while the camera is dropped.
    let stopped = contained(|| camera.stop_stream().map_err(|fault| fault::running(&fault)));
    let dropped = contained(move || {
        drop(camera);
        Ok(())
    });
    let result = why.and(stopped).and(dropped);
    // Without a problem it is over because nobody looks: nobody asks why.
    result.err().unwrap_or(Error::Silent)
}

fn open(index: CameraIndex) -> Result<Camera, nokhwa::NokhwaError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, format::READABLE);
    let mut camera = Camera::new(index, any)?;
    let formats = camera.compatible_camera_formats()?;
    if let Some(best) = format::best(&formats)
        && best != camera.camera_format()
    {
        let exact = RequestedFormatType::Exact(best);
        camera.set_camera_requset(RequestedFormat::with_formats(exact, format::READABLE))?;
    }
    camera.open_stream()?;
    Ok(camera)
}

fn frames(camera: &mut Camera, slot: &Slot) -> Result<(), Error> {
    let size = camera.resolution();
    for number in 1.. {
        let bytes = camera.frame_raw().map_err(|fault| fault::running(&fault))?;
        // Right after their start some cameras give half a picture: the next one is whole.
        let Some(luma) = grey::values(&bytes, size.width(), size.height()) else {
            continue;
        };
        let frame = Frame {
            width: size.width(),
            height: size.height(),
            luma,
            number,
        };
        if !slot.put(frame) {
            break;
        }
    }
    Ok(())
}

/// A panic as an error value.
fn contained<T>(act: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        Err(Error::Unusable(text.unwrap_or_default()))
    })
}
