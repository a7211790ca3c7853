//! See [`presso_fuzz::transforms`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::transforms::run(data));
