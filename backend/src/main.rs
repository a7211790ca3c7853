//! The `presso` command; everything is in the library, where it can be tested.

use std::process::ExitCode;

fn main() -> ExitCode {
    presso_backend::cli::main()
}
