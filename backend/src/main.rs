//! The `presso` command; everything is in the library, where it can be tested.

use std::process::ExitCode;

#[cfg(all(feature = "planted", not(clippy)))]
compile_error!("planted faults are for the simulation: there is no such product");

/// Requests are many small allocations, made on one thread and freed on another, which is what the
/// system's allocator is slowest at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    presso_backend::cli::main()
}
