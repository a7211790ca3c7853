//! Keys for those who work with a keyboard beside the tablet. Single keys, so they can be switched
//! off (WCAG 2.1.4).

use crate::lanes::{Lane, in_lane};
use presso_core::board::QueueView;
use presso_core::id::OrderId;
use presso_core::workflow::Verb;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Goes to the card in this place of its lane, counted from 0.
    Pick(usize),
    /// Goes to the first card of the lane after this one, or before it.
    Lane {
        /// To the next one, else to the one before.
        forward: bool,
    },
    /// Does the first of these that the card offers.
    Do(&'static [Verb]),
    /// Takes back the last thing done.
    Undo,
    /// Shows the keys.
    Help,
}

/// The keys that do something, as they are shown.
pub const KEYS: [(&str, Shortcut); 6] = [
    ("C", Shortcut::Do(&[Verb::Claim, Verb::TakeOver])),
    ("D", Shortcut::Do(&[Verb::Complete])),
    ("H", Shortcut::Do(&[Verb::Collect])),
    ("G", Shortcut::Do(&[Verb::Unclaim])),
    ("X", Shortcut::Do(&[Verb::Cancel])),
    ("Z", Shortcut::Undo),
];

/// Reads a key by the letter it writes, so that it is where the keyboard says it is.
#[must_use]
pub fn shortcut(key: &str) -> Option<Shortcut> {
    let same = |(name, _): &&(&str, Shortcut)| name.eq_ignore_ascii_case(key);
    match key {
        "?" => Some(Shortcut::Help),
        "ArrowRight" => Some(Shortcut::Lane { forward: true }),
        "ArrowLeft" => Some(Shortcut::Lane { forward: false }),
        _ => match key.parse::<usize>() {
            Ok(digit @ 1..=9) if key.len() == 1 => Some(Shortcut::Pick(digit - 1)),
            _ => KEYS.iter().find(same).map(|(_, shortcut)| *shortcut),
        },
    }
}

/// The card in this place of the lane in use: that of the card where one is, else the first lane
/// that has cards.
#[must_use]
pub fn pick(queue: &QueueView, at: Option<OrderId>, place: usize) -> Option<OrderId> {
    let lane = lane_of(queue, at).or_else(|| busy(queue).next())?;
    in_lane(queue, lane).get(place).copied()
}

/// The first card of the next lane that has cards, in this direction; with no card to start from,
/// of the first such lane.
#[must_use]
pub fn step(queue: &QueueView, at: Option<OrderId>, forward: bool) -> Option<OrderId> {
    let here = lane_of(queue, at);
    let lane = match here {
        None => busy(queue).next(),
        Some(here) if forward => busy(queue).find(|lane| *lane > here),
        Some(here) => busy(queue).filter(|lane| *lane < here).last(),
    };
    in_lane(queue, lane?).first().copied()
}

fn busy(queue: &QueueView) -> impl Iterator<Item = Lane> {
    let has_cards = |lane: &Lane| !in_lane(queue, *lane).is_empty();
    Lane::ALL.into_iter().filter(has_cards)
}

fn lane_of(queue: &QueueView, order: Option<OrderId>) -> Option<Lane> {
    let order = queue.orders.iter().find(|o| Some(o.order) == order)?;
    Lane::of(order.state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{making, queue, queued, ready};

    #[test]
    fn letters_mean_the_same_in_capitals_and_words_mean_nothing() {
        assert_eq!(shortcut("c"), shortcut("C"));
        assert_eq!(shortcut("z"), Some(Shortcut::Undo));
        assert_eq!(shortcut("9"), Some(Shortcut::Pick(8)));
        for key in ["0", "10", "Enter", "Tab", "é", ""] {
            assert_eq!(shortcut(key), None, "{key}");
        }
    }

    #[test]
    fn digits_count_in_the_lane_where_one_is() {
        let view = queue(vec![queued(1, 0, 900), queued(2, 0, 900), making(3)]);
        let order = |at: usize| Some(view.orders[at].order);
        assert_eq!(pick(&view, None, 1), order(1), "at first on the left");
        assert_eq!(pick(&view, order(2), 0), order(2));
        assert_eq!(pick(&view, order(2), 1), None);
    }

    #[test]
    fn arrows_pass_over_empty_lanes_and_stop_at_the_ends() {
        let view = queue(vec![queued(1, 0, 900), ready(2, 0)]);
        let (left, right) = (Some(view.orders[0].order), Some(view.orders[1].order));
        assert_eq!(step(&view, left, true), right);
        assert_eq!(step(&view, right, true), None);
        assert_eq!(step(&view, right, false), left);
        assert_eq!(step(&view, None, true), left);
    }
}
