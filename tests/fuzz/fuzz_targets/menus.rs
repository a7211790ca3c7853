//! See [`presso_fuzz::menus`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::menus::run(data));
