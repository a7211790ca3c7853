//! Sessions of many guests, begun at the same time.

use crate::wire::{Ask, Wire};
use std::io;
use std::net::SocketAddr;
use tokio::task::JoinSet;

/// How many begin at the same time, so that they share commits.
const AT_ONCE: usize = 64;

/// Access tokens of this many.
pub(super) async fn tokens(address: SocketAddr, count: usize) -> io::Result<Vec<String>> {
    let mut queues = JoinSet::new();
    for queue in 0..AT_ONCE {
        let share = (count + queue) / AT_ONCE;
        queues.spawn(some(address, share));
    }
    let mut tokens = Vec::with_capacity(count);
    while let Some(share) = queues.join_next().await {
        tokens.extend(share??);
    }
    Ok(tokens)
}

async fn some(address: SocketAddr, count: usize) -> io::Result<Vec<String>> {
    let mut wire = Wire::to(address).await?;
    let mut tokens = Vec::with_capacity(count);
    for _ in 0..count {
        let begin = Ask {
            method: "POST",
            path: "/v1/session/guest",
            token: None,
            key: None,
            body: "{}",
        };
        let answer = wire.ask(begin).await?;
        let answer = super::accepted("a guest's session", answer)?;
        tokens.push(super::text(&answer, "access")?);
    }
    Ok(tokens)
}
