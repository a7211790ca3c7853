//! Leaving: the session, the server for a link's or a code's, the server for good. Before a server
//! is left the system itself asks, where no page can answer.

use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Browser, PATIENCE, Screen},
    native::{Booth, Device, play},
    server::{Server, settings},
    stage::Phone,
};
use serde_json::json;
use std::rc::Rc;

const ANOTHER: &str = "Another server?";
const LEAVE: &str = "Leave this server?";

/// Ada's phone at the door of the booth's server, and another server.
async fn between_two(booth: &Booth) -> (Rc<Device>, Rc<Browser>, Server) {
    let device = booth.device("Ada", "customer", Screen::PHONE);
    let ada = device.starts(&[&booth.server.front_door()]).await;
    ada.shows("[data-screen=door]").await;
    (device, ada, Server::start(settings()).await)
}

/// Its address, as apps show it.
fn name(server: &Server) -> &str {
    server.address.trim_start_matches("http://")
}

#[test]
fn a_link_to_another_server_is_followed_after_a_yes_at_the_systems_own_question_only() {
    play(settings(), async |booth| {
        let (device, ada, other) = between_two(booth).await;
        ada.sees(name(&booth.server)).await;

        device.opens_link(&other.front_door()).await;
        device.is_asked(ANOTHER).await;
        booth.is_photographed("asked").await;
        device.answers(ANOTHER, false).await;
        device.is_asked_nothing().await;
        ada.sees(name(&booth.server)).await;
        // And it stayed there for good.
        device.kills_the_app().await;
        let ada = device.starts(&[]).await;
        ada.sees(name(&booth.server)).await;

        device.opens_link(&other.front_door()).await;
        device.answers(ANOTHER, true).await;
        ada.sees(name(&other)).await;
        ada.shows("[data-screen=door]").await;
        device.kills_the_app().await;
        let ada = device.starts(&[]).await;
        ada.sees(name(&other)).await;
    });
}

#[test]
fn a_page_cannot_answer_for_a_person_nor_leave_its_server_unasked() {
    play(settings(), async |booth| {
        let (device, ada, other) = between_two(booth).await;
        for (ask, title) in [
            (json!(["go", { "text": other.front_door() }]), ANOTHER),
            (json!(["forget_server", {}]), LEAVE),
        ] {
            let script = "const [command, args] = arguments[0];
                window.told = null;
                window.__TAURI__.core.invoke('plugin:presso-shell|' + command, args)
                    .then((it) => { window.told = it ?? 'nothing'; }, (it) => { window.told = it; });";
            ada.run(script, vec![ask]).await;
            device.is_asked(title).await;
            booth.is_photographed("asked").await;
            // What a page can do to say yes: keys, confirm(), the click of whatever it draws.
            ada.run(
                "window.confirm = () => true;
                 for (const key of ['Enter', ' ']) for (const kind of ['keydown', 'keyup'])
                     document.activeElement.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true }));",
                vec![],
            )
            .await;
            let told = ada.run("return window.told", vec![]).await;
            assert!(told.is_null(), "nobody has answered yet: {told}");
            device.answers(title, false).await;
            device.is_asked_nothing().await;
            ada.fact("is told that nothing came of it", PATIENCE, async || {
                let told = ada.run("return window.told", vec![]).await;
                (!told.is_null()).then_some(()).ok_or(told.to_string())
            })
            .await;
            ada.sees(name(&booth.server)).await;
        }
    });
}

#[test]
fn the_server_is_left_for_good_after_a_yes() {
    play(settings(), async |booth| {
        let (device, ada, _other) = between_two(booth).await;
        ada.press("Use another server").await;
        device.answers(LEAVE, false).await;
        device.is_asked_nothing().await;
        ada.shows("[data-screen=door]").await;
        ada.press("Use another server").await;
        device.answers(LEAVE, true).await;
        ada.shows("[data-test=first-run]").await;
    });
}

#[test]
fn a_scanned_code_of_another_servers_shop_offers_to_go_there() {
    play(settings(), async |booth| {
        let other = Server::start(settings()).await;
        let code = other.operator().code().await;
        let film = booth.film_of_poster(&format!("{}#c={code}", other.front_door()));
        let device = booth.phone_with_camera("Ada", &film);
        let ada = Phone(device.starts(&[&booth.server.front_door()]).await);
        ada.screen("door").await;
        ada.press("Scan the code").await;
        device.answers(ANOTHER, false).await;
        ada.screen("door").await;
        ada.sees(name(&booth.server)).await;
        ada.press("Scan the code").await;
        device.answers(ANOTHER, true).await;
        // With the code, which was for that server's ears only.
        ada.screen("menu").await;
        let places = other.operator();
        assert_eq!(places.code().await, code, "the same code still");
        device.kills_the_app().await;
        let ada = Phone(device.starts(&[]).await);
        ada.screen("menu").await;
    });
}

#[test]
fn who_signs_out_is_gone_from_the_keychain() {
    play(settings(), async |booth| {
        let device = booth.device("Bo", "barista", Screen::TABLET);
        let link = booth.server.link(LinkFor::Barista, "Bo").await;
        let bo = device.starts(&[&link]).await;
        bo.shows("[data-test=lane-to-make]").await;
        let kept = device.keychain(&booth.server.address);
        assert!(kept.is_some_and(|kept| kept.contains("refresh")));
        bo.press("Sign out").await;
        bo.press_in("dialog[open]", "Sign out").await;
        bo.sees("This tablet was signed out").await;
        bo.fact("is gone from the keychain", PATIENCE, async || {
            let kept = device.keychain(&booth.server.address).is_some();
            let entries = device.keychain_entries();
            let gone = !kept && entries == 0;
            gone.then_some(()).ok_or(format!("{entries} entries"))
        })
        .await;
        booth.is_photographed("signed-out").await;
        device.kills_the_app().await;
        let bo = device.starts(&[]).await;
        bo.sees("This tablet is not signed in").await;
    });
}
