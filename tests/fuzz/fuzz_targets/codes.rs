//! See [`presso_fuzz::codes`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::codes::run(data));
