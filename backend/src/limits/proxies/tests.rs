//! Who is believed about what.

use super::*;

fn proxies(trusted: &[&str], header: ForwardedHeader) -> Proxies {
    Proxies {
        trusted: trusted.iter().map(|text| text.parse().unwrap()).collect(),
        header,
    }
}

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        headers.append(*name, value.parse().unwrap());
    }
    headers
}

fn by_x(peer: &str, lines: &[(&'static str, &str)]) -> String {
    let proxies = proxies(&["127.0.0.1/32", "10.0.0.0/8"], ForwardedHeader::default());
    let speaker = proxies.speaks_for(peer.parse().unwrap(), &headers(lines));
    speaker.to_string()
}

#[test]
fn nobody_is_believed_unless_they_are_trusted() {
    let claims = headers(&[
        ("x-forwarded-for", "192.0.2.1"),
        ("forwarded", "for=192.0.2.1"),
    ]);
    let peer = "127.0.0.1".parse().unwrap();
    let nobody = Proxies::default();
    assert_eq!(nobody.speaks_for(peer, &claims), peer);
    assert!(nobody.overlook(peer, &claims));
    assert_eq!(
        by_x("198.51.100.9", &[("x-forwarded-for", "192.0.2.1")]),
        "198.51.100.9"
    );
}

#[test]
fn a_trusted_proxy_is_believed_about_the_last_it_named_and_nothing_before() {
    let spoofed = [("x-forwarded-for", "203.0.113.5, 192.0.2.1")];
    assert_eq!(by_x("127.0.0.1", &spoofed), "192.0.2.1");
    let chained = [("x-forwarded-for", "203.0.113.5, 192.0.2.1, 10.1.1.1")];
    assert_eq!(by_x("127.0.0.1", &chained), "192.0.2.1");
    let lines = [
        ("x-forwarded-for", "203.0.113.5"),
        ("x-forwarded-for", "192.0.2.1"),
    ];
    assert_eq!(by_x("127.0.0.1", &lines), "192.0.2.1");
    assert_eq!(by_x("::ffff:127.0.0.1", &lines), "192.0.2.1");
}

#[test]
fn what_is_no_address_is_the_proxys_own() {
    for odd in ["", "unknown", "_hidden", "192.0.2.1, nonsense", "1.2.3.4.5"] {
        assert_eq!(
            by_x("127.0.0.1", &[("x-forwarded-for", odd)]),
            "127.0.0.1",
            "{odd}"
        );
    }
    assert_eq!(by_x("127.0.0.1", &[]), "127.0.0.1");
    assert_eq!(
        by_x("127.0.0.1", &[("x-forwarded-for", "nonsense, 10.1.1.1")]),
        "10.1.1.1"
    );
}

#[test]
fn addresses_are_read_with_ports_and_in_brackets() {
    for (written, read) in [
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
    ] {
        assert_eq!(
            by_x("127.0.0.1", &[("x-forwarded-for", written)]),
            read,
            "{written}"
        );
    }
}

#[test]
fn only_the_header_that_is_set_is_read() {
    let both = headers(&[
        ("x-forwarded-for", "203.0.113.5"),
        (
            "forwarded",
            "for=203.0.113.6, For=\"[2001:db8::1]:4711\";proto=https;by=10.0.0.1",
        ),
    ]);
    let peer = "127.0.0.1".parse().unwrap();
    let speaker = |header| proxies(&["127.0.0.1/32"], header).speaks_for(peer, &both);
    assert_eq!(
        speaker(ForwardedHeader::XForwardedFor).to_string(),
        "203.0.113.5"
    );
    assert_eq!(
        speaker(ForwardedHeader::Forwarded).to_string(),
        "2001:db8::1"
    );
    let hidden = headers(&[("forwarded", "for=unknown;proto=https")]);
    let by_rfc = proxies(&["127.0.0.1/32"], ForwardedHeader::Forwarded);
    assert_eq!(by_rfc.speaks_for(peer, &hidden), peer);
}
