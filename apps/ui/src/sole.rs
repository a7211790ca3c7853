//! One page of a browser at a time: where two tabs would write over each other's work, the one that
//! was opened or chosen last works, and the others say so.

use js_sys::{Date, Math};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// Which page works.
#[derive(Debug, Clone, Copy)]
pub struct Sole {
    /// This one?
    pub here: Signal<bool>,
    /// Work goes on here, and no more where it did.
    pub take: Callback<()>,
}

/// When a page was opened or chosen, by this machine's clock; a number drawn decides between two
/// of one moment.
type Turn = (f64, f64);

/// What to make of another page's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// It is newer.
    GivesWay,
    /// It is older, and has not heard of this one.
    Answers,
    /// Neither works here nor is to.
    Nothing,
}

fn heard(mine: Turn, theirs: Turn, here: bool) -> Heard {
    match here {
        false => Heard::Nothing,
        true if theirs > mine => Heard::GivesWay,
        true => Heard::Answers,
    }
}

/// Takes the turn on the work of this name, as long as the current owner lives. A browser in which
/// pages cannot speak to each other lets all of them work.
#[must_use]
pub fn sole(name: &str) -> Sole {
    let here = RwSignal::new(true);
    let turn = StoredValue::new(next_turn());
    let channel = StoredValue::new_local(BroadcastChannel::new(name).ok());
    let tell = move || {
        let (at, drawn) = turn.get_value();
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                // Fails only once it is closed.
                let _ = channel.post_message(&format!("{at} {drawn}").into());
            }
        });
    };
    let hears = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let theirs = event.data().as_string().and_then(|text| read(&text));
        let (Some(theirs), Some(mine)) = (theirs, turn.try_get_value()) else {
            return;
        };
        match heard(mine, theirs, here.get_untracked()) {
            Heard::GivesWay => here.set(false),
            Heard::Answers => tell(),
            Heard::Nothing => {}
        }
    });
    channel.with_value(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        }
    });
    let hears = StoredValue::new_local(hears);
    on_cleanup(move || {
        channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.close();
            }
        });
        hears.dispose();
    });
    tell();
    let take = Callback::new(move |()| {
        turn.set_value(next_turn());
        tell();
        here.set(true);
    });
    let here = here.into();
    Sole { here, take }
}

fn next_turn() -> Turn {
    (Date::now(), Math::random())
}

fn read(text: &str) -> Option<Turn> {
    let (at, drawn) = text.split_once(' ')?;
    Some((at.parse().ok()?, drawn.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_pages_that_hear_each_other_exactly_one_works_on() {
        for (first, second) in [((1.0, 0.5), (2.0, 0.1)), ((1.0, 0.5), (1.0, 0.6))] {
            assert_eq!(heard(first, second, true), Heard::GivesWay);
            assert_eq!(heard(second, first, true), Heard::Answers);
        }
    }

    #[test]
    fn one_that_gave_way_is_silent() {
        assert_eq!(heard((1.0, 0.5), (0.5, 0.5), false), Heard::Nothing);
    }

    #[test]
    fn a_turn_is_read_as_it_was_written_and_rubbish_is_none() {
        let turn = (1_764_000_000_123.0, 0.125);
        assert_eq!(read(&format!("{} {}", turn.0, turn.1)), Some(turn));
        assert_eq!(read("now"), None);
    }
}
