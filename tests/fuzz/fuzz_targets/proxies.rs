//! See [`presso_fuzz::proxies`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| presso_fuzz::proxies::run(data));
