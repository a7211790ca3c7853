//! `presso doctor`.

use super::{Error, print, running};
use crate::config::Config;
use crate::doctor::{Finding, Level, judge, look};
use crate::engine::{Clock, SystemClock};
use serde_json::{Value, json};

pub(super) fn run(config: &Config, as_json: bool) -> Result<(), Error> {
    let facts = look(config, SystemClock::new().now(), running::find);
    let findings = judge(&facts);
    let value = json!({ "findings": findings.iter().map(told).collect::<Vec<_>>() });
    print::answer(as_json, &value, |_| people(&findings));
    match findings.iter().filter(|f| f.level == Level::Wrong).count() {
        0 => Ok(()),
        count => Err(Error::Unwell(count)),
    }
}

const fn name(level: Level) -> &'static str {
    match level {
        Level::Good => "good",
        Level::Mind => "mind",
        Level::Wrong => "WRONG",
    }
}

fn told(finding: &Finding) -> Value {
    json!({
        "check": finding.check,
        "level": name(finding.level).to_lowercase(),
        "told": finding.told,
        "remedy": finding.remedy,
    })
}

fn people(findings: &[Finding]) {
    let mut rows = Vec::new();
    for finding in findings {
        let cell = |text: &str| text.to_owned();
        rows.push(vec![
            cell(name(finding.level)),
            cell(finding.check),
            finding.told.clone(),
        ]);
        if !finding.remedy.is_empty() {
            rows.push(vec![cell(""), cell(""), format!("→ {}", finding.remedy)]);
        }
    }
    print::columns(&rows);
}
