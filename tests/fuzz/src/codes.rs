//! Rotating codes as they are scanned or typed, and the windows that they belong to.

use presso_core::code::{Code, CodeSecret, Window, find_window};
use presso_core::time::Timestamp;

/// The first twelve bytes are a time and a rotation, the rest is what somebody typed.
///
/// # Panics
/// When a code does not read back as itself, or a window's own code is not found in it.
pub fn run(data: &[u8]) {
    let Some((numbers, typed)) = data.split_first_chunk::<12>() else {
        return;
    };
    let [a, b, c, d, e, f, g, h, rotation @ ..] = *numbers;
    let now = Timestamp(i64::from_le_bytes([a, b, c, d, e, f, g, h]));
    let rotation_s = u32::from_le_bytes(rotation);
    let secret = CodeSecret([7; 32]);
    let window = Window::at(now, rotation_s);
    assert!(window.starts_at() <= window.rotates_at());
    assert!(window.rotates_at() <= window.dies_at(rotation_s));
    let own = window.code(&secret);
    assert_eq!(
        find_window(&secret, rotation_s.max(1), &own, now),
        Some(window)
    );

    let Ok(text) = std::str::from_utf8(typed) else {
        return;
    };
    if let Ok(code) = Code::parse(text) {
        assert_eq!(Code::parse(code.as_str()).as_ref(), Ok(&code));
        // Fifty bits are not guessed: who finds one has found a defect.
        let found = find_window(&secret, rotation_s.max(1), &code, now);
        assert!(found.is_none() || code == own);
    }
}
