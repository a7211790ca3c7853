//! Keys that follow one another, in a folder.

use super::*;

const NOW: Timestamp = Timestamp(1_800_000_000_000);
const TEN_MINUTES_MS: i64 = 600_000;

fn names(ring: &Ring, now: Timestamp) -> Vec<String> {
    ring.believed(now).map(|key| key.id().to_owned()).collect()
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn the_key_before_is_believed_for_ten_minutes_and_its_file_goes_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let first = Ring::open(folder.path(), &[1; 32], NOW).unwrap();
    let second = first.rotate(folder.path(), &[2; 32], NOW, false).unwrap();
    let both = [
        second.newest().id().to_owned(),
        first.newest().id().to_owned(),
    ];
    assert_ne!(both[0], both[1]);
    let last = NOW.plus_ms(TEN_MINUTES_MS - 1);
    assert_eq!(names(&second, last), both);
    assert_eq!(names(&second, last.plus_ms(1)), both[..1]);
    let restarted = Ring::open(folder.path(), &[9; 32], last).unwrap();
    assert_eq!(names(&restarted, last), both);
    assert_eq!(files(folder.path()), 2);
    let later = Ring::open(folder.path(), &[9; 32], last.plus_ms(1)).unwrap();
    assert_eq!(names(&later, NOW), both[..1]);
    assert_eq!(files(folder.path()), 1);
}

#[test]
fn several_keys_are_believed_when_they_follow_quickly() {
    let folder = tempfile::tempdir().unwrap();
    let mut ring = Ring::open(folder.path(), &[1; 32], NOW).unwrap();
    for (seed, after_ms) in [(2, 0), (3, 0), (4, 1)] {
        let now = NOW.plus_ms(after_ms);
        ring = ring.rotate(folder.path(), &[seed; 32], now, false).unwrap();
    }
    assert_eq!(names(&ring, NOW.plus_ms(1)).len(), 4);
    assert_eq!(ring.jwks(NOW)["keys"].as_array().unwrap().len(), 4);
    assert_eq!(ring.jwks(NOW)["keys"][0]["kid"], ring.newest().id());
    assert_eq!(names(&ring, NOW.plus_ms(TEN_MINUTES_MS)).len(), 2);
}

#[test]
fn at_once_means_that_no_key_before_is_believed_any_more_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = Ring::open(folder.path(), &[1; 32], NOW).unwrap();
    let second = first.rotate(folder.path(), &[2; 32], NOW, false).unwrap();
    let third = second.rotate(folder.path(), &[3; 32], NOW, true).unwrap();
    assert_eq!(names(&third, NOW), [third.newest().id()]);
    let restarted = Ring::open(folder.path(), &[9; 32], NOW).unwrap();
    assert_eq!(names(&restarted, NOW), [third.newest().id()]);
}

#[test]
fn a_rotation_that_broke_off_does_not_keep_the_next_from_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let first = Ring::open(folder.path(), &[1; 32], NOW).unwrap();
    std::fs::write(folder.path().join("signing.key.next"), "half").unwrap();
    let second = first.rotate(folder.path(), &[2; 32], NOW, false).unwrap();
    assert_eq!(names(&second, NOW).len(), 2);
}

#[cfg(unix)]
#[test]
fn an_older_key_that_others_can_read_is_refused_like_the_newest() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let first = Ring::open(folder.path(), &[1; 32], NOW).unwrap();
    first.rotate(folder.path(), &[2; 32], NOW, false).unwrap();
    let (older, _) = dated(folder.path()).unwrap().remove(0);
    std::fs::set_permissions(&older, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Ring::open(folder.path(), &[9; 32], NOW).err().unwrap();
    assert!(matches!(refused, Error::Exposed(_)));
}
