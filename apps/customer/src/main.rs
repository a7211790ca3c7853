//! (filled in next)
fn main() {}
