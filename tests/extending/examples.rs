//! The three consumers to keep, each with the rule that stands at its head.

use crate::consumer::{Consumer, lacks, port};
use crate::document::examples;
use crate::room::Room;
use crate::shop::{PATIENCE, Shop, is_not_built};
use presso_core::workflow::Verb;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The rule that a file's head shows.
fn pattern(file: &str) -> String {
    let text = std::fs::read_to_string(examples().join(file)).expect("the example is there");
    let start = text.find("{\"type\"").expect("its head shows a rule");
    let rule = &text[start..];
    let end = rule.find("]}").expect("the rule ends") + 2;
    rule[..end].replace("//", "")
}

/// Starts one beside the shop, with these words in its environment.
fn start(shop: &Shop, program: &str, file: &str, more: &[(&str, &str)]) -> Consumer {
    let port = port();
    let secret = shop.rule(&pattern(file), port);
    run(shop, program, file, more, (port, &secret))
}

/// Starts it for a rule that is there already.
fn run(
    shop: &Shop,
    program: &str,
    file: &str,
    more: &[(&str, &str)],
    (port, secret): (u16, &str),
) -> Consumer {
    let mut command = Command::new(program);
    command
        .arg(examples().join(file))
        .current_dir(shop.folder());
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.envs(more.iter().copied());
    let consumer = Consumer::start(&mut command, port, secret);
    assert_eq!(consumer.answers("", "{}"), 401, "it is not signed");
    consumer
}

/// The file's text, once this holds for it.
fn until(file: &Path, fact: impl Fn(&str) -> bool) -> String {
    let start = Instant::now();
    loop {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        if fact(&text) {
            return text;
        }
        assert!(start.elapsed() < PATIENCE, "{} has {text}", file.display());
        std::thread::park_timeout(Duration::from_millis(10)); // looked at again, up to 30 s
    }
}

#[tokio::test]
async fn waiting_times_are_told_and_put_on_the_bus() {
    if is_not_built() || lacks("python3") {
        return;
    }
    let shop = Shop::open().await;
    let key = shop.types("presso sources add demo waiting.times");
    let key = key.lines().next().expect("its key is told").to_owned();
    let heard = "printf '{\"source\": [\"waiting.times\"]}' > means.json
        presso rules put - means --pattern means.json --file means.jsonl --format eventbridge";
    shop.types(heard);
    let at = [
        ("PRESSO_URL", shop.address.as_str()),
        ("PRESSO_SHOP", "demo"),
        ("PRESSO_KEY", &key),
    ];
    let consumer = start(&shop, "python3", "waiting_times.py", &at);
    shop.coffee().await;
    assert_eq!(consumer.line(), "latte: 0 s");
    let file = shop.folder().join("data/bus/means.jsonl");
    let text = until(&file, |text| text.ends_with('\n'));
    let put: serde_json::Value = serde_json::from_str(&text).expect("a line of JSON");
    assert_eq!(put["detail-type"], "OrderManager.DrinkAverageTime");
    assert_eq!(put["detail"]["drink"], "latte");
    assert_eq!(put["detail"]["duration"], 0);
    // Taken back: it was not ready.
    let order = shop.order().await;
    let verbs = [Verb::Claim, Verb::Complete, Verb::Undo, Verb::Complete];
    shop.does(&verbs, order).await;
    assert_eq!(consumer.line(), "latte: 0 s");
    assert_eq!(consumer.line(), "latte: 0 s");
}

#[tokio::test]
async fn the_days_figures_are_in_a_csv_and_count_once_over_restarts() {
    if is_not_built() || lacks("python3") {
        return;
    }
    let shop = Shop::open().await;
    let port = port();
    let secret = shop.rule(&pattern("daily_figures.py"), port);
    let starts = || run(&shop, "python3", "daily_figures.py", &[], (port, &secret));
    let consumer = starts();
    shop.coffee().await;
    let file = shop.folder().join("figures.csv");
    let counts = |text: &str| -> Vec<String> {
        let days = text
            .lines()
            .skip(1)
            .flat_map(|line| line.split(',').skip(1));
        days.map(str::to_owned).collect()
    };
    until(&file, |text| {
        counts(text) == ["1", "1", "1", "0", "0", "0", "0.0"]
    });
    consumer.ends_without_a_word();
    // Another one is made while nobody listens, and all that was is played again.
    let order = shop.order().await;
    shop.does(&[Verb::Claim, Verb::Cancel], order).await;
    let _consumer = starts();
    shop.types("presso rules replay demo loyalty --from 0 --to 4102444800000");
    let both = ["2", "2", "1", "0", "1", "0", "0.0"];
    until(&file, |text| counts(text) == both);
    shop.coffee().await;
    until(&file, |text| {
        counts(text) == ["3", "3", "2", "0", "1", "0", "0.0"]
    });
}

#[tokio::test]
async fn a_chat_room_is_told_of_the_door_also_when_it_was_away() {
    if is_not_built() || lacks("node") {
        return;
    }
    let shop = Shop::open().await;
    let room = Room::open(1);
    let to = [("CHAT_URL", room.url.as_str())];
    let _consumer = start(&shop, "node", "chat.mjs", &to);
    shop.types("presso shop close demo");
    shop.types("presso shop open demo");
    let told = |said: &str| {
        let line = room.told.recv_timeout(PATIENCE).expect("the room is told");
        assert_eq!(line, format!("{{\"text\":\"demo: {said}\"}}"));
    };
    told("The shop is closed.");
    told("The shop is open.");
}
