//! Names of people, as they are typed.

use super::refusal::Refusal;
use axum::http::StatusCode;

/// Most characters of a name.
const LONGEST: usize = 40;

/// A name without the spaces around it.
///
/// # Errors
/// 422 `bad_name` unless 1 to 40 characters are left, none of them a control character.
pub(super) fn checked(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let fits = (1..=LONGEST).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let sentence = "a name has 1 to 40 characters and no control characters";
    Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_name", sentence).at("name"))
}
