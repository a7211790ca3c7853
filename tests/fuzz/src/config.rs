//! `presso.toml`, and the environment.

use presso_backend::config::{Layer, host};
use std::collections::HashMap;

/// A file, or lines of `NAME=VALUE`.
///
/// # Panics
/// When a configuration is taken that cannot be.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(layer) = toml::from_str::<Layer>(text) {
        settle(layer);
    }
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let said: HashMap<&str, &str> = lines.collect();
    let get = |name: &str| said.get(name).map(|value| (*value).to_owned());
    if let Ok(layer) = Layer::environment(get) {
        settle(layer);
    }
}

fn settle(layer: Layer) {
    let Ok(config) = layer.settle() else {
        return;
    };
    let url = &config.public_url;
    assert!(!host(url).is_empty() && !url.ends_with('/'), "{url}");
    // It stands in headers and in QR codes.
    assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
    let networks = config.proxies.trusted.iter();
    let mut lengths = networks.map(|network| network.prefix_len());
    assert!(lengths.all(|length| length > 0), "everybody is trusted");
    // The checked address is one again.
    let again = Layer {
        public_url: Some(url.clone()),
        ..Layer::default()
    };
    assert_eq!(
        again.settle().map(|again| again.public_url),
        Ok(url.clone())
    );
}
