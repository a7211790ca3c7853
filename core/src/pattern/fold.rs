//! Strings whose case does not count.

/// Each letter as it is small and as it is large; a value has one or the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fold {
    text: String,
    letters: Vec<[String; 2]>,
}

impl Fold {
    pub(super) fn new(text: &str) -> Self {
        let both = |letter: char| {
            let small: String = letter.to_lowercase().collect();
            [small, letter.to_uppercase().collect()]
        };
        Self {
            text: text.to_owned(),
            letters: text.chars().map(both).collect(),
        }
    }
    /// As it was written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
    pub(super) fn equals(&self, value: &str) -> bool {
        self.rests(value, Side::Start).contains(&"")
    }
    pub(super) fn starts(&self, value: &str) -> bool {
        !self.rests(value, Side::Start).is_empty()
    }
    pub(super) fn ends(&self, value: &str) -> bool {
        !self.rests(value, Side::End).is_empty()
    }

    /// What may be left of the value without the letters. Mostly one rest or none; more only where
    /// a letter's large form begins with its small one.
    fn rests<'a>(&self, value: &'a str, from: Side) -> Vec<&'a str> {
        let mut rests = vec![value];
        let count = self.letters.len();
        for nth in 0..count {
            let forms = match from {
                Side::Start => &self.letters[nth],
                Side::End => &self.letters[count - 1 - nth],
            };
            let step = |rest: &&'a str| {
                let rest = *rest;
                forms.each_ref().map(|form| match from {
                    Side::Start => rest.strip_prefix(form.as_str()),
                    Side::End => rest.strip_suffix(form.as_str()),
                })
            };
            let mut next: Vec<&str> = rests.iter().flat_map(step).flatten().collect();
            next.sort_unstable_by_key(|rest| rest.len());
            next.dedup_by_key(|rest| rest.len());
            if next.is_empty() {
                return next;
            }
            rests = next;
        }
        rests
    }
}

#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_count_and_its_length_neither() {
        assert!(Fold::new("Café").equals("cAFÉ"));
        assert!(!Fold::new("Café").equals("cAFÉs"));
        assert!(Fold::new("Café").starts("CAFÉs"));
        assert!(Fold::new(".PNG").ends("a.png"));
        // Two bytes small, three large.
        assert!(Fold::new("Ⱥx").equals("ⱥX") && Fold::new("ⱥx").ends("-ȺX"));
        assert!(Fold::new("ß").equals("SS") && !Fold::new("ß").equals("ss"));
        assert!(Fold::new("").equals("") && Fold::new("").starts("a"));
    }
}
