//! The report as one page that needs nothing else: no script, no font, no picture from elsewhere.

use super::figures::{Quarter, minutes};
use super::plot::Plot;
use super::staffing::{Answer, ENOUGH_S};
use super::{Figures, Plan};

const CSS: &str = include_str!("page.css");
const FIRST_HOUR: usize = 8;

/// The page.
#[must_use]
pub fn page(plan: &Plan, day: &Figures, answers: &[Answer]) -> String {
    let title = format!(
        "{} customers in {}, {} baristas",
        day.came,
        hours(plan.minutes),
        day.baristas
    );
    let faults = if plan.faults {
        ", with networks and tablets that fail"
    } else {
        ""
    };
    let limits = format!(
        "A code admits {} orders and changes every {}; the shop takes {} at once. Seed {}{faults}.",
        plan.settings.code_places,
        minutes(plan.settings.rotation_s),
        plan.settings.capacity,
        plan.seed
    );
    let answers: String = answers.iter().map(answer).collect();
    let (took_s, times) = (day.took_ms as f64 / 1000.0, day.times());
    let journal = &day.journal;
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>Rehearsal: {title}</title><style>{CSS}</style>\
         <main><h1>{title}</h1><p>{limits} {}</p>{}\
         <div class=\"plots\">{}{}{}{}</div>{answers}\
         <footer><p>Rehearsed by the real rules, engine and journal on a clock of their own, {times} times as fast \
         as time ({took_s:.1} s). {} events; SHA-256 {journal}: the same seed and limits give the same day.</p></footer></main></html>\n",
        bottleneck(day),
        tiles(day),
        throughput(day),
        waits(day),
        abandoned(day),
        load(day, plan),
        day.events,
    )
}

fn hours(minutes: u32) -> String {
    match minutes {
        0..120 => format!("{minutes} minutes"),
        _ if minutes.is_multiple_of(60) => format!("{} hours", minutes / 60),
        _ => format!("{:.1} hours", f64::from(minutes) / 60.0),
    }
}

/// What kept the most people from their coffee.
fn bottleneck(day: &Figures) -> &'static str {
    let (code, room, hands) = (day.no_place, day.shop_full, day.not_made);
    match [code, room, hands].into_iter().max() {
        Some(most) if most * 50 < day.came => "Nothing was short.",
        Some(most) if most == code => "The code was short: more places would admit more.",
        Some(most) if most == room => "Hands were short: the shop filled up.",
        _ => "Hands were short: drinks were not made in time.",
    }
}

fn tiles(day: &Figures) -> String {
    let tile = |name: &str, value: String| format!("<div><dt>{name}</dt><dd>{value}</dd></div>");
    let split = |seconds: u32| {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        format!("{minutes}:{seconds:02} <small>min</small>")
    };
    let stuck = match day.stuck {
        0 => "<div><dt>orders stuck</dt><dd>0</dd></div>".to_owned(),
        some => format!("<div><dt>orders stuck</dt><dd class=\"bad\">{some}</dd></div>"),
    };
    let away = day.turned_away();
    let tiles = [
        tile("drinks in hands", day.collected.to_string()),
        tile("half wait at most", split(day.wait_p50_s)),
        tile("nine of ten at most", split(day.wait_p90_s)),
        tile("turned away", away.to_string()),
        tile("cancelled", day.cancelled.to_string()),
        tile("not fetched", day.not_fetched.to_string()),
        tile(
            "hands busy",
            format!("{} <small>%</small>", day.load_percent),
        ),
        stuck,
    ];
    format!("<dl>{}</dl>", tiles.concat())
}

fn figure(title: &str, keys: &[(&str, &str)], plot: Plot) -> String {
    let key = |(class, name): &(&str, &str)| format!("<span class=\"key {class}\">{name}</span>");
    let keys: String = keys.iter().map(key).collect();
    format!(
        "<figure><figcaption><h2>{title}</h2>{keys}</figcaption>{}</figure>",
        plot.svg()
    )
}

fn each(day: &Figures, value: impl Fn(&Quarter) -> u32) -> Vec<f64> {
    day.quarters
        .iter()
        .map(|quarter| f64::from(value(quarter)))
        .collect()
}

fn top(values: &[f64]) -> f64 {
    values.iter().copied().fold(1.0, f64::max)
}

fn throughput(day: &Figures) -> String {
    let (came, ready) = (each(day, |q| q.came), each(day, |q| q.ready));
    let ready: Vec<Option<f64>> = ready.into_iter().map(Some).collect();
    let most = top(&came).max(ready.iter().flatten().copied().fold(0.0, f64::max));
    let plot = Plot::new(
        "Customers and drinks in each quarter of an hour",
        came.len(),
        most,
        "",
        FIRST_HOUR,
    );
    let keys = [("of-came", "customers"), ("thin of-ready", "drinks ready")];
    let plot = plot.bars("of-came", &[], &came).line("of-ready", &ready);
    figure("Throughput, each quarter of an hour", &keys, plot)
}

fn waits(day: &Figures) -> String {
    let minutes = |value: fn(&Quarter) -> Option<u32>| -> Vec<Option<f64>> {
        let all = day.quarters.iter().map(value);
        all.map(|seconds| seconds.map(|s| f64::from(s) / 60.0))
            .collect()
    };
    let (half, most) = (minutes(|q| q.wait_p50_s), minutes(|q| q.wait_p90_s));
    let high = most
        .iter()
        .flatten()
        .copied()
        .fold(f64::from(ENOUGH_S) / 60.0, f64::max);
    let plot = Plot::new(
        "From ordered to ready",
        half.len(),
        high,
        " min",
        FIRST_HOUR,
    );
    let plot = plot.mark(f64::from(ENOUGH_S) / 60.0, "five minutes");
    let plot = plot.line("of-most", &most).line("of-half", &half);
    let keys = [
        ("thin of-half", "half within"),
        ("thin of-most", "nine of ten within"),
    ];
    figure("From ordered to ready", &keys, plot)
}

fn abandoned(day: &Figures) -> String {
    let away = each(day, |q| q.turned_away);
    let cancelled = each(day, |q| q.cancelled);
    let late = each(day, |q| q.timed_out + q.not_fetched);
    let sum = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let two = sum(&away, &cancelled);
    let high = top(&sum(&two, &late)).max(4.0);
    let plot = Plot::new("Who went without", away.len(), high, "", FIRST_HOUR);
    let plot = plot.bars("of-away", &[], &away);
    let plot = plot
        .bars("of-cancelled", &away, &cancelled)
        .bars("of-late", &two, &late);
    let keys = [
        ("of-away", "turned away"),
        ("of-cancelled", "cancelled"),
        ("of-late", "too late, not fetched"),
    ];
    figure("Who went without", &keys, plot)
}

fn load(day: &Figures, plan: &Plan) -> String {
    let hands_ms = super::figures::QUARTER_MS as f64 * f64::from(plan.baristas);
    let quarters = day.quarters.iter();
    let busy: Vec<f64> = quarters
        .map(|q| 100.0 * q.busy_ms as f64 / hands_ms)
        .collect();
    let plot = Plot::new("How busy hands are", busy.len(), 100.0, " %", FIRST_HOUR);
    let keys = [("of-load", "of all hands")];
    figure("Staff load", &keys, plot.bars("of-load", &[], &busy))
}

fn answer(answer: &Answer) -> String {
    let rows = answer.rows.iter().map(|row| {
        let class = if answer.baristas == Some(row.baristas) {
            " class=\"enough\""
        } else {
            ""
        };
        let formula = row
            .formula_mean_s
            .map_or("grows for ever".to_owned(), minutes);
        format!(
            "<tr{class}><td>{}<td>{}<td>{}<td>{formula}<td>{} %<td>{} %</tr>",
            row.baristas,
            minutes(row.wait_p90_s),
            minutes(row.wait_mean_s),
            row.lost_percent,
            row.load_percent
        )
    });
    let rows: String = rows.collect();
    let per_hour = answer.per_hour;
    format!(
        "<section><h2>How many baristas for {per_hour} customers an hour?</h2>\
         <p>{} Their codes must admit at least {} orders each.</p>\
         <div class=\"scroll\"><table><thead><tr><th>baristas<th>nine of ten within<th>mean<th>mean by Erlang’s formula\
         <th>went without<th>busy</tr></thead><tbody>{rows}</tbody></table></div></section>",
        said(answer),
        answer.code_places
    )
}

/// The answer as a sentence.
pub(super) fn said(answer: &Answer) -> String {
    let enough = minutes(ENOUGH_S);
    match answer.baristas {
        Some(baristas) => format!("With {baristas}, nine of ten have their drink within {enough}."),
        None => {
            format!("More than were tried: nine of ten never have their drink within {enough}.")
        }
    }
}

impl Answer {
    /// As a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        said(self)
    }
}
