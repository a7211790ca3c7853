//! What happened, line by line, for whoever looks at one seed.

use crate::time::Time;

pub(crate) struct Story {
    time: Time,
    tells: bool,
    lines: Vec<String>,
}

impl Story {
    pub(crate) const fn new(time: Time, tells: bool) -> Self {
        Self {
            time,
            tells,
            lines: Vec::new(),
        }
    }
    pub(crate) fn tell(&mut self, line: impl FnOnce() -> String) {
        if self.tells {
            let ms = self.time.passed_ms();
            let (minutes, seconds) = (ms / 60_000, ms % 60_000);
            let line = line();
            let line = format!(
                "{minutes:>3}:{:02}.{:03}  {line}",
                seconds / 1000,
                seconds % 1000
            );
            self.lines.push(line);
        }
    }
    pub(crate) fn lines(self) -> Vec<String> {
        self.lines
    }
}
