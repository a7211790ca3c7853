//! The `presso` command.
fn main() {}
