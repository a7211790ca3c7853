//! The process in which the page runs falls over: the window does not stay white.

use presso_tests::{
    browser::{PATIENCE, until},
    native::{Device, play},
    server::settings,
};
use rustix::process::{Pid, Signal, kill_process};

/// As the system shows it: 15 letters.
const PAGE: &str = "WebKitWebProces";

#[test]
fn a_page_whose_process_falls_begins_anew_and_falling_again_it_takes_the_app_with_it() {
    play(settings(), async |booth| {
        let (wall, tv) = booth.tv().await;
        drop(tv);
        let app = wall.app_process();
        let first = page_of(&wall).expect("the page has a process of its own");
        kill(first);
        let anew = until("the page has another process", PATIENCE, async || {
            let now = page_of(&wall).filter(|now| *now != first);
            now.ok_or(format!("{:?}", wall.processes()))
        });
        let anew = anew.await.unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(wall.app_process(), app, "the app ran on");
        kill(anew);
        let gone = until("the app has ended", PATIENCE, async || {
            let process = std::path::PathBuf::from(format!("/proc/{app}/exe"));
            let runs = std::fs::read_link(process).is_ok();
            (!runs).then_some(()).ok_or("it runs".to_owned())
        });
        gone.await.unwrap_or_else(|problem| panic!("{problem}"));
    });
}

fn page_of(device: &Device) -> Option<u32> {
    let all = device.processes().into_iter();
    let mut pages = all.filter(|(_, name)| name == PAGE);
    pages.next().map(|(process, _)| process)
}

fn kill(process: u32) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    let killed = kill_process(process.expect("a process's number"), Signal::KILL);
    killed.expect("it is ours");
}
