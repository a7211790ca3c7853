//! The disk is lost, and the shop comes back from a backup that was taken under load.

use crate::day::{Template, shop};
use crate::is_skipped;
use crate::kills::{GUESTS, HANDS, Hand, hand, shown, work};
use crate::start::{Presso, run};
use crate::subscriber::Subscriber;
use presso_core::board::Topic;
use presso_tests::checker::{Asked, Came, History, must_hold};

/// How many answers come before the backup is begun, meanwhile, and after the way back.
const ANSWERS: usize = 60;

#[test]
fn what_was_answered_before_a_backup_is_there_again_after_the_disk_was_lost() {
    if is_skipped(false) {
        return;
    }
    let template = Template::make(HANDS * GUESTS);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    template.copy_to(&data);
    let topics = vec![Topic::Board(shop()), Topic::Queue(shop())];
    let mut ahead = Subscriber::new(&template.bo, topics.clone());
    let mut hands: Vec<Hand> = template.guests.chunks(GUESTS).zip(0..).map(hand).collect();
    let server = Presso::start(&data);
    work(&mut hands, &server, &template, ANSWERS, || {});
    let before: Vec<Hand> = hands.clone();
    // The load goes on while the backup is taken, and after it until the screen has seen of that.
    ahead.connect(&server.address);
    work(&mut hands, &server, &template, ANSWERS, || {
        let to = backup.display().to_string();
        let told = run(&data, &["backup", &to]);
        assert!(told.contains("demo") && told.contains("every row agrees"));
        let history = History::in_folder(&data, &shop()).unwrap_or_else(|why| panic!("{why}"));
        let newest = history.journal.last().map_or(0, |event| event.version);
        ahead.until(newest + 1);
    });
    server.kill();
    std::fs::remove_dir_all(&data).expect("the disk is lost");

    let told = run(&data, &["restore", &backup.display().to_string()]);
    assert!(told.contains("every row agrees"), "{told}");
    let mut hands = before;
    let server = Presso::start(&data);
    ahead.connect(&server.address);
    ahead.told_anew();
    let mut tablet = Subscriber::new(&template.bo, topics);
    tablet.connect(&server.address);
    // Whoever asks again for what was done before gets the same answer.
    for hand in &mut hands {
        hand.repeat(&server.address, &template);
    }
    work(&mut hands, &server, &template, ANSWERS, || {});
    let asked: Vec<Asked> = hands.into_iter().flat_map(|hand| hand.log).collect();
    tablet.until(shown(&asked));
    assert!(server.stop().status.success(), "it stops in peace");
    tablet.take_in();
    let answered = asked.iter().filter(|asked| is_answered(asked)).count();
    let history = History::in_folder(&data, &shop()).unwrap_or_else(|why| panic!("{why}"));
    let events = history.journal.len();
    let history = History {
        asked,
        screens: tablet.screens.clone(),
        ..history
    };
    must_hold(&history, "after the disk was lost");
    println!("{answered} answered before and after, {events} events, the disk lost once");
}

fn is_answered(asked: &Asked) -> bool {
    matches!(asked.came, Came::Answered(_))
}
