//! See [`presso_fuzz::frames`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::frames::run(data));
