//! Reading what is played again, as far as its time has come and its rule has room.

use super::book::Book;
use super::queue::{NewDue, WINDOW};
use super::read::{At, Error, Follower, MOST};
use super::replay::{self, Replay};
use crate::app::App;
use presso_core::time::Timestamp;
use rusqlite::Connection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How far it came.
enum Played {
    /// To its end.
    All,
    /// There may be more to do at once.
    Some,
    /// Nothing more until then; or until something else happens.
    Waits(Option<Timestamp>),
}

impl Follower {
    /// Plays on; what is at its end is taken out. Answers when the next event of any is due.
    pub(super) async fn play(
        &mut self,
        app: &App,
        book: &Book,
        replays: &mut Vec<Replay>,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<Option<Timestamp>, Error> {
        let (mut nth, mut alarm) = (0, None::<Timestamp>);
        while let Some(replay) = replays.get_mut(nth) {
            match self.play_batch(app, book, replay, waiting).await? {
                Played::All => drop(replays.remove(nth)),
                Played::Some => {}
                Played::Waits(until) => {
                    alarm = [alarm, until].into_iter().flatten().min();
                    nth += 1;
                }
            }
        }
        Ok(alarm)
    }

    async fn play_batch(
        &mut self,
        app: &App,
        book: &Book,
        replay: &mut Replay,
        waiting: &mut BTreeMap<Uuid, u64>,
    ) -> Result<Played, Error> {
        let now = app.clock.now();
        let queued = waiting.entry(replay.rule).or_default();
        let mut room = WINDOW.saturating_sub(*queued);
        let Some(rule) = book.rule(replay.rule).filter(|_| room >= MOST) else {
            return Ok(Played::Waits(None));
        };
        if replay.next_at.is_some_and(|at| at > now) {
            return Ok(Played::Waits(replay.next_at));
        }
        let stream = At {
            shop: &replay.shop,
            stream: replay.stream,
            head: replay.last,
        };
        let (mut to, mut backdrop, pieces) = self.fetch(app, stream, replay.position).await?;
        let (format, mut dues) = (rule.body.format, Vec::new());
        replay.next_at = None;
        for piece in pieces {
            let due_at = replay.due_at(piece.at());
            if due_at > now || room < MOST {
                replay.next_at = (due_at > now).then_some(due_at);
                to = piece.position() - 1;
                break;
            }
            piece.fold_into(&mut backdrop);
            for mut envelope in piece.envelopes(format, &replay.shop, &backdrop) {
                let narrowed = replay.pattern.as_ref().is_none_or(|p| p.matches(&envelope));
                let matching = || book.matching(&replay.shop, format, &envelope);
                if !narrowed || !matching().contains(&replay.rule) {
                    continue;
                }
                format.mark_replayed(&mut envelope, &replay.name);
                dues.push(NewDue {
                    rule: replay.rule,
                    // Beside what happens now: neither waits for the other.
                    lane: Uuid::new_v5(&piece.lane(&replay.shop), replay.name.as_bytes()),
                    envelope: envelope.to_string().into(),
                    replay: Some(replay.name.clone()),
                });
                room -= 1;
            }
        }
        if to > replay.position {
            let (id, added) = (replay.id, dues.len() as u64);
            let write = move |db: &Connection| replay::move_on(db, id, to, &dues, now);
            app.engine.write(write).await?;
            *queued += added;
            replay.position = to;
        }
        Ok(match replay.next_at {
            _ if to >= replay.last => Played::All,
            Some(at) => Played::Waits(Some(at)),
            None if room < MOST => Played::Waits(None),
            None => Played::Some,
        })
    }
}
