//! See [`presso_fuzz::bodies`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::bodies::run(data));
