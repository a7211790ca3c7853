//! The main road, with three native apps: from the code on the screen to the cup in the hand.

use presso_tests::{native::play, server::settings, stage::Phone};

#[test]
fn a_customer_orders_at_a_link_and_three_native_apps_agree_to_the_end() {
    play(settings(), async |booth| {
        let ((_, tv), (_, bo)) = tokio::join!(booth.tv(), booth.tablet("Bo"));
        tv.panel("code").await;
        tv.sees("10 places left").await;
        bo.lane("to-make", &[]).await;
        let (_, ada) = booth.arrives("Ada", &tv).await;
        tv.sees("9 places left").await;
        bo.sees("1 choosing").await;
        booth.is_photographed("menu").await;

        ada.picks("Latte", &["Oat milk"]).await;
        ada.sees("Oat milk").await;
        let ticket = ada.places("Ada").await;
        assert_eq!(ticket, 1);
        ada.sees("You are next").await;
        tv.prepares(&[ticket]).await;
        bo.lane("to-make", &[ticket]).await;
        bo.sees("for Ada").await;
        booth.is_photographed("ordered").await;

        bo.starts(ticket).await;
        ada.sees("Your drink is being made").await;
        bo.finishes(ticket).await;
        tv.calls(&[ticket]).await;
        ada.screen("ready").await;
        ada.sees("Your Latte is ready!").await;
        booth.is_photographed("ready").await;

        bo.hands_over(ticket).await;
        ada.sees("Enjoy!").await;
        tv.calls(&[]).await;
        bo.lane("ready", &[]).await;
        ada.press("My orders").await;
        ada.screen("history").await;
        ada.sees("Collected").await;
    });
}

#[test]
fn a_phones_camera_reads_the_code_of_the_displays_window() {
    play(settings(), async |booth| {
        let (_, tv) = booth.tv().await;
        tv.panel("code").await;
        let film = booth.film(&tv).await;
        let device = booth.phone_with_camera("Ada", &film);
        let ada = Phone(device.starts(&[&booth.server.front_door()]).await);
        ada.screen("door").await;
        ada.press("Scan the code").await;
        ada.screen("menu").await;
        booth.is_photographed("scanned").await;
        tv.sees("9 places left").await;
        ada.picks("Espresso", &[]).await;
        let ticket = ada.places("Ada").await;
        tv.prepares(&[ticket]).await;
    });
}

#[test]
fn a_camera_pulled_out_while_scanning_says_so_and_works_again_when_it_is_back() {
    play(settings(), async |booth| {
        let (_, tv) = booth.tv().await;
        tv.panel("code").await;
        let film = booth.film_of_nothing(&tv).await;
        let device = booth.phone_with_camera("Ada", &film);
        let ada = Phone(device.starts(&[&booth.server.front_door()]).await);
        ada.screen("door").await;
        ada.press("Scan the code").await;
        ada.shows(".viewfinder canvas").await;
        ada.sees("Point at the code").await;
        booth.is_photographed("looking").await;

        std::fs::remove_file(&film).expect("it was there");
        ada.sees("The camera is gone").await;
        booth.is_photographed("pulled-out").await;
        assert_eq!(booth.film(&tv).await, film, "it is plugged in again");
        ada.press("Try again").await;
        ada.screen("menu").await;
        tv.sees("9 places left").await;
    });
}
