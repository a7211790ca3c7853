//! What the program says of people when it is asked to say everything: nothing.

use crate::is_skipped;
use crate::start::{Presso, run, serve};
use crate::web::ask;
use presso_tests::passcodes::Gateway;
use serde_json::{Value, json};

const NUMBER: &str = "+491701234567";

#[test]
fn at_its_most_talkative_the_log_names_no_number_and_no_code() {
    if is_skipped(false) {
        return;
    }
    let gateway = Gateway::open();
    let folder = tempfile::tempdir().expect("the system has a folder for temporary things");
    run(folder.path(), &["shop", "create", "demo"]);
    let url = gateway.settings().sms.expect("it is one for SMS").url;
    let settings = format!("[passcodes.sms]\nurl = \"{url}\"\ncountries = [\"+49\"]\n");
    std::fs::write(folder.path().join("presso.toml"), settings).expect("a file can be written");
    let mut command = serve(folder.path());
    command.current_dir(folder.path()).env("RUST_LOG", "trace");
    let presso = Presso::try_start(&mut command).expect("it serves");
    let posts = |path: &str, token: &str, body: Value| {
        let reply = ask(
            &presso.address,
            ("POST", path),
            token,
            None,
            &body.to_string(),
        );
        let reply = reply.expect("it answers");
        let body: Value = serde_json::from_slice(&reply.body).expect("JSON");
        (reply.status, body)
    };
    let (_, tokens) = posts("/v1/session/guest", "", json!({}));
    let token = tokens["access"].as_str().expect("a token");
    let to = json!({ "shop": "demo", "to": "+49 170 1234567" });
    assert_eq!(posts("/v1/session/code", token, to).0, 200);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let code = runtime.block_on(gateway.code(NUMBER));
    let wrong = if code == "271828" { "314159" } else { "271828" };
    for (digits, status) in [(wrong, 403), (code.as_str(), 200)] {
        let body = json!({ "shop": "demo", "to": NUMBER, "code": digits });
        assert_eq!(posts("/v1/session/verify", token, body).0, status);
    }
    let said = presso.stop().said;
    assert!(
        said.contains("/v1/session/verify"),
        "it says what it is asked: {said}"
    );
    for number in ["1701234567", "170 1234567"] {
        assert!(!said.contains(number), "{number} is in the log");
    }
    // As a word of its own: an instant may have the same six digits.
    let mut words = said.split(|c: char| !c.is_ascii_alphanumeric());
    let told = words.find(|word| *word == code || *word == wrong);
    assert_eq!(told, None, "a code is in the log");
}
