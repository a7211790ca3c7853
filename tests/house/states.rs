//! A thin backend: it stores and serves orders and knows nothing of their life.

use crate::{
    code::{self, Blank},
    source::{self, Broken, Source, hold},
};

fn named_states(sources: &[Source]) -> Vec<Broken> {
    let mut broken = Vec::new();
    let backend = sources
        .iter()
        .filter(|s| s.is_rust() && s.path.starts_with("backend/src/"));
    for source in backend {
        let text = code::only(&source.text, Blank::CommentsAndStrings);
        for (number, line) in code::lines(code::before_tests(&source.path, &text)) {
            if names_a_variant(line) {
                broken.push(source.broken(number, "a state of an order is named"));
            }
        }
    }
    broken
}

/// `OrderState::Ready`, but not `OrderState::ALL` nor a function of its.
fn names_a_variant(line: &str) -> bool {
    let mut after = line.split("OrderState::").skip(1);
    after.any(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    })
}

#[test]
fn the_backend_names_no_state_of_an_order() {
    hold(
        "what a state means is decided in core, once",
        &named_states(source::all()),
    );
}

#[test]
fn a_state_named_in_the_backend_is_seen() {
    let text = "//! A.\nif order.state == OrderState::Ready {}";
    assert_eq!(
        named_states(&[Source::example("backend/src/http/order.rs", text)]).len(),
        1
    );
    assert_eq!(
        named_states(&[Source::example("core/src/order.rs", text)]).len(),
        0
    );
    let all = "//! A.\nOrderState::ALL.iter().map(OrderState::name)";
    assert_eq!(
        named_states(&[Source::example("backend/src/http/order.rs", all)]).len(),
        0
    );
}
