//! Reads what `cargo test -- --show-output` prints, and counts.

/// How many tests passed, which failed, and which were skipped for what reason.
#[derive(Default, Debug)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: Vec<String>,
    pub(crate) skipped: Vec<(String, String)>,
    /// The test whose output is being read.
    speaking: String,
    /// Inside the section that tells about failures, of which every line is worth showing.
    telling: bool,
}

impl Count {
    /// One that could not run.
    pub(crate) fn one_skipped(name: &str, reason: &str) -> Self {
        Self {
            skipped: vec![(name.into(), reason.into())],
            ..Self::default()
        }
    }

    /// One that failed as a whole.
    pub(crate) fn one_failed(name: &str, why: &str) -> Self {
        Self {
            failed: vec![format!("{name}: {why}")],
            ..Self::default()
        }
    }

    /// Nothing ran?
    pub(crate) fn is_empty(&self) -> bool {
        self.passed == 0 && self.failed.is_empty() && self.skipped.is_empty()
    }

    /// Adds another's tests to these.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed.extend(other.failed);
        self.skipped.extend(other.skipped);
    }

    /// Takes in one line; says whether a reader in front of the screen wants to see it.
    pub(crate) fn read(&mut self, line: &str) -> bool {
        if let Some((name, verdict)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.rsplit_once(" ... "))
        {
            return self.verdict(name, verdict);
        }
        if let Some(name) = line
            .strip_prefix("---- ")
            .and_then(|rest| rest.strip_suffix(" ----"))
        {
            self.speaking = name.trim_end_matches(" stdout").to_owned();
        }
        if let Some(reason) = line.trim_start().strip_prefix("skipped:") {
            // The harness counts a test that returned early as passed; it was not.
            let own = (self.speaking.clone(), reason.trim().to_owned());
            if !self.skipped.iter().any(|(name, _)| *name == own.0) {
                self.passed = self.passed.saturating_sub(1);
                self.skipped.push(own);
            }
            return false;
        }
        match line {
            "failures:" => self.telling = true,
            "successes:" => self.telling = false,
            _ if line.starts_with("test result:") => {
                self.telling = false;
                return true;
            }
            _ => {}
        }
        self.telling
    }

    fn verdict(&mut self, name: &str, verdict: &str) -> bool {
        match verdict.split([',', ' ']).next() {
            Some("ok") => self.passed += 1,
            Some("FAILED") => {
                self.failed.push(name.to_owned());
                return true;
            }
            Some("ignored") => {
                let reason = verdict
                    .split_once(", ")
                    .map_or("ignored", |(_, reason)| reason);
                self.skipped.push((name.to_owned(), reason.to_owned()));
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> Count {
        let mut count = Count::default();
        for line in text.lines() {
            count.read(line);
        }
        count
    }

    #[test]
    fn passed_failed_and_ignored_tests_are_told_apart() {
        let count = counted(
            "running 4 tests\ntest a ... ok\ntest b::c ... FAILED\ntest d ... ignored, too long\n\
             test e - should panic ... ok\n",
        );
        assert_eq!(count.passed, 2);
        assert_eq!(count.failed, ["b::c"]);
        assert_eq!(count.skipped, [("d".to_owned(), "too long".to_owned())]);
    }

    #[test]
    fn a_test_that_says_skipped_does_not_count_as_passed() {
        let count = counted(
            "test a ... ok\ntest b ... ok\n\nsuccesses:\n\n---- b stdout ----\n\
             skipped: no browser here\n\nsuccesses:\n    a\n    b\n\ntest result: ok. 2 passed;\n",
        );
        assert_eq!(count.passed, 1);
        assert_eq!(
            count.skipped,
            [("b".to_owned(), "no browser here".to_owned())]
        );
    }

    #[test]
    fn what_failing_tests_said_is_shown_and_what_passing_ones_said_is_not() {
        let mut count = Count::default();
        let shown: Vec<&str> = "successes:\nall well\nfailures:\n---- b stdout ----\nleft: 1\n\
             test result: FAILED. 1 passed; 1 failed"
            .lines()
            .filter(|line| count.read(line))
            .collect();
        assert!(!shown.contains(&"all well"));
        assert!(shown.contains(&"left: 1"));
    }
}
