//! Brotli, beforehand: at the quality that is too slow to do while a visitor waits.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;

/// The bytes in brotli's smallest form.
pub(super) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut squeezed = Vec::new();
    let how = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut squeezed, &how)?;
    Ok(squeezed)
}

/// Does squeezing this file gain anything? Pictures and fonts are squeezed already.
pub(super) fn worth(file: &str) -> bool {
    file.ends_with(".wasm") || super::shelf::is_text(file)
}
