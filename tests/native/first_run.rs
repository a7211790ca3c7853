//! An app that belongs to no server yet, and what it says of addresses that lead nowhere.

use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Browser, Screen},
    native::{Device, play},
    server::settings,
};
use std::rc::Rc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

#[test]
fn an_app_without_a_server_asks_for_one_and_says_what_is_wrong_with_an_address() {
    play(settings(), async |booth| {
        let device = booth.device("Ada", "customer", Screen::PHONE);
        let ada = device.starts(&[]).await;
        ada.shows("[data-test=first-run]").await;
        connects(&ada, "my coffee shop").await;
        ada.sees("This is not an address").await;
        let nobody = TcpListener::bind("127.0.0.1:0").await;
        let nobody = nobody.and_then(|free| free.local_addr()).expect("a port");
        connects(&ada, &nobody.to_string()).await;
        ada.sees("Nobody answers at this address").await;
        connects(&ada, &stranger().await).await;
        ada.sees("it is not Presso").await;

        let server = booth.server.address.trim_start_matches("http://");
        connects(&ada, server).await;
        ada.sees("Which shop?").await;
        ada.shows("[data-test=shop]").await;
        ada.run("document.querySelector('[data-test=shop]').click()", vec![])
            .await;
        ada.shows("[data-screen=door]").await;
        ada.sees(server).await;

        device.kills_the_app().await;
        let ada = device.starts(&[]).await;
        ada.shows("[data-screen=door]").await;
    });
}

#[test]
fn an_apps_own_link_leads_to_its_server_and_place() {
    play(settings(), async |booth| {
        let own = booth.server.front_door().replace("http://", "presso://");
        let device = booth.device("Ada", "customer", Screen::PHONE);
        device
            .starts(&[&own])
            .await
            .shows("[data-screen=door]")
            .await;

        let link = booth.server.link(LinkFor::Barista, "Bo").await;
        let own = link.replace("http://", "presso-barista://");
        let device = booth.device("Bo", "barista", Screen::TABLET);
        let bo = device.starts(&[]).await;
        bo.shows("[data-test=first-run]").await;
        device.opens_link(&own).await;
        bo.shows("[data-test=lane-to-make]").await;
    });
}

#[test]
fn without_a_keychain_one_is_told_and_the_session_ends_with_the_app() {
    play(settings(), async |booth| {
        let device = Device::without_keychain("Bo", "barista", Screen::TABLET);
        let device = booth.keep(device.unwrap_or_else(|lack| panic!("{lack}")));
        let link = booth.server.link(LinkFor::Barista, "Bo").await;
        let bo = device.starts(&[&link]).await;
        bo.shows("[data-test=lane-to-make]").await;
        bo.sees("This device has no keychain").await;
        device.kills_the_app().await;
        let bo = device.starts(&[]).await;
        bo.sees("This tablet is not signed in").await;
    });
}

async fn connects(window: &Rc<Browser>, address: &str) {
    window.types("Server address", address).await;
    window.press("Connect").await;
}

/// A web server, but not Presso.
async fn stranger() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one").to_string();
    tokio::spawn(async move {
        while let Ok((mut caller, _)) = listener.accept().await {
            let page = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
            // Whoever hangs up before has no use for it.
            let _ = caller.read(&mut [0; 1024]).await;
            let _ = caller.write_all(page.as_bytes()).await;
        }
    });
    address
}
