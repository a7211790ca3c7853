//! Layers, and what is refused.

use super::*;

fn layer(listen: &str, public_url: Option<&str>) -> Layer {
    Layer {
        listen: Some(listen.into()),
        public_url: public_url.map(Into::into),
        ..Layer::default()
    }
}

#[test]
fn later_layers_win_and_the_rest_is_default() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    std::fs::write(
        &path,
        "listen = \"127.0.0.1:1\"\ndata = \"a\"\nlog = \"json\"\n[limits]\nscans = \"off\"\n",
    )
    .unwrap();
    let file = Layer::file(&path, true).unwrap();
    let environment = Layer::environment(|name| (name == "PRESSO_DATA").then(|| "b".into()));
    let flags = layer("127.0.0.1:3", None);
    let config = flags
        .over(environment.unwrap())
        .over(file)
        .settle()
        .unwrap();
    let expected = Config {
        listen: "127.0.0.1:3".parse().unwrap(),
        data: "b".into(),
        public_url: "http://127.0.0.1:3".into(),
        log: LogFormat::Json,
        proxies: Proxies::default(),
        metrics: network::metrics(None).unwrap(),
        limits: Limits {
            scans: crate::limits::Bound::Off,
            ..Limits::default()
        },
        passcodes: Passcodes::default(),
        webhooks: Webhooks::default(),
    };
    assert_eq!(config, expected);
}

#[test]
fn a_server_that_others_reach_needs_an_address_for_its_links() {
    let refused = layer("0.0.0.0:8080", None).settle().unwrap_err();
    assert!(
        refused.to_string().starts_with("public_url: is needed"),
        "{refused}"
    );
    let config = layer("0.0.0.0:8080", Some("https://Coffee.example.org/"))
        .settle()
        .unwrap();
    assert_eq!(config.public_url, "https://coffee.example.org");
    assert!(config.is_secure_context());
}

#[test]
fn a_camera_needs_https_or_this_machine() {
    let secure = |url| {
        layer("127.0.0.1:1", Some(url))
            .settle()
            .unwrap()
            .is_secure_context()
    };
    assert!(
        secure("http://localhost:8080")
            && secure("http://127.0.0.1")
            && secure("http://[::1]:8080")
    );
    assert!(!secure("http://192.0.2.7:8080") && !secure("http://localhost.example.org"));
}

#[test]
fn addresses_that_are_none_are_refused() {
    for url in [
        "coffee.example.org",
        "ftp://a",
        "https://",
        "https://a/b",
        "https://a#c",
        "https://a b",
    ] {
        assert!(layer("127.0.0.1:1", Some(url)).settle().is_err(), "{url}");
    }
    assert!(layer("8080", None).settle().is_err());
}

#[test]
fn a_file_that_was_named_must_be_there_and_a_misspelt_setting_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    assert_eq!(Layer::file(&path, false), Ok(Layer::default()));
    assert!(matches!(
        Layer::file(&path, true),
        Err(Error::Unreadable { .. })
    ));
    std::fs::write(&path, "lisen = \"127.0.0.1:1\"\n").unwrap();
    let refused = Layer::file(&path, true).unwrap_err().to_string();
    assert!(refused.contains("lisen"), "{refused}");
}
