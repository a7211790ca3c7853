//! JSON by way of its tree: a copy slower than straight from the text, and a good deal smaller in
//! a page, since what reads a type is compiled for one source of it instead of three.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a text.
///
/// # Errors
/// It is no JSON, or says something else.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    serde_json::from_value(serde_json::from_slice::<Value>(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::menu::Menu;

    #[test]
    fn a_text_is_read_as_it_would_be_straight_away() {
        let text = br#"{"state": "ready", "after": [1, 2.5, "x"]}"#;
        let value: Value = read(text).unwrap();
        assert_eq!(value, serde_json::from_slice::<Value>(text).unwrap());
        assert!(read::<Menu>(text).is_err() && read::<Value>(b"{").is_err());
    }
}
