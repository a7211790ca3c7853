//! See [`presso_fuzz::config`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::config::run(data));
