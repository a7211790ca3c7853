//! Every migration exists for every database.

use crate::source::{self, Broken, Source, hold};

const FOLDER: &str = "backend/migrations/";

fn unpaired(sources: &[Source]) -> Vec<Broken> {
    let names = |database: &str| -> Vec<String> {
        let folder = format!("{FOLDER}{database}/");
        let own = sources
            .iter()
            .filter_map(|source| source.path.strip_prefix(&folder));
        own.map(str::to_owned).collect()
    };
    let (sqlite, postgres) = (names("sqlite"), names("postgres"));
    let mut broken = Vec::new();
    // PostgreSQL comes with the cluster; from its first migration on they go in pairs.
    if !postgres.is_empty() {
        for (have, other, lacking) in [
            (&sqlite, &postgres, "postgres"),
            (&postgres, &sqlite, "sqlite"),
        ] {
            for name in have.iter().filter(|name| !other.contains(name)) {
                broken.push(Broken::at(
                    format!("{FOLDER}{lacking}/{name}"),
                    "is missing",
                ));
            }
        }
    }
    for (index, name) in sqlite.iter().enumerate() {
        let number = name
            .split('_')
            .next()
            .and_then(|digits| digits.parse::<usize>().ok());
        if number != Some(index + 1) {
            let what = format!("should begin with number {:04}", index + 1);
            broken.push(Broken::at(format!("{FOLDER}sqlite/{name}"), what));
        }
    }
    broken
}

#[test]
fn migrations_are_numbered_without_gaps_and_exist_for_each_database() {
    hold("any store serves any shop", &unpaired(source::all()));
}

#[test]
fn a_missing_twin_and_a_gap_are_seen() {
    let file = |path: &str| Source::example(&format!("{FOLDER}{path}"), "");
    assert_eq!(
        unpaired(&[file("sqlite/0001_a.sql"), file("postgres/0002_b.sql")]).len(),
        2
    );
    assert_eq!(
        unpaired(&[file("sqlite/0001_a.sql"), file("sqlite/0003_b.sql")]).len(),
        1
    );
    assert_eq!(
        unpaired(&[file("sqlite/0001_a.sql"), file("postgres/0001_a.sql")]).len(),
        0
    );
}
