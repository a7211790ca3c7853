//! An app is killed, as a system kills one that takes too much memory, and started again.

use presso_tests::{
    browser::{PATIENCE, Screen},
    native::{Device, play},
    server::settings,
    stage::{Phone, Tablet, Tv},
};

#[test]
fn each_app_is_where_it_was_after_being_killed_and_started_again() {
    play(settings(), async |booth| {
        let ((wall, tv), (tablet, bo)) = tokio::join!(booth.tv(), booth.tablet("Bo"));
        let (phone, ada) = booth.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        bo.lane("making", &[ticket]).await;
        tv.prepares(&[ticket]).await;
        drop((tv, bo, ada));

        phone.kills_the_app().await;
        // Without a link: it knows server, shop, session and order by itself.
        let ada = Phone(phone.starts(&[]).await);
        ada.screen("waiting").await;
        assert_eq!(ada.ticket().await, ticket);
        ada.sees("Your drink is being made").await;

        tablet.kills_the_app().await;
        let bo = Tablet(tablet.starts(&[]).await);
        bo.lane("making", &[ticket]).await;

        wall.kills_the_app().await;
        let tv = Tv(wall.starts(&["--windowed"]).await);
        tv.prepares(&[ticket]).await;
        tv.panel("code").await;
        booth.is_photographed("back").await;

        // And they are themselves: who claimed it may finish it.
        bo.finishes(ticket).await;
        ada.screen("ready").await;
        tv.calls(&[ticket]).await;
    });
}

#[test]
fn without_a_keychain_the_session_ends_with_the_app_and_the_app_says_so() {
    play(settings(), async |booth| {
        let device = Device::without_keychain("Ada", "customer", Screen::PHONE);
        let device = booth.keep(device.unwrap_or_else(|lack| panic!("{lack}")));
        let ada = Phone(device.starts(&[&booth.server.front_door()]).await);
        ada.screen("door").await;
        ada.shows("[data-test=no-keychain]").await;
        booth.is_photographed("no-keychain").await;
        let code = booth.server.barista("Dee").await.code().await;
        ada.types_code(code.as_str()).await;
        ada.screen("menu").await;
        ada.fact("the order is on the device", PATIENCE, async || {
            let kept = device.keeps("presso.customer.order");
            kept.then_some(()).ok_or("not yet".to_owned())
        })
        .await;
        drop(ada);
        device.kills_the_app().await;
        // It knows that there was an order, and that it may not ask for it any more.
        let ada = Phone(device.starts(&[]).await);
        ada.screen("lost").await;
        ada.press("Order again").await;
        ada.screen("door").await;
    });
}
