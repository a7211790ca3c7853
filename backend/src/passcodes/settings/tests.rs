//! What is refused, each with its sentence.

use super::*;

fn read(text: &str) -> Result<Passcodes, String> {
    let settings: Passcodes = toml::from_str(text).map_err(|error| error.to_string())?;
    settings.check().map(|()| settings)
}

const SMS: &str = "[sms]\nurl = \"https://gateway.example/send\"\ncountries = [\"+49\"]\n";
const MAIL: &str = "[mail]\nhost = \"smtp.example\"\nfrom = \"Presso <a@example.org>\"\n";

#[test]
fn nothing_is_sent_unless_a_way_is_set_and_the_limits_are_there_by_themselves() {
    let settings = read("").unwrap();
    assert_eq!(settings, Passcodes::default());
    let caps = settings.caps();
    assert_eq!((caps.number, caps.shop, caps.day), (10, 500, 1_000));
    let both = read(&format!("{SMS}{MAIL}")).unwrap();
    assert_eq!(both.sms.unwrap().to, "To");
    assert_eq!(both.mail.unwrap().tls, Tls::Starttls);
}

#[test]
fn each_unsafe_combination_is_refused_with_a_sentence() {
    let sms = |line: &str| format!("{SMS}{line}\n");
    let to = |url: &str| format!("[sms]\nurl = \"{url}\"\ncountries = [\"+49\"]\n");
    for (text, word) in [
        (format!("terminal = true\n{SMS}"), "terminal"),
        ("number_a_day = 600".into(), "number_a_day"),
        ("shop_a_day = 2000".into(), "shop_a_day"),
        (to("http://gateway.example/send"), "https://"),
        (to("https://user:word@gateway.example/"), "no password"),
        (to("gateway.example"), "address"),
        (SMS.replace("[\"+49\"]", "[]"), "countries"),
        (SMS.replace("+49", "49"), "countries"),
        (sms("user = \"x\""), "belong together"),
        (format!("{MAIL}tls = \"off\"\n"), "mail.tls"),
        (format!("{MAIL}password_file = \"x\"\n"), "belong together"),
    ] {
        let refused = read(&text).unwrap_err();
        assert!(refused.contains(word), "{text}: {refused}");
    }
    for fine in [
        "terminal = true".into(),
        to("http://127.0.0.1:8080/send"),
        to("http://[::1]:8080/send"),
        MAIL.replace("smtp.example", "localhost") + "tls = \"off\"\n",
    ] {
        assert!(read(&fine).is_ok(), "{fine}");
    }
    assert!(read("a_day = 0").is_err() && read("a_dya = 1").is_err());
}

#[cfg(unix)]
#[test]
fn a_password_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    std::fs::write(&path, "s3cret\n").unwrap();
    let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode));
    mode(0o640).unwrap();
    assert!(secret(&path).unwrap_err().contains("chmod 600"));
    mode(0o600).unwrap();
    assert_eq!(secret(&path).as_deref(), Ok("s3cret"));
}
