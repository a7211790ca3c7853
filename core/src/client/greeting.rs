//! Before one belongs to a server: is there one at this address, and is it Presso?

use super::exchange::{Answer, Http};
use crate::api::{Endpoint, ListShops, Problem, ShopsAnswer};
use serde::Deserialize;

/// Who answers at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// A Presso server.
    Presso,
    /// Something else.
    Stranger,
    /// Nobody, for 10 s.
    Nobody,
}

/// Asks once who answers at an address (`https://coffee.example`). Needs no session.
pub async fn greet(base_url: &str) -> Greeting {
    let call = ListShops.call();
    match Http::new(base_url).exchange(&call, None, None).await {
        Answer::Done(shops) if ShopsAnswer::deserialize(&shops).is_ok() => Greeting::Presso,
        // Overloaded, stopping, or too new for this app: it says so in Presso's own way.
        Answer::Refused(problem) if is_ours(&problem) => Greeting::Presso,
        Answer::Done(_) | Answer::Refused(_) | Answer::Garbled(_) => Greeting::Stranger,
        Answer::Nothing => Greeting::Nobody,
    }
}

/// Others speak of problems, too, and where there was no such document the client made one.
fn is_ours(problem: &Problem) -> bool {
    let ours = format!("/problems/{}", problem.code);
    problem.kind == ours && !problem.code.starts_with("http_")
}
