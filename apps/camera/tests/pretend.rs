//! nokhwa's real code over a camera made of a film: a child of this process, with the calls to the
//! system's cameras answered by `tests/native/vcam`.
#![cfg(target_os = "linux")]

use presso_camera::{Camera, Choice, Error, devices};
use presso_core::qr;
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

const LINK: &str = "https://coffee.example/s/demo#c=7K2M9QXW4A";
const SIZE: (usize, usize) = (640, 480);

/// Is this the process with the pretended camera?
fn on_stage() -> bool {
    std::env::var_os("VCAM_FILM").is_some()
}

/// Compiled once a test; none when this machine has no C compiler.
fn vcam(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/native/vcam/vcam.c");
    let library = folder.join("libvcam.so");
    let compiled = Command::new("cc")
        .args([
            "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
        ])
        .args([&library, &source])
        .arg("-ldl")
        .status();
    match compiled {
        Ok(status) => {
            assert!(status.success(), "vcam.c does not compile");
            Some(library)
        }
        Err(problem) => {
            println!("skipped: no C compiler for the pretended camera: {problem}");
            None
        }
    }
}

/// One YUYV picture with the code in its middle.
fn picture(text: &str) -> Vec<u8> {
    let code = qr::matrix(text).expect("a short link");
    let module = 8;
    let (left, top) = (
        (SIZE.0 - code.size * module) / 2,
        (SIZE.1 - code.size * module) / 2,
    );
    let mut bytes = Vec::with_capacity(SIZE.0 * SIZE.1 * 2);
    for y in 0..SIZE.1 {
        for x in 0..SIZE.0 {
            let cell = |at: usize, from: usize| at.checked_sub(from).map(|at| at / module);
            let dark = match (cell(x, left), cell(y, top)) {
                (Some(x), Some(y)) => y < code.size && code.is_dark(x, y),
                _ => false,
            };
            bytes.extend([if dark { 30 } else { 210 }, 128]);
        }
    }
    bytes
}

/// This test once more, in a process whose camera is a film of the link: there it plays its scene.
struct Scene {
    child: Child,
    said: std::io::Lines<BufReader<std::process::ChildStdout>>,
    film: PathBuf,
    _folder: TempDir,
}

impl Scene {
    fn play(test: &str, mood: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let library = vcam(folder.path())?;
        let film = folder.path().join("film.yuyv");
        if mood != "absent" {
            std::fs::write(&film, picture(LINK)).expect("it can be written");
        }
        let mut child = Command::new(std::env::current_exe().expect("this test has a file"))
            .args(["--exact", "--nocapture", test])
            .env("LD_PRELOAD", library)
            .env("VCAM_FILM", &film)
            .env("VCAM_SIZE", format!("{}x{}", SIZE.0, SIZE.1))
            .env("VCAM_MOOD", mood)
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test can be started again");
        let pipe = child.stdout.take().expect("it was asked for");
        Some(Self {
            child,
            said: BufReader::new(pipe).lines(),
            film,
            _folder: folder,
        })
    }

    /// Reads on until a line begins so; answers its rest.
    fn says(&mut self, start: &str) -> String {
        let mut heard = Vec::new();
        for line in self.said.by_ref().map_while(Result::ok) {
            if let Some(rest) = line.strip_prefix(start) {
                return rest.trim().to_owned();
            }
            heard.push(line);
        }
        panic!("it never said {start:?}, but:\n{}", heard.join("\n"));
    }

    fn ends_well(mut self) {
        let rest: Vec<String> = self.said.by_ref().map_while(Result::ok).collect();
        let status = self.child.wait().expect("it can be waited for");
        assert!(status.success(), "{status}: {}", rest.join("\n"));
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // Both fail only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_code_in_front_of_the_camera_is_read() {
    if on_stage() {
        return reads();
    }
    let Some(mut scene) = Scene::play("a_code_in_front_of_the_camera_is_read", "") else {
        return;
    };
    assert_eq!(scene.says("camera:"), "Camera made of a film");
    assert_eq!(scene.says("read:"), LINK);
    let corners: Vec<i32> = scene
        .says("corners:")
        .split(' ')
        .map(|number| number.parse().expect("numbers"))
        .collect();
    // 29 modules of 8 pixels in the middle of the picture; a reader is a few pixels off.
    let wanted = [204, 124, 436, 124, 436, 356, 204, 356];
    let near = corners.iter().zip(wanted).all(|(a, b)| (a - b).abs() <= 8);
    assert!(near && corners.len() == 8, "{corners:?}");
    assert_eq!(scene.says("again:"), LINK);
    scene.ends_well();
}

fn reads() {
    for device in devices().expect("cameras can be listed") {
        println!("\ncamera: {}", device.name);
    }
    let camera = Camera::open(&Choice::Any).expect("it opens");
    let found = code(&camera);
    println!("read: {}", found.text);
    let corners = found.corners.map(|(x, y)| format!("{x} {y}"));
    println!("corners: {}", corners.join(" "));
    let name = camera.device().name.clone();
    drop(camera);
    // Free again at once, and found by its name.
    let camera = Camera::open(&Choice::Name(name)).expect("it opens again");
    println!("again: {}", code(&camera).text);
}

fn code(camera: &Camera) -> presso_camera::Found {
    let mut last = 0;
    for _ in 0..100 {
        let frame = camera.look(Duration::from_secs(30)).expect("it runs");
        let frame = frame.expect("a picture within 30 s");
        assert!(frame.number > last, "no frame is seen twice");
        last = frame.number;
        if let Some(found) = frame.read() {
            return found;
        }
    }
    panic!("the code is in no frame");
}

#[test]
fn a_camera_that_is_pulled_out_says_so_and_breaks_nothing() {
    if on_stage() {
        return is_left_without();
    }
    let Some(mut scene) = Scene::play("a_camera_that_is_pulled_out_says_so_and_breaks_nothing", "")
    else {
        return;
    };
    scene.says("watching");
    std::fs::remove_file(&scene.film).expect("it was there");
    assert_eq!(scene.says("ended:"), "the camera was pulled out");
    assert_eq!(scene.says("then:"), "there is no such camera");
    std::fs::write(&scene.film, picture(LINK)).expect("it is plugged in again");
    assert_eq!(scene.says("back:"), LINK);
    scene.ends_well();
}

fn is_left_without() {
    let camera = Camera::open(&Choice::Any).expect("it opens");
    code(&camera);
    println!("\nwatching");
    let problem = loop {
        if let Err(problem) = camera.look(Duration::from_secs(30)) {
            break problem;
        }
    };
    println!("ended: {problem}");
    assert_eq!(camera.look(Duration::ZERO), Err(problem), "it stays so");
    drop(camera);
    let again = Camera::open(&Choice::Any).expect_err("nothing is there");
    println!("then: {again}");
    // As a person does: tries until it is plugged in.
    let back = std::iter::repeat_with(|| Camera::open(&Choice::Any)).find_map(Result::ok);
    println!(
        "back: {}",
        code(&back.expect("this ends only with one")).text
    );
}

#[test]
fn refused_busy_and_absent_are_three_answers() {
    if on_stage() {
        return is_refused();
    }
    for (mood, wanted) in [
        ("denied", Error::Denied),
        ("busy", Error::Busy),
        ("absent", Error::NoCamera),
    ] {
        let Some(mut scene) = Scene::play("refused_busy_and_absent_are_three_answers", mood) else {
            return;
        };
        assert_eq!(scene.says("refused:"), wanted.code(), "{mood}");
        scene.ends_well();
    }
}

fn is_refused() {
    let problem = Camera::open(&Choice::Any).expect_err("nothing opens here");
    println!("\nrefused: {}", problem.code());
}
