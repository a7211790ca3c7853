//! See [`presso_fuzz::patterns`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::patterns::run(data));
