//! Ways in, and what is said where there is none.

use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Eye, Screen},
    server::settings,
    stage::play,
};

#[test]
fn a_code_can_be_typed_by_who_has_no_camera() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let ada = stage.phone("Ada", Eye::None).await;
        ada.press("Scan the code").await;
        ada.sees("There is no camera").await;
        ada.checked("no camera").await;
        ada.press("Type the code").await;
        ada.checked("typing").await;
        ada.types("Code", "12").await;
        ada.press("Come in").await;
        ada.sees("not a whole code yet").await;
        ada.checked("half a code").await;
        ada.types("Code", &tv.code().await.to_lowercase()).await;
        ada.press("Come in").await;
        ada.screen("menu").await;
        tv.sees("9 places left").await;
    });
}

#[test]
fn who_refuses_the_camera_is_told_what_to_do() {
    play(settings(), async |stage| {
        let ada = stage.phone("Ada", Eye::Refused).await;
        ada.press("Scan the code").await;
        ada.sees("We may not use the camera").await;
        ada.sees("or type the code").await;
        ada.checked("the camera is refused").await;
        assert!(ada.offers("Type the code").await);
    });
}

#[test]
fn the_codes_link_leaves_no_secret_in_the_address_bar() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        assert!(!tv.address().await.contains('#'), "the display's own link");
        let ada = stage.phone("Ada", Eye::None).await;
        let code = tv.code().await;
        ada.goto(&format!("{}#c={code}", stage.server.front_door()))
            .await;
        ada.screen("menu").await;
        assert!(!ada.address().await.contains(&code));
    });
}

#[test]
fn a_staff_link_works_once_and_says_so_the_second_time() {
    play(settings(), async |stage| {
        let link = stage.server.link(LinkFor::Barista, "Bo").await;
        let first = stage
            .open("the first tablet", Screen::TABLET, Eye::None)
            .await;
        first.goto(&link).await;
        first.shows("[data-test=lane-to-make]").await;
        first.reload().await;
        first.shows("[data-test=lane-to-make]").await;

        let second = stage
            .open("the second tablet", Screen::TABLET, Eye::None)
            .await;
        second.goto(&link).await;
        second.sees("This link has been used").await;
        stage.checked(&second, "a used link").await;
        second
            .goto(&format!("{}/barista", stage.server.address))
            .await;
        second.sees("This tablet is not signed in").await;
        stage.checked(&second, "no link").await;

        let screen = stage.open("a screen", Screen::TV, Eye::None).await;
        screen
            .goto(&format!("{}/display", stage.server.address))
            .await;
        screen.sees("This screen is not signed in").await;
        stage.checked(&screen, "no link for the display").await;
    });
}
