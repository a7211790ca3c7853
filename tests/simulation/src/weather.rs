//! What goes wrong, how often, and how often it did. Each seed has its own weather: some faults
//! often, some rarely, some not at all, since those that always come together hide each other.

use crate::chance::Chance;
use std::collections::BTreeMap;
use std::fmt;

/// One kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The server dies, at whichever await it stands.
    Crash,
    /// It dies while it starts.
    CrashAtStart,
    /// It stands still for a while, as a suspended machine does.
    Suspended,
    /// Its clock says something else after a restart: up to two hours away.
    ClockJumped,
    /// Its clock is too fast or too slow.
    ClockDrifts,
    /// A write is refused for want of space.
    DiskFull,
    /// A write fails.
    WriteFailed,
    /// A sync fails; what was written is there after the restart, or is not.
    SyncFailed,
    /// A commit takes seconds.
    SlowDisk,
    /// The journal refuses an append as if somebody else had written.
    Conflict,
    /// A read fails.
    ReadFailed,
    /// Half a transaction was written when the power went.
    TornWrite,
    /// It was written, and not synced: lost.
    LostWrite,
    /// It was on disk, and nobody heard of it.
    AnswerLostWithServer,
    /// A request does not arrive.
    RequestDropped,
    /// An answer does not arrive.
    AnswerDropped,
    /// A request arrives twice.
    RequestDoubled,
    /// A request overtakes an earlier one of the same device.
    Reordered,
    /// A request or a frame is a second late or more.
    Delayed,
    /// A frame arrives twice.
    FrameDoubled,
    /// A connection is closed.
    ConnectionClosed,
    /// Nothing passes on a connection any more, and neither end knows.
    HalfOpen,
    /// A device has no network for a while.
    Offline,
    /// A customer leaves for good, whatever becomes of the order.
    Vanished,
    /// A tablet sleeps with work in its hands.
    TabletSilent,
    /// A connection reads nothing for a while.
    SlowReader,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 26] = [
        Self::Crash,
        Self::CrashAtStart,
        Self::Suspended,
        Self::ClockJumped,
        Self::ClockDrifts,
        Self::DiskFull,
        Self::WriteFailed,
        Self::SyncFailed,
        Self::SlowDisk,
        Self::Conflict,
        Self::ReadFailed,
        Self::TornWrite,
        Self::LostWrite,
        Self::AnswerLostWithServer,
        Self::RequestDropped,
        Self::AnswerDropped,
        Self::RequestDoubled,
        Self::Reordered,
        Self::Delayed,
        Self::FrameDoubled,
        Self::ConnectionClosed,
        Self::HalfOpen,
        Self::Offline,
        Self::Vanished,
        Self::TabletSilent,
        Self::SlowReader,
    ];
    /// How often it may come: in a thousand chances, on a bad day.
    const fn most(self) -> u32 {
        match self {
            Self::RequestDropped | Self::AnswerDropped | Self::RequestDoubled => 200,
            Self::Delayed | Self::FrameDoubled | Self::Vanished => 100,
            Self::ConnectionClosed | Self::HalfOpen | Self::SlowReader => 6,
            Self::ReadFailed | Self::CrashAtStart | Self::ClockJumped => 300,
            Self::DiskFull | Self::WriteFailed | Self::SyncFailed => 20,
            Self::SlowDisk => 30,
            Self::Conflict => 10,
            Self::Offline | Self::TabletSilent => 20,
            _ => 1000,
        }
    }
}

/// How often each fault came.
#[derive(Debug, Clone, Default)]
pub struct Faults(pub BTreeMap<Fault, u64>);

impl Faults {
    pub(crate) fn count(&mut self, fault: Fault) {
        *self.0.entry(fault).or_default() += 1;
    }
    /// Adds another's.
    pub fn add(&mut self, other: &Self) {
        for (fault, count) in &other.0 {
            *self.0.entry(*fault).or_default() += count;
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        for (at, letter) in name.char_indices() {
            if letter.is_uppercase() && at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{}", letter.to_ascii_lowercase())?;
        }
        Ok(())
    }
}

/// One seed's weather.
#[derive(Debug, Clone)]
pub(crate) struct Weather {
    often: BTreeMap<Fault, u32>,
    pub(crate) faults: Faults,
    chance: Chance,
    /// From now on nothing goes wrong any more.
    pub(crate) calm: bool,
    /// The server dies every so often, milliseconds; and stands still.
    pub(crate) crash_every_ms: i64,
    pub(crate) suspend_every_ms: i64,
}

impl Weather {
    pub(crate) fn new(mut chance: Chance) -> Self {
        let mut often = BTreeMap::new();
        for fault in Fault::ALL {
            let most = fault.most();
            let times = match chance.next() % 10 {
                0..4 => 0,
                4..8 => most / 5,
                _ => most,
            };
            often.insert(fault, times);
        }
        Self {
            often,
            faults: Faults::default(),
            crash_every_ms: chance.between(40_000, 900_000),
            suspend_every_ms: chance.between(120_000, 1_800_000),
            chance,
            calm: false,
        }
    }
    /// Does it happen now? Then it is counted.
    pub(crate) fn strikes(&mut self, fault: Fault) -> bool {
        let often = self.often.get(&fault).copied().unwrap_or(0);
        let strikes = !self.calm && self.chance.in_1000(often);
        if strikes {
            self.faults.count(fault);
        }
        strikes
    }
    /// Does this weather know the fault at all?
    pub(crate) fn knows(&self, fault: Fault) -> bool {
        self.often.get(&fault).is_some_and(|often| *often > 0)
    }
}
