//! A camera's bytes as grey values.

/// Bright and dark of `width` × `height` pixels; none when the bytes are no such picture.
///
/// By length, not by the name of the format: macOS calls planar pictures packed. In a planar one
/// (NV12) the grey values come first; in a packed one (YUYV) every second byte is one; a grey one
/// is taken as it is.
pub(super) fn values(bytes: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let pixels = usize::try_from(u64::from(width) * u64::from(height)).ok()?;
    if pixels == 0 || bytes.len() < pixels {
        return None;
    }
    if bytes.len() < pixels * 2 {
        return Some(bytes[..pixels].to_vec());
    }
    let packed = bytes[..pixels * 2].chunks_exact(2);
    Some(packed.map(|pair| pair[0]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_byte_of_a_packed_picture_is_grey() {
        assert_eq!(
            values(&[1, 99, 2, 98, 3, 97, 4, 96], 2, 2),
            Some(vec![1, 2, 3, 4])
        );
    }

    #[test]
    fn a_planar_picture_begins_with_its_grey_values() {
        assert_eq!(values(&[1, 2, 3, 4, 99, 98], 2, 2), Some(vec![1, 2, 3, 4]));
        assert_eq!(values(&[1, 2, 3, 4], 2, 2), Some(vec![1, 2, 3, 4]));
    }

    #[test]
    fn half_a_picture_is_none() {
        assert_eq!(values(&[1, 2, 3], 2, 2), None);
        assert_eq!(values(&[], 0, 0), None);
    }
}
