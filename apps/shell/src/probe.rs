//! Who answers at an address, before the app belongs to it.

use presso_core::api::Problem;
use presso_core::client::{Greeting, greet};

/// Makes sure that a Presso server answers there.
///
/// # Errors
/// `server_unreachable`: nobody answers; `server_stranger`: somebody does, and it is not Presso.
pub(crate) async fn probe(server: &str) -> Result<(), Problem> {
    match greet(server).await {
        Greeting::Presso => Ok(()),
        Greeting::Nobody => Err(Problem::new(
            503,
            "server_unreachable",
            format!("nobody answers at {server}"),
        )),
        Greeting::Stranger => Err(Problem::new(
            502,
            "server_stranger",
            format!("what answers at {server} is not Presso"),
        )),
    }
}
