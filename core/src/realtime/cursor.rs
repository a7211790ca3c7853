//! One topic as the client holds it: the folded view, and the version up to which it is folded.

use crate::board::{Update, View};
use crate::time::Timestamp;

/// One watched topic.
#[derive(Debug, Clone, Default)]
pub(super) struct Cursor {
    /// The version and the view folded up to it; none before the first snapshot.
    held: Option<(u64, View)>,
    /// It was asked for on this connection and not answered yet.
    asked: bool,
    /// It was refused on this connection.
    pub(super) refused: bool,
    /// When to ask again: after a refusal that may pass, or an answer that left a gap.
    pub(super) ask_again_at: Option<Timestamp>,
}

/// What a frame meant for a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The view changed.
    Shown,
    /// It was known already, or it is about to be replaced.
    Known,
    /// Something was missed: ask again from the cursor.
    Gap,
    /// Something is missing while an answer is on its way: ask again if that does not help.
    Behind,
}

impl Cursor {
    /// The version and the view.
    pub(super) fn held(&self) -> Option<(u64, &View)> {
        self.held.as_ref().map(|(version, view)| (*version, view))
    }
    /// It is being asked for; says from which version on.
    pub(super) fn ask(&mut self) -> Option<u64> {
        (self.asked, self.refused, self.ask_again_at) = (true, false, None);
        self.held.as_ref().map(|(version, _)| *version)
    }
    /// The connection is gone, and with it whatever was asked on it.
    pub(super) fn disconnected(&mut self) {
        (self.asked, self.refused, self.ask_again_at) = (false, false, None);
    }
    /// The topic was refused; `again_at` when that may pass. If not, what was held is let go: one
    /// may not see it any more.
    pub(super) fn refuse(&mut self, again_at: Option<Timestamp>) {
        if again_at.is_none() {
            self.held = None;
        }
        (self.asked, self.refused, self.ask_again_at) = (false, true, again_at);
    }
    /// A snapshot replaces; also one of the same version, since the code changes with time alone.
    /// An older one counts only as the answer to a question: the server may have lost its tail (a
    /// restored backup), and then its word holds. Unasked it is a late copy.
    pub(super) fn snapshot(&mut self, version: u64, view: View) -> Step {
        let older = self.held.as_ref().is_some_and(|(held, _)| version < *held);
        if older && !self.asked {
            return Step::Known;
        }
        (self.asked, self.ask_again_at) = (false, None);
        self.held = Some((version, view));
        Step::Shown
    }
    /// Folds one update, unless it is known or does not follow on what is held.
    pub(super) fn update(&mut self, update: &Update) -> Step {
        let gap = if self.asked { Step::Behind } else { Step::Gap };
        let Some((cursor, view)) = &mut self.held else {
            return gap;
        };
        if update.version <= *cursor {
            return Step::Known;
        }
        if update.prev > *cursor {
            return gap;
        }
        if !view.apply(&update.change) {
            self.held = None;
            return Step::Gap;
        }
        *cursor = update.version;
        (self.asked, self.ask_again_at) = (false, None);
        Step::Shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Change;
    use crate::id::ShopId;
    use crate::menu::Menu;

    fn update(prev: u64, version: u64) -> Update {
        Update {
            topic: crate::board::Topic::Menu(ShopId::parse("demo").unwrap()),
            version,
            prev,
            change: Change::Menu(Menu::default()),
        }
    }
    fn at(version: u64) -> Cursor {
        let mut cursor = Cursor::default();
        let view = View::Menu(Menu::default());
        assert_eq!(cursor.snapshot(version, view), Step::Shown);
        cursor
    }
    fn version(cursor: &Cursor) -> Option<u64> {
        cursor.held().map(|(version, _)| version)
    }

    #[test]
    fn an_update_that_follows_is_folded_a_known_one_ignored_and_a_gap_reported() {
        let mut cursor = at(5);
        assert_eq!(cursor.update(&update(3, 5)), Step::Known);
        assert_eq!(cursor.update(&update(5, 8)), Step::Shown);
        assert_eq!(cursor.update(&update(9, 12)), Step::Gap);
        assert_eq!(version(&cursor), Some(8));
    }

    #[test]
    fn a_gap_is_reported_once_until_the_answer_is_there() {
        let mut cursor = at(5);
        assert_eq!(cursor.update(&update(6, 7)), Step::Gap);
        assert_eq!(cursor.ask(), Some(5));
        assert_eq!(cursor.update(&update(7, 8)), Step::Behind);
        assert_eq!(cursor.update(&update(5, 6)), Step::Shown);
        assert_eq!(cursor.update(&update(7, 8)), Step::Gap);
    }

    #[test]
    fn an_older_snapshot_counts_only_when_it_was_asked_for() {
        let mut cursor = at(5);
        let view = || View::Menu(Menu::default());
        assert_eq!(cursor.snapshot(4, view()), Step::Known);
        assert_eq!(cursor.snapshot(5, view()), Step::Shown);
        cursor.ask();
        assert_eq!(cursor.snapshot(4, view()), Step::Shown);
        assert_eq!(version(&cursor), Some(4));
    }

    #[test]
    fn a_change_of_another_topic_is_never_folded_and_the_view_is_asked_for_anew() {
        let mut cursor = at(5);
        let other = Change::Board {
            facts: None,
            put: vec![],
            gone: vec![],
        };
        let wrong = Update {
            change: other,
            ..update(5, 6)
        };
        assert_eq!(cursor.update(&wrong), Step::Gap);
        assert_eq!(cursor.ask(), None);
    }
}
