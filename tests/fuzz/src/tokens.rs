//! Access tokens: anything at all, and one of ours with something cut out and put in.

use presso_backend::identity::{Key, Sessions};
use presso_core::api::Who;
use presso_core::time::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

/// A server that did not sign the token itself, and the token.
static OURS: LazyLock<(Sessions, String)> = LazyLock::new(|| {
    let account = Uuid::from_u128(7);
    let signer = Sessions::new(Key::new(&[7; 32]));
    let family = Some(Uuid::from_u128(1));
    let (token, _) = signer.issue(Who::guest(account), family, NOW);
    (Sessions::new(Key::new(&[7; 32])), token)
});

/// Two bytes say where in our token the rest is put, and in place of how much.
///
/// # Panics
/// When a token is believed that is not ours to the last bit.
pub fn run(data: &[u8]) {
    let (sessions, genuine) = &*OURS;
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let believed = |token: &str| {
        if sessions.verify(token, NOW).is_ok() {
            assert_eq!(token, genuine, "a forged token is believed");
        }
    };
    believed(text);
    if let [at, length, ..] = *data
        && let Some(put_in) = text.get(2..)
    {
        let at = usize::from(at) % genuine.len();
        let end = (at + usize::from(length)).min(genuine.len());
        believed(&format!("{}{put_in}{}", &genuine[..at], &genuine[end..]));
    }
}
