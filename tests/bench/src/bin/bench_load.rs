//! The load of `bench orders`: reads a plan from standard input, writes what it found to standard
//! output.

use presso_bench::load;
use std::error::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let plan = serde_json::from_reader(std::io::stdin())?;
    let outcome = load::run(plan).await?;
    serde_json::to_writer(std::io::stdout(), &outcome)?;
    Ok(())
}
