//! `presso verify`: reads the data folder by itself, whether or not a server has it.

use super::{Error, print};
use crate::app::DATABASE_FILE;
use crate::config::Config;
use crate::verify::{Folder, Report};
use serde_json::{Value, json};

pub(super) fn run(config: &Config, as_json: bool) -> Result<(), Error> {
    if !config.data.join(DATABASE_FILE).is_file() {
        let data = std::path::absolute(&config.data);
        return Err(Error::NoData(data.unwrap_or_else(|_| config.data.clone())));
    }
    let unreadable = |why: crate::journal::Error| Error::file(&config.data, why);
    let folder = Folder::open(&config.data).map_err(unreadable)?;
    let damages = folder.damages().map_err(unreadable)?;
    let mut reports = Vec::new();
    for shop in folder.shops().map_err(unreadable)? {
        reports.push(folder.verify(&shop).map_err(unreadable)?);
    }
    let value = json!({
        "damages": damages,
        "shops": reports.iter().map(told).collect::<Vec<_>>(),
    });
    print::answer(as_json, &value, |_| people(&reports));
    let differences = reports.iter().flat_map(|report| &report.differences);
    let wrong: Vec<String> = damages
        .into_iter()
        .chain(differences.map(ToString::to_string))
        .collect();
    match wrong.len() {
        0 => Ok(()),
        count => Err(Error::Differs {
            count,
            list: wrong.join("\n"),
        }),
    }
}

pub(super) fn told(report: &Report) -> Value {
    let differences = report.differences.iter();
    let differences: Vec<Value> = differences
        .map(|difference| json!({ "place": difference.place, "why": difference.why }))
        .collect();
    json!({
        "shop": report.shop,
        "events": report.events,
        "orders": report.orders,
        "differences": differences,
    })
}

pub(super) fn people(reports: &[Report]) {
    let row = |report: &Report| {
        let agree = match report.differences.len() {
            0 => "every row agrees".to_owned(),
            count => format!("{count} differ"),
        };
        vec![
            report.shop.to_string(),
            format!("{} events", report.events),
            format!("{} orders", report.orders),
            agree,
        ]
    };
    print::columns(&reports.iter().map(row).collect::<Vec<_>>());
}
