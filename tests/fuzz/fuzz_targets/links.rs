//! See [`presso_fuzz::links`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::links::run(data));
