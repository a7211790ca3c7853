//! Robots are not all alike.

use std::time::Duration;

/// A number below `end`, any as likely as another as far as anybody would notice.
pub(crate) fn below(end: usize) -> usize {
    let random = uuid::Uuid::new_v4().as_u64_pair().1;
    usize::try_from(random & 0xffff_ffff).unwrap_or(0) % end.max(1)
}

/// Lets some seconds pass, at least `from` and at most `to`.
pub(crate) async fn seconds(from: usize, to: usize) {
    let ms = from * 1000 + below((to - from) * 1000 + 1);
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(1000))).await;
}
