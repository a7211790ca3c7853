//! Both sides of the words agree: no id in the screens without a sentence, no sentence that
//! nothing says, every problem of the workflow with a sentence of its own, no file with a mistake.

use presso_core::api::Problem;
use presso_core::id::{DrinkId, OptionId, OrderId, StaffId};
use presso_core::menu::{BadMenu, OffMenu};
use presso_core::order::OrderState;
use presso_core::settings::BadSettings;
use presso_core::workflow::{Rejection, Verb};
use presso_words::{LOCALES, Words};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Ids that are put together from a code at run time.
const PUT_TOGETHER: &str = "problem-";

fn sources() -> Vec<(PathBuf, String)> {
    let apps = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate is one of several apps");
    let (mut found, mut folders) = (Vec::new(), vec![apps.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the tree can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() && path.file_name().is_some_and(|n| n != "tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    found
}

/// The literal that each `t!(` begins with.
fn said(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("t!(").filter_map(|(at, call)| {
        // Not the end of another macro's name.
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let after = &text[at + call.len()..];
        let literal = after.trim_start().strip_prefix('"')?;
        literal.split('"').next()
    })
}

fn ids() -> BTreeSet<&'static str> {
    let files = LOCALES[0].files.iter();
    let lines = files.flat_map(|(_, text)| text.lines());
    lines
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .collect()
}

#[test]
fn every_id_that_a_screen_says_has_a_sentence() {
    let ids = ids();
    let sources = sources();
    assert!(sources.len() > 20, "the screens are read");
    for (path, text) in &sources {
        // Documentation says `t!("…")` without meaning it.
        let code: Vec<&str> = text
            .lines()
            .filter(|l| !l.trim_start().starts_with("//"))
            .collect();
        for id in said(&code.join("\n")) {
            assert!(ids.contains(id), "{}: {id}", path.display());
        }
    }
}

#[test]
fn every_sentence_is_said_somewhere() {
    let sources = sources();
    let page = |id: &str| ["start-failed", "no-script"].contains(&id);
    let ids = ids();
    for id in ids
        .iter()
        .filter(|id| !id.starts_with(PUT_TOGETHER) && !page(id))
    {
        let literal = format!("\"{id}\"");
        let used = sources.iter().any(|(_, text)| text.contains(&literal));
        assert!(used, "nothing says {id}");
    }
}

#[test]
fn a_page_that_cannot_start_says_so_in_the_words_of_the_files() {
    let words = Words::for_wanted(&["en"]);
    for app in ["customer", "barista", "display"] {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../{app}/index.html"));
        let page = fs::read_to_string(page).expect("every app has its page");
        for id in ["start-failed", "no-script"] {
            let sentence = words.t(id, &[]);
            assert!(page.contains(&sentence), "{app}: {sentence}");
        }
    }
}

#[test]
fn no_id_stands_twice() {
    let mut seen = BTreeSet::new();
    for (file, text) in LOCALES[0].files {
        for line in text
            .lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            if let Some((id, _)) = line.split_once(" =") {
                assert!(seen.insert(id), "{file}: {id} is there already");
            }
        }
    }
}

#[test]
fn every_file_of_every_language_parses_and_says_what_english_says() {
    for locale in LOCALES {
        let words = Words::for_wanted(&[locale.tag]);
        for (file, text) in locale.files {
            let mistakes = Words::mistakes(text);
            assert!(mistakes.is_empty(), "{}/{file}: {mistakes:?}", locale.tag);
        }
        for id in ids() {
            assert!(words.has(id), "{} lacks {id}", locale.tag);
        }
    }
}

#[test]
fn every_rejection_has_a_sentence_of_its_own() {
    let words = Words::for_wanted(&["en"]);
    for code in rejections().into_iter().map(|r| Problem::from(r).code) {
        let id = format!("problem-{}", code.replace('_', "-"));
        assert!(words.has(&id), "{id}");
    }
}

fn rejections() -> Vec<Rejection> {
    use Rejection as R;
    let (order, staff) = (OrderId(Default::default()), StaffId(Default::default()));
    let drink = DrinkId::parse("latte").expect("a slug");
    let option = OptionId::parse("oat").expect("a slug");
    let group = presso_core::id::GroupId::parse("milk").expect("a slug");
    let state = OrderState::Ready;
    let off_menu = [
        OffMenu::UnknownDrink,
        OffMenu::DrinkOff,
        OffMenu::UnknownOption {
            option: option.clone(),
        },
        OffMenu::OptionOff {
            option: option.clone(),
        },
        OffMenu::OptionTwice {
            option: option.clone(),
        },
        OffMenu::TooManyOptions {
            group: group.clone(),
        },
        OffMenu::MissingOption { group },
    ];
    let (field, rule) = (String::new(), String::new());
    let mut all = vec![
        R::ShopUnknown,
        R::ShopExists,
        R::ShopClosed,
        R::ShopFull { capacity: 1 },
        R::CodeUsedUp { places: 1 },
        R::CodeExpired,
        R::CodeUnknown,
        R::AlreadyOrdered { order },
        R::DailyLimit { limit: 1 },
        R::OrderUnknown,
        R::SignInNeeded,
        R::NotAllowed,
        R::OrderAlreadyClaimed { by: staff },
        R::NotYourClaim,
        R::NotTakeable,
        R::OrderBeingMade,
        R::OrderEnded { state },
        R::WrongState {
            state,
            verb: Verb::Claim,
        },
        R::DeadlinePassed,
        R::ReasonNotYours,
        R::NothingToUndo,
        R::UndoTooLate { within_s: 10 },
        R::CustomerHasOther,
        R::OrdersAlive,
        R::MenuEmpty,
        R::DrinkUnknown { drink },
        R::OptionUnknown { option },
        R::BadSettings(BadSettings {
            field: field.clone(),
            rule: rule.clone(),
        }),
        R::BadMenu(BadMenu { field, rule }),
    ];
    all.extend(off_menu.map(|why| R::NotOnMenu { why }));
    all
}
