//! Chance that is the same in every run: a generator seeded by a name.

/// A stream of numbers.
pub(crate) struct Chance(u64);

impl Chance {
    /// Seeded by a name (FNV-1a).
    pub(crate) fn of(name: &str) -> Self {
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Self(hash | 1)
    }

    /// The next 32 bits (xorshift64*).
    pub(crate) fn bits(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32
    }

    /// From 0 up to 1.
    pub(crate) fn part(&mut self) -> f32 {
        (self.bits() >> 8) as f32 / (1 << 24) as f32
    }

    /// From `low` to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.part()
    }

    /// From 0 to `count` - 1.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        self.bits() as usize % count
    }

    /// One of two signs.
    pub(crate) fn sign(&mut self) -> f32 {
        if self.bits() & 1 == 0 { -1.0 } else { 1.0 }
    }

    /// Bell-shaped around 0 with a deviation of 1: the sum of four even ones.
    pub(crate) fn bell(&mut self) -> f32 {
        let (a, b) = (self.bits(), self.bits());
        let sum = (a & 0xFFFF) + (a >> 16) + (b & 0xFFFF) + (b >> 16);
        (sum as f32 / 65_536.0 - 2.0) * 1.732
    }
}
