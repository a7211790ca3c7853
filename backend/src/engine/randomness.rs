//! Randomness for the engine: the machine's in production, seeded in tests.

use presso_core::time::Timestamp;
use uuid::Uuid;

/// Where randomness comes from.
pub trait Randomness: Send + 'static {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The machine's own, fetched a page at a time.
pub struct SystemRandomness {
    page: Box<[u8; 4096]>,
    used: usize,
}

impl SystemRandomness {
    /// Nothing fetched yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            page: Box::new([0; 4096]),
            used: 4096,
        }
    }
}

impl Default for SystemRandomness {
    fn default() -> Self {
        Self::new()
    }
}

impl Randomness for SystemRandomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.used == self.page.len() {
                getrandom::fill(self.page.as_mut_slice())
                    .expect("a machine without randomness can keep no secret: stop");
                self.used = 0;
            }
            *byte = std::mem::take(&mut self.page[self.used]);
            self.used += 1;
        }
    }
}

/// The same numbers for the same seed (splitmix64). For tests and simulations only.
#[derive(Debug, Clone)]
pub struct SeededRandomness(pub u64);

impl Randomness for SeededRandomness {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A UUIDv7: sorts by time, so that new rows lie side by side and newest-first needs no other key.
pub fn sortable_uuid(now: Timestamp, randomness: &mut dyn Randomness) -> Uuid {
    let mut bytes = [0; 10];
    randomness.fill(&mut bytes);
    let ms = u64::try_from(now.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid()
}
