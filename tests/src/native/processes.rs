//! The processes of a native app: the app itself, and those that its web view started.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Seek, SeekFrom},
    path::PathBuf,
};

/// All processes below one, by number, with the names that the system shows (15 letters at most).
pub(super) fn below(root: u32) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    let all = all();
    let mut parents = vec![root];
    while let Some(parent) = parents.pop() {
        for (process, name, _) in all.iter().filter(|(.., its)| *its == parent) {
            found.insert(*process, name.clone());
            parents.push(*process);
        }
    }
    found
}

/// Number, name and parent of every process.
fn all() -> Vec<(u32, String, u32)> {
    let folders = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = folders.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers
        .filter_map(|process: u32| {
            // One that ended meanwhile is none.
            let text = fs::read_to_string(file(process, "stat")).ok()?;
            let (name, rest) = text.split_once('(')?.1.rsplit_once(')')?;
            let parent = rest.split_whitespace().nth(1)?.parse().ok()?;
            Some((process, name.to_owned(), parent))
        })
        .collect()
}

/// Proportional memory of a process, bytes: its own, and its share of what it has with others.
///
/// # Panics
/// When the system does not tell.
#[must_use]
pub fn memory(process: u32) -> u64 {
    let text = fs::read_to_string(file(process, "smaps_rollup")).expect("it runs, and is ours");
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
    kilobytes.unwrap_or(0_u64) * 1024
}

/// How often each of these texts stands in the memory that a process can write: as bytes, and as
/// the two bytes a letter in which web views hold some of theirs.
///
/// # Errors
/// When the memory cannot be read.
pub(super) fn search(process: u32, texts: &[&str]) -> std::io::Result<Vec<usize>> {
    let patterns: Vec<[Vec<u8>; 2]> = texts.iter().map(|text| spellings(text)).collect();
    let mut counts = vec![0; texts.len()];
    let mut memory = fs::File::open(file(process, "mem"))?;
    let mut pages = fs::File::open(file(process, "pagemap"))?;
    for range in writable(process)? {
        for (start, end) in present(&mut pages, range)? {
            let mut bytes = Vec::new();
            memory.seek(SeekFrom::Start(start))?;
            // What the process gave back meanwhile ends the reading early.
            let _ = (&mut memory).take(end - start).read_to_end(&mut bytes);
            for (count, pair) in counts.iter_mut().zip(&patterns) {
                *count += pair
                    .iter()
                    .map(|text| occurrences(&bytes, text))
                    .sum::<usize>();
            }
        }
    }
    Ok(counts)
}

fn spellings(text: &str) -> [Vec<u8>; 2] {
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    [text.as_bytes().to_vec(), wide.collect()]
}

fn writable(process: u32) -> std::io::Result<Vec<(u64, u64)>> {
    let maps = fs::read_to_string(file(process, "maps"))?;
    let range = |line: &str| {
        let (range, rest) = line.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        rest.starts_with("rw")
            .then_some((number(start)?, number(end)?))
    };
    Ok(maps.lines().filter_map(range).collect())
}

/// The parts of a range that were ever written: web views set aside far more than there is.
fn present(pages: &mut fs::File, (start, end): (u64, u64)) -> std::io::Result<Vec<(u64, u64)>> {
    let page = rustix::param::page_size() as u64;
    let mut entries = Vec::new();
    pages.seek(SeekFrom::Start(start / page * 8))?;
    pages
        .take((end - start) / page * 8)
        .read_to_end(&mut entries)?;
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (number, entry) in entries.chunks_exact(8).enumerate() {
        // The two highest bits: in memory, or moved out of it.
        if entry[7] & 0b1100_0000 == 0 {
            continue;
        }
        let at = start + number as u64 * page;
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = at + page,
            _ => runs.push((at, at + page)),
        }
    }
    Ok(runs)
}

fn occurrences(bytes: &[u8], text: &[u8]) -> usize {
    let Some((first, rest)) = text.split_first() else {
        return 0;
    };
    let begins = bytes.iter().enumerate().filter(|(_, byte)| *byte == first);
    begins
        .filter(|(at, _)| bytes[at + 1..].starts_with(rest))
        .count()
}

fn file(process: u32, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{process}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_a_process_is_found_and_another_is_not() {
        // In a process of its own: looking through one's own memory fills it with what one finds.
        let mut other = std::process::Command::new("cat")
            .env("HELD", "a secret that only this one has, 48151623")
            .stdin(std::process::Stdio::piped())
            .spawn()
            .expect("cat is everywhere");
        let sought = ["only this one has, 48151623", "that nobody has, 42"];
        let counts = search(other.id(), &sought);
        drop(other.stdin.take()); // it ends with its input
        other.wait().expect("it is ours");
        let counts = counts.expect("a child's memory can be read");
        assert!(counts[0] >= 1 && counts[1] == 0, "{counts:?}");
    }

    #[test]
    fn a_text_is_found_in_both_spellings() {
        let [narrow, wide] = spellings("k\u{e9}y");
        assert_eq!(occurrences("a k\u{e9}y, a k\u{e9}y".as_bytes(), &narrow), 2);
        assert_eq!(occurrences(b"\0k\0\xe9\0y\0k\0", &wide), 1);
    }

    #[test]
    fn this_process_is_below_its_parent_and_takes_memory() {
        let own = std::process::id();
        let parent = all().into_iter().find(|(process, ..)| *process == own);
        let (.., parent) = parent.expect("this process runs");
        assert!(below(parent).contains_key(&own));
        assert!(memory(own) > 1 << 20);
    }
}
