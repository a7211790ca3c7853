//! Sentences for problems: one for each stable code, else a generic one that names the code.

use crate::text;
use presso_core::api::Problem;

/// A sentence for a problem. Unknown codes (of a newer server) get one that names the code.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    problem_with_code(&problem.code)
}

/// The same, of the code alone.
#[must_use]
pub fn problem_with_code(code: &str) -> String {
    let id = format!("problem-{}", code.replace('_', "-"));
    let sentence = text(&id, &[]);
    if sentence == id {
        text("problem-other", &[("code", code.into())])
    } else {
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_code_has_its_sentence_and_an_unknown_one_is_named() {
        assert!(problem_with_code("shop_full").contains("busy"));
        assert!(problem_with_code("moon_phase").contains("moon_phase"));
    }

    #[test]
    fn what_the_server_says_beside_the_workflow_has_sentences_that_name_no_code() {
        let codes = [
            "malformed_json",
            "malformed_answer",
            "invalid_field",
            "code_malformed",
            "restarting",
            "overloaded",
            "storage",
            "internal",
            "too_slow",
            "too_often",
            "session",
            "session_unknown",
            "device_unknown",
            "authorization_pending",
            "slow_down",
            "expired_token",
            "bad_name",
            "staff_unknown",
            "oneself",
            "manager_joined",
            "link_used",
            "link_expired",
            "link_unknown",
            "bad_contact",
            "passcodes_off",
            "numbers_not_served",
            "addresses_not_served",
            "country_not_served",
            "passcode_too_soon",
            "passcode_number_spent",
            "passcode_day_spent",
            "passcode_malformed",
            "passcode_wrong",
            "passcode_expired",
            "passcode_spent",
            "passcode_guessed",
            "signed_in_already",
        ];
        for code in codes {
            let other = text("problem-other", &[("code", code.into())]);
            assert_ne!(problem_with_code(code), other);
        }
    }
}
