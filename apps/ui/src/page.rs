//! The page around a screen: its title, language, address, and what it remembers.

use crate::host;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The document's title: what the screen shows, and whose page it is.
pub fn set_title(text: &str) {
    let brand = presso_words::t!("brand");
    document().set_title(&format!("{text} · {brand}"));
}

/// Closes every dialog that is open.
pub fn close_dialogs() {
    // Each that is closed is open no more.
    while let Ok(Some(dialog)) = document().query_selector("dialog[open]") {
        dialog
            .unchecked_into::<web_sys::HtmlDialogElement>()
            .close();
    }
}

/// Chooses the language: this browser's, and tells the document, with its direction.
pub fn speak_browser_language() {
    let languages: Vec<String> = window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|l| l.as_string())
        .collect();
    let wanted: Vec<&str> = languages.iter().map(String::as_str).collect();
    presso_words::speak(&wanted);
    if let Some(html) = document().document_element() {
        let direction = presso_words::direction().attribute();
        // Setting a valid attribute cannot fail.
        let _ = html.set_attribute("lang", presso_words::locale());
        let _ = html.set_attribute("dir", direction);
    }
}

/// The address's path, as `/s/demo`.
#[must_use]
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Where this app's server is, as `https://coffee.example`.
#[must_use]
pub fn origin() -> String {
    host::server().unwrap_or_else(|| window().location().origin().unwrap_or_default())
}

/// A value of the address's query (`?sound=off`).
#[must_use]
pub fn query(key: &str) -> Option<String> {
    let query = window().location().search().unwrap_or_default();
    fragment_value(query.trim_start_matches('?'), key)
}

/// Takes a value out of the address's fragment (`#c=…`), and the fragment off the address bar at
/// once, so that it is neither seen, nor kept in the history, nor passed on.
#[must_use]
pub fn take_fragment(key: &str) -> Option<String> {
    let fragment = window().location().hash().unwrap_or_default();
    let found = fragment_value(&fragment, key)?;
    let search = window().location().search().unwrap_or_default();
    stand_at(&without_fragment(&path(), &search));
    Some(found)
}

/// A value of the address's fragment, which stays where it is: for what is meant to be passed on.
#[must_use]
pub fn fragment(key: &str) -> Option<String> {
    let fragment = window().location().hash().unwrap_or_default();
    fragment_value(&fragment, key)
}

/// The address as it stays: its query goes on meaning what it meant.
fn without_fragment(path: &str, search: &str) -> String {
    format!("{path}{search}")
}

fn fragment_value(fragment: &str, key: &str) -> Option<String> {
    let pairs = fragment.trim_start_matches('#').split('&');
    let mut values = pairs.filter_map(|pair| pair.split_once('='));
    let (_, value) = values.find(|(name, _)| *name == key)?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// Brings what has this `id` before who uses the page; nothing where there is none.
pub fn focus(id: &str) {
    let found = document().get_element_by_id(id);
    let found = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    // Fails only for what cannot take the focus.
    let _ = found.map(|it| it.focus());
}

/// Another address of this site.
pub fn go_to(address: &str) {
    // Refused only for addresses that are none.
    let _ = window().location().set_href(address);
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// Stands at another address of the app from now on, without going there.
pub fn stand_at(place: &str) {
    if let Ok(history) = window().history() {
        // Fails only for pages without an address of their own.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(place));
    }
}

/// What this device remembers under a key; none as well when it may not remember.
#[must_use]
pub fn remembered(key: &str) -> Option<String> {
    host::remembered(key)
}

/// Remembers a value, or with none forgets it. A device that may not remember forgets at once.
pub fn remember(key: &str, value: Option<&str>) {
    host::remember(key, value);
}

/// Forgets everything whose key begins so.
pub fn forget_all(start: &str) {
    for key in host::remembers() {
        if key.starts_with(start) {
            host::remember(&key, None);
        }
    }
}

/// The same until the tab is closed. A window has no tabs: it goes on where it was.
#[must_use]
pub fn remembered_in_tab(key: &str) -> Option<String> {
    if host::in_window() {
        return host::remembered(key);
    }
    window().session_storage().ok()??.get_item(key).ok()?
}

/// Remembers a value until the tab is closed, or with none forgets it.
pub fn remember_in_tab(key: &str, value: Option<&str>) {
    if host::in_window() {
        return host::remember(key, value);
    }
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_stays_when_the_fragment_is_taken_off() {
        let address = without_fragment("/display", "?sound=off");
        assert_eq!(address, "/display?sound=off");
        assert_eq!(without_fragment("/s/demo", ""), "/s/demo");
    }

    #[test]
    fn a_fragments_value_is_found_by_its_name() {
        assert_eq!(fragment_value("#c=AB12", "c").as_deref(), Some("AB12"));
        assert_eq!(fragment_value("#k=1&c=2", "c").as_deref(), Some("2"));
        assert_eq!(fragment_value("#c=", "c"), None);
        assert_eq!(fragment_value("", "c"), None);
    }
}
