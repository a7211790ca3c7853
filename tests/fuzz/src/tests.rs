//! The seeds, replayed.

use super::{TARGETS, Target};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// Whole, every beginning of it, and with each byte bent in two ways.
fn replay((_, run): Target, seed: &[u8]) {
    run(seed);
    // Every byte of what is short; of what is long a sample.
    for at in (0..seed.len()).step_by(seed.len() / 256 + 1) {
        run(&seed[..at]);
        for bend in [0x01, 0x80] {
            let mut bent = seed.to_vec();
            bent[at] ^= bend;
            run(&bent);
        }
    }
}

#[test]
fn every_seed_is_read_whole_cut_short_and_bent() {
    for target in TARGETS {
        let seeds = folder("seeds").join(target.0);
        let names = names(&seeds);
        assert!(!names.is_empty(), "{} has no seed", target.0);
        for name in names {
            replay(*target, &fs::read(seeds.join(name)).unwrap());
        }
    }
}

#[test]
fn every_target_has_its_program_and_its_seeds_and_nothing_else_has() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|t| t.0.to_owned()).collect();
    let programs = names(&folder("fuzz_targets")).into_iter();
    let programs: BTreeSet<String> = programs
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect();
    assert_eq!(programs, targets);
    assert_eq!(names(&folder("seeds")), targets);
}

#[test]
#[should_panic(expected = "assertion")]
fn what_does_not_return_as_it_was_is_seen() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Forgetful {
        #[serde(skip_deserializing)]
        kept: u8,
    }
    super::returns(&Forgetful { kept: 1 });
}
