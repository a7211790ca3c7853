//! The shop's screen: a program for the browser. What it decides by itself is in the library
//! beside it.

#[cfg(target_arch = "wasm32")]
#[allow(
    unreachable_pub,
    reason = "the component macro makes public whatever has a visibility"
)]
mod screen;

#[cfg(target_arch = "wasm32")]
fn main() {
    screen::start();
}

/// Built for the host only along with the library's tests: there is nothing to draw on.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
