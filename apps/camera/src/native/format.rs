//! Which of a camera's formats to ask for.

use nokhwa::utils::{CameraFormat, FrameFormat};

/// Formats whose grey values can be taken as they are, or nearly so. JPEG is none: unpacking one
/// takes longer than reading the code in it, and every camera has one of these as well.
pub(super) const READABLE: &[FrameFormat] =
    &[FrameFormat::YUYV, FrameFormat::NV12, FrameFormat::GRAY];

/// What a code is read in best: more is slower to read, less too coarse from afar.
const WANTED: (u32, u32) = (1280, 720);
/// Below this a hand shakes more than the camera sees, pictures a second.
const FLUID: u32 = 15;

/// The best of them: fluid before sharp, then near to the wanted size.
pub(super) fn best(formats: &[CameraFormat]) -> Option<CameraFormat> {
    let readable = formats.iter().filter(|f| READABLE.contains(&f.format()));
    readable.copied().min_by_key(|format| {
        let away = format.width().abs_diff(WANTED.0) + format.height().abs_diff(WANTED.1);
        let kind = READABLE.iter().position(|kind| *kind == format.format());
        let slow = FLUID.saturating_sub(format.frame_rate());
        (slow, away, kind, u32::MAX - format.frame_rate())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nokhwa::utils::Resolution;

    fn format(width: u32, height: u32, kind: FrameFormat, rate: u32) -> CameraFormat {
        CameraFormat::new(Resolution::new(width, height), kind, rate)
    }

    #[test]
    fn a_fluid_picture_goes_before_a_sharp_one() {
        let vga = format(640, 480, FrameFormat::YUYV, 30);
        let hd_slow = format(1280, 720, FrameFormat::YUYV, 10);
        let hd_jpeg = format(1280, 720, FrameFormat::MJPEG, 30);
        assert_eq!(best(&[hd_slow, vga, hd_jpeg]), Some(vga));
        let hd = format(1280, 720, FrameFormat::NV12, 30);
        assert_eq!(best(&[hd_slow, vga, hd]), Some(hd));
        assert_eq!(best(&[hd_jpeg]), None);
    }
}
