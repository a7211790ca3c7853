//! How many baristas so many customers an hour need: the model, over one, two, three …; and beside
//! it what queueing theory says of the same numbers, so that neither is believed alone.

use super::{DRINKS, Error, Plan, sketch};
use presso_core::settings::Settings;
use serde::Serialize;

/// Nine of ten drinks are ready within this, seconds: what counts as enough.
pub(super) const ENOUGH_S: u32 = 300;
/// So many of a hundred may go without a coffee for want of hands.
const MAY_GO_PERCENT: u32 = 2;
/// More hands than this fit behind no counter.
const MOST: u32 = 40;
/// How long each is played, minutes.
const MINUTES: u32 = 240;
/// To hand a drink over, seconds, in the middle.
const HAND_OVER_S: f64 = 8.0;
/// How much longer than a practised hand the slow one takes.
const SLOW: f64 = 1.6;
/// How the time for a drink varies (as in `counter`): its part of the mean, squared.
const VARIES: f64 = 0.09;

/// One number of baristas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// How many.
    pub baristas: u32,
    /// From ordered to ready, nine of ten, seconds.
    pub wait_p90_s: u32,
    /// The mean, seconds.
    pub wait_mean_s: u32,
    /// The mean by Erlang's formula, seconds; none where the queue would grow for ever.
    pub formula_mean_s: Option<u32>,
    /// Who went without, percent of those who came.
    pub lost_percent: u32,
    /// How busy hands were.
    pub load_percent: u32,
    /// It is enough.
    pub enough: bool,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// Customers an hour.
    pub per_hour: u32,
    /// So many are enough; none of those that were tried, where it is none.
    pub baristas: Option<u32>,
    /// Places that a code must have for so many, at least.
    pub code_places: u32,
    /// What was tried.
    pub rows: Vec<Row>,
}

/// Plays it with more and more hands, until one more than enough. Codes and room are no limit there:
/// the question is about hands.
///
/// # Errors
/// [`Error`].
pub async fn ask(plan: &Plan, per_hour: u32) -> Result<Answer, Error> {
    let settings = Settings {
        code_places: 100_000,
        capacity: 100_000,
        ..plan.settings.clone()
    };
    let (mut rows, mut found): (Vec<Row>, Option<u32>) = (Vec::new(), None);
    let fewest = (offered(per_hour) * 0.8).floor().max(1.0) as u32;
    for baristas in fewest..=MOST {
        let plan = Plan {
            seed: plan.seed,
            guests: per_hour * MINUTES / 60,
            minutes: MINUTES,
            rush: false,
            baristas,
            settings: settings.clone(),
            faults: false,
            speed: None,
        };
        let day = sketch(&plan).await?;
        let lost = day.not_made + day.cancelled;
        let row = Row {
            baristas,
            wait_p90_s: day.wait_p90_s,
            wait_mean_s: day.wait_mean_s,
            formula_mean_s: formula(per_hour, baristas),
            lost_percent: 100 * lost / day.came.max(1),
            load_percent: day.load_percent,
            enough: day.wait_p90_s <= ENOUGH_S && 100 * day.not_made <= MAY_GO_PERCENT * day.came,
        };
        let enough = row.enough;
        rows.push(row);
        match found {
            None if enough => found = Some(baristas),
            Some(_) => break,
            None => {}
        }
    }
    let windows_an_hour = 3600 / plan.settings.rotation_s.max(1);
    Ok(Answer {
        per_hour,
        baristas: found,
        code_places: per_hour.div_ceil(windows_an_hour.max(1)),
        rows,
    })
}

/// The mean time that a drink takes, made and handed over, seconds; the slow one not counted.
fn service_s() -> f64 {
    let sum: i64 = DRINKS.iter().map(|(.., seconds)| seconds).sum();
    // Made at 1.00 of a practised hand's time (0.85 to 1.15), times 1.05 (0.7 to 1.4).
    sum as f64 / DRINKS.len() as f64 * 1.05
}

/// How many hands are busy in the mean.
fn offered(per_hour: u32) -> f64 {
    f64::from(per_hour) * (service_s() + HAND_OVER_S) / 3600.0
}

/// The same, with the slow one of three or more counted as slow.
fn busy(per_hour: u32, baristas: u32) -> f64 {
    let pace = match baristas {
        3.. => (f64::from(baristas) - 1.0 + 1.0 / SLOW) / f64::from(baristas),
        _ => 1.0,
    };
    offered(per_hour) / pace
}

/// From ordered to ready in the mean, by Erlang's C for as many hands as there are, with the usual
/// correction for times that vary less than exponential ones.
fn formula(per_hour: u32, baristas: u32) -> Option<u32> {
    let busy = busy(per_hour, baristas);
    let hands = f64::from(baristas);
    if busy >= hands {
        return None;
    }
    // Erlang's B, hand by hand, then C.
    let blocked = (1..=baristas).fold(1.0, |b, n| busy * b / (f64::from(n) + busy * b));
    let waits = blocked / (1.0 - busy / hands * (1.0 - blocked));
    let slower = busy / offered(per_hour);
    let takes_s = (service_s() + HAND_OVER_S) * slower;
    let queue_s = waits * takes_s / (hands - busy) * f64::midpoint(1.0, VARIES);
    Some((queue_s + service_s() * slower) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn with_as_many_hands_as_it_says_nobody_waits_long_and_with_fewer_they_do() {
        let answer = ask(&Plan::default(), 120).await.unwrap();
        let enough = answer.baristas.unwrap();
        assert!((3..=4).contains(&enough), "{answer:?}");
        assert_eq!(answer.code_places, 10);
        let row = |of: u32| answer.rows.iter().find(|row| row.baristas == of).unwrap();
        assert!(row(enough).wait_p90_s <= ENOUGH_S && row(enough).lost_percent < 10);
        let few = row(enough - 1);
        assert!(!few.enough && few.wait_p90_s > ENOUGH_S, "{few:?}");
        assert!(few.load_percent > row(enough).load_percent);
    }

    #[tokio::test]
    async fn the_model_and_the_formula_agree_where_the_formula_may_be_asked() {
        let mut compared = 0;
        for per_hour in [30, 60, 120, 240] {
            let answer = ask(&Plan::default(), per_hour).await.unwrap();
            for row in answer.rows.iter().filter(|row| row.enough) {
                if busy(per_hour, row.baristas) > 0.9 * f64::from(row.baristas) {
                    continue; // so near to a queue that grows for ever, four hours are no mean
                }
                let said = row.formula_mean_s.expect("it is enough");
                let (model, formula) = (f64::from(row.wait_mean_s), f64::from(said));
                let apart = (model - formula).abs() / formula;
                assert!(apart < 0.35, "{per_hour} an hour: {row:?}");
                compared += 1;
            }
        }
        assert!(compared >= 4, "{compared}");
    }
}
