//! Serves the floor of `bench orders`: `bench-floor FOLDER ADDRESS`, until it is ended.

use presso_bench::floor;
use std::error::Error;
use std::path::Path;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, address] = words.as_slice() else {
        return Err("usage: bench-floor FOLDER ADDRESS".into());
    };
    let router = floor::router(Path::new(folder))?;
    let listener = TcpListener::bind(address).await?;
    axum::serve(listener, router).await?;
    Ok(())
}
