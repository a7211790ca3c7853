//! The load: so many a second, whether or not those before were answered. How long something took
//! counts from when it was due, so that nobody is left out who had to wait for their turn.

use crate::load::DRINK;
use crate::plan::Tokens;
use crate::setup::SHOP;
use crate::wire::{Ask, Wire};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::LocalSet;
use uuid::Uuid;

/// Not counted, at the beginning of each stretch: a crowd that comes at once is served, and only one
/// that stays is not.
const WARM_UP: Duration = Duration::from_secs(5);
/// How finely a second is cut.
const TICK: Duration = Duration::from_millis(1);

/// How fast it is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pace {
    /// So many ask, each again once it was answered.
    AsItGoes(usize),
    /// So many a second.
    Each(f64),
}

/// How long things took, sorted.
#[derive(Debug, Default)]
pub(super) struct Took(Vec<u64>);

impl Took {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
    /// Nearest rank, milliseconds; 0 of nothing.
    pub(super) fn ms(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100);
        let us = rank.checked_sub(1).and_then(|at| self.0.get(at));
        us.map_or(0.0, |us| *us as f64 / 1000.0)
    }
    fn push(&mut self, took: Duration) {
        self.0
            .push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }
}

/// What was counted in one stretch.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) accepted: Took,
    pub(super) refused: Took,
    /// Any other answer.
    pub(super) odd: usize,
    seconds: f64,
}

impl Counted {
    pub(super) fn accepted_a_second(&self) -> f64 {
        self.accepted.len() as f64 / self.seconds
    }
    pub(super) fn asked_a_second(&self) -> f64 {
        let asked = self.accepted.len() + self.refused.len() + self.odd;
        asked as f64 / self.seconds
    }
}

/// Connections, each a barista's.
pub(super) struct Crew(Vec<Hand>);

struct Hand {
    wire: Wire,
    token: String,
    on: bool,
}

/// What is due and not taken up yet, and what came of the rest.
struct Board {
    due: RefCell<VecDeque<Instant>>,
    ready: Semaphore,
    counting: Cell<bool>,
    counted: RefCell<Counted>,
}

impl Crew {
    pub(super) async fn connect(
        address: SocketAddr,
        connections: usize,
        tokens: &[Tokens],
    ) -> io::Result<Self> {
        let mut hands = Vec::with_capacity(connections);
        for tokens in tokens.iter().cycle().take(connections) {
            hands.push(Hand {
                wire: Wire::to(address).await?,
                token: tokens.barista.clone(),
                on: false,
            });
        }
        Ok(Self(hands))
    }

    /// Works for this long at this pace, after the warm-up.
    pub(super) async fn work(&mut self, pace: Pace, time: Duration) -> io::Result<Counted> {
        let local = LocalSet::new();
        local.run_until(self.drive(pace, time)).await
    }

    async fn drive(&mut self, pace: Pace, time: Duration) -> io::Result<Counted> {
        let board = Rc::new(Board {
            due: RefCell::default(),
            ready: Semaphore::new(0),
            counting: Cell::new(false),
            counted: RefCell::default(),
        });
        let many = match pace {
            Pace::AsItGoes(many) => many,
            Pace::Each(_) => self.0.len(),
        };
        let rest = self.0.split_off(many);
        let again = matches!(pace, Pace::AsItGoes(_));
        let work = |hand: Hand| tokio::task::spawn_local(hand.work(Rc::clone(&board), again));
        let hands: Vec<_> = self.0.drain(..).map(work).collect();
        let began = Instant::now();
        let mut given = 0.0;
        let mut ticks = tokio::time::interval(TICK);
        while began.elapsed() < WARM_UP + time {
            ticks.tick().await;
            board.counting.set(began.elapsed() >= WARM_UP);
            let (rate, now) = match pace {
                Pace::AsItGoes(many) => {
                    if given == 0.0 {
                        board.give(many, |_| Instant::now());
                        given = 1.0;
                    }
                    continue;
                }
                Pace::Each(rate) => (rate, began.elapsed().as_secs_f64()),
            };
            let owed = (now * rate - given).floor().max(0.0);
            let at = |n: usize| began + Duration::from_secs_f64((given + n as f64) / rate);
            board.give(owed as usize, at);
            given += owed;
        }
        board.ready.close();
        for hand in hands {
            let hand = hand.await.map_err(io::Error::other)??;
            self.0.push(hand);
        }
        self.0.extend(rest);
        let mut counted = board.counted.take();
        counted.seconds = time.as_secs_f64();
        counted.accepted.0.sort_unstable();
        counted.refused.0.sort_unstable();
        Ok(counted)
    }
}

impl Board {
    fn give(&self, count: usize, at: impl Fn(usize) -> Instant) {
        self.due.borrow_mut().extend((0..count).map(at));
        self.ready.add_permits(count);
    }
}

impl Hand {
    /// Takes up what is due, until nothing more will be.
    async fn work(mut self, board: Rc<Board>, again: bool) -> io::Result<Self> {
        while let Ok(permit) = board.ready.acquire().await {
            permit.forget();
            let due = board.due.borrow_mut().pop_front();
            let due = due.unwrap_or_else(Instant::now);
            let counting = board.counting.get();
            let status = self.ask().await?;
            if counting {
                let mut counted = board.counted.borrow_mut();
                match status {
                    200 => counted.accepted.push(due.elapsed()),
                    503 => counted.refused.push(due.elapsed()),
                    _ => counted.odd += 1,
                }
            }
            if again && !board.ready.is_closed() {
                board.give(1, |_| Instant::now());
            }
        }
        Ok(self)
    }

    async fn ask(&mut self) -> io::Result<u16> {
        self.on = !self.on;
        let path = format!("/v1/shops/{SHOP}/menu/{DRINK}/availability");
        let ask = Ask {
            method: "PUT",
            path: &path,
            token: Some(&self.token),
            key: Some(Uuid::new_v4()),
            body: if self.on {
                "{\"available\":true}"
            } else {
                "{\"available\":false}"
            },
        };
        Ok(self.wire.ask(ask).await?.status)
    }
}
