//! `/openapi.json`: the table of contents as a document.

use super::body::Answer;
use serde_json::{Value, json};

pub(super) async fn show() -> Answer<Value> {
    Answer(json!({}))
}
