//! How much of a small set of frames is read, condition by condition: the floor under which a
//! change of the looks may not fall. The large set, its peers and times: `cargo xtask bench scan`.

use presso_core::scan::{Found, Luma, decode};
use presso_frames::{Condition, Frame, some};

fn read(frame: &Frame) -> Option<Found> {
    decode(&Luma::new(
        frame.width,
        frame.height,
        frame.width,
        &frame.luma,
    )?)
}

/// Of five frames from good to hopeless, so many are read.
const fn floor(condition: Condition) -> usize {
    match condition {
        Condition::Clean | Condition::Rotation | Condition::Noise => 5,
        Condition::Inverted | Condition::Screen | Condition::Mixed => 5,
        Condition::Tilt | Condition::LowContrast | Condition::Shadow => 4,
        Condition::Glare | Condition::Small => 4,
        Condition::Blur => 3,
    }
}

#[test]
fn of_every_condition_as_many_frames_are_read_as_before_and_nothing_else_is() {
    let mut short = Vec::new();
    for condition in Condition::ALL {
        let cases = some();
        let cases = cases.iter().filter(|case| case.condition == condition);
        let mut seen = 0;
        for case in cases {
            let frame = case.draw();
            if let Some(found) = read(&frame) {
                assert_eq!(found.text, frame.text, "{}", case.name());
                seen += 1;
            }
        }
        let floor = floor(condition);
        if seen < floor {
            short.push(format!("{}: {seen} of 5, {floor} before", condition.name()));
        }
    }
    assert_eq!(short, [""; 0]);
}

#[test]
fn corners_are_where_the_code_is() {
    let easy = [
        Condition::Clean,
        Condition::Rotation,
        Condition::Inverted,
        Condition::Tilt,
    ];
    let cases = some();
    let cases = cases.iter().filter(|case| easy.contains(&case.condition));
    for case in cases.filter(|case| case.step < 9) {
        let frame = case.draw();
        let found = read(&frame).unwrap();
        for ((x, y), (cx, cy)) in found.corners.into_iter().zip(frame.corners) {
            let far = (x as f32 - cx).hypot(y as f32 - cy);
            assert!(far < 12.0, "{}: {x} {y} for {cx} {cy}", case.name());
        }
    }
}
