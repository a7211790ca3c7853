//! `presso rehearse`: a day before it comes, in a folder of its own.

use super::{Error, print};
use crate::rehearse::{self, Answer, Figures, Plan};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What is rehearsed.
#[derive(Args)]
pub(super) struct Rehearse {
    /// How many people come
    #[arg(long, default_value_t = 960)]
    customers: u32,
    /// For how many hours the doors are open
    #[arg(long, default_value_t = 8.0)]
    hours: f64,
    /// How many make coffee; of three or more one is slow
    #[arg(long, default_value_t = 4)]
    baristas: u32,
    /// They come evenly, in no rush
    #[arg(long)]
    even: bool,
    /// Networks lose answers, tablets fail
    #[arg(long)]
    faults: bool,
    /// How fast: full, or at most 60x
    #[arg(long, default_value = "full")]
    speed: String,
    /// The same number, the same day
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also: how many baristas so many customers an hour need; may be said more than once
    #[arg(long, value_name = "CUSTOMERS")]
    per_hour: Vec<u32>,
    /// Where the report goes as a page
    #[arg(long, value_name = "FILE", default_value = "rehearsal.html")]
    page: PathBuf,
    /// Keeps the rehearsed shop in this new folder, to be looked at with `presso serve --data`
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Settings of the shop, as capacity=30
    settings: Vec<String>,
}

/// A folder that goes when it is dropped, unless it is to be kept.
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            // The system clears its own temporary folder.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// Plays the day and says what came of it.
pub(super) fn run(command: &Rehearse, json: bool) -> Result<(), Error> {
    let plan = command.plan()?;
    let folder = Folder {
        path: command.keep.clone().unwrap_or_else(|| {
            std::env::temp_dir().join(format!("presso-rehearsal-{}", std::process::id()))
        }),
        keep: command.keep.is_some(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|why| Error::file(&folder.path, why))?;
    let told = |why: rehearse::Error| Error::Input(why.to_string());
    let (day, answers) = runtime.block_on(async {
        let day = rehearse::play(&plan, &folder.path).await.map_err(told)?;
        let own = (plan.guests * 60).div_ceil(plan.minutes);
        let asked = std::iter::once(own).chain(command.per_hour.iter().copied());
        let mut answers = Vec::new();
        for per_hour in asked {
            answers.push(rehearse::ask(&plan, per_hour).await.map_err(told)?);
        }
        Ok::<_, Error>((day, answers))
    })?;
    let page = rehearse::page(&plan, &day, &answers);
    std::fs::write(&command.page, page).map_err(|why| Error::file(&command.page, why))?;
    let value = json!({ "day": day, "answers": answers });
    print::answer(json, &value, |_| people(&day, &answers, &command.page));
    match day.stuck + day.unlike {
        0 => Ok(()),
        count => Err(Error::Unwell(count as usize)),
    }
}

impl Rehearse {
    fn plan(&self) -> Result<Plan, Error> {
        let settings = super::shop::with(&Plan::default().settings, &self.settings)?;
        let speed = match self.speed.as_str() {
            "full" => None,
            other => {
                let times = other.strip_suffix('x').and_then(|times| times.parse().ok());
                let rule = || Error::Input(format!("{other:?} is not full, or as 60x"));
                Some(times.ok_or_else(rule)?)
            }
        };
        if self
            .per_hour
            .iter()
            .any(|per_hour| !(1..=2_000).contains(per_hour))
        {
            return Err(Error::Input("per-hour: 1 to 2,000 customers".into()));
        }
        Ok(Plan {
            seed: self.seed,
            guests: self.customers,
            minutes: (self.hours * 60.0).round().clamp(0.0, 100_000.0) as u32,
            rush: !self.even,
            baristas: self.baristas,
            settings,
            faults: self.faults,
            speed,
        })
    }
}

fn people(day: &Figures, answers: &[Answer], page: &Path) {
    let lines = day.lines().into_iter();
    let mut rows: Vec<Vec<String>> = lines.map(|(what, told)| vec![what, told]).collect();
    let took_s = day.took_ms as f64 / 1000.0;
    let took = format!("{took_s:.1} s, {} times as fast as time", day.times());
    rows.push(vec!["took".into(), took]);
    print::columns(&rows);
    for answer in answers {
        println!(
            "\nHow many baristas for {} customers an hour?",
            answer.per_hour
        );
        println!("{}", answer.sentence());
        let head = [
            "baristas",
            "p90 s",
            "mean s",
            "formula s",
            "lost %",
            "busy %",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(answer.rows.iter().map(|row| {
            let formula = row.formula_mean_s.map_or("-".to_owned(), |s| s.to_string());
            let cells = [row.baristas, row.wait_p90_s, row.wait_mean_s];
            let mut cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
            cells.extend([
                formula,
                row.lost_percent.to_string(),
                row.load_percent.to_string(),
            ]);
            cells
        }));
        print::columns(&rows);
    }
    println!("\nthe report: {}", page.display());
}
