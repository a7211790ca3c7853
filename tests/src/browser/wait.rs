//! Waiting for a fact, with a deadline.

use std::time::{Duration, Instant};

/// How long a fact may take on a busy machine. A fact with a time limit of its own says so.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(40);

/// Asks until there is an answer.
///
/// # Errors
/// What was asked in vain, and what was seen last.
pub async fn until<T>(
    what: &str,
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Result<T, String>,
) -> Result<T, String> {
    let deadline = Instant::now() + patience;
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(seen) if Instant::now() > deadline => {
                return Err(format!(
                    "{what}: not within {} s; seen last: {seen}",
                    patience.as_secs()
                ));
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
