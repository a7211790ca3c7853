//! What nokhwa says went wrong, which is text around a number of the system's, as our errors.

use crate::Error;
use nokhwa::NokhwaError;

/// The system's numbers on Linux and macOS (`errno`), as Rust spells them at the end of a text.
const NOT_ALLOWED: &[u32] = &[1, 13];
const BUSY: &[u32] = &[16];
const GONE: &[u32] = &[2, 6, 19];
/// Windows' names for the same: access denied, sharing violation, the device is no more.
const WINDOWS_NOT_ALLOWED: &str = "0x80070005";
const WINDOWS_BUSY: &[&str] = &["0x80070020", "0xC00D3704", "0xC00D3EA3"];
const WINDOWS_GONE: &str = "0xC00D3EA2";

/// It could not be started.
pub(super) fn opening(fault: &NokhwaError) -> Error {
    told(&fault.to_string(), Error::NoCamera)
}

/// It ran, and failed.
pub(super) fn running(fault: &NokhwaError) -> Error {
    told(&fault.to_string(), Error::PulledOut)
}

fn told(text: &str, gone: Error) -> Error {
    let number = text
        .rsplit_once("(os error ")
        .and_then(|(_, after)| after.split(')').next()?.parse::<u32>().ok());
    let is = |numbers: &[u32]| number.is_some_and(|number| numbers.contains(&number));
    if is(NOT_ALLOWED) || text.contains(WINDOWS_NOT_ALLOWED) {
        Error::Denied
    } else if is(BUSY) || WINDOWS_BUSY.iter().any(|code| text.contains(code)) {
        Error::Busy
    } else if is(GONE) || text.contains(WINDOWS_GONE) {
        gone
    } else {
        Error::Unusable(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(os_error: u32) -> Error {
        let text = format!("V4L2 Error: no (os error {os_error})");
        opening(&NokhwaError::OpenDeviceError("0".into(), text))
    }

    #[test]
    fn refused_busy_and_absent_cameras_are_told_apart() {
        assert_eq!(opened(13), Error::Denied);
        assert_eq!(opened(16), Error::Busy);
        assert_eq!(opened(2), Error::NoCamera);
        assert!(matches!(opened(5), Error::Unusable(_)));
    }

    #[test]
    fn a_camera_that_vanishes_while_it_runs_was_pulled_out() {
        let fault = NokhwaError::ReadFrameError("No such device (os error 19)".into());
        assert_eq!(running(&fault), Error::PulledOut);
        let fault = NokhwaError::ReadFrameError("hresult 0xC00D3EA2".into());
        assert_eq!(running(&fault), Error::PulledOut);
    }
}
