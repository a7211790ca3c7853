//! Sold out: what a barista switches off is gone from choice at once.

use presso_tests::{browser::Eye, server::settings, stage::play};
use std::time::{Duration, Instant};

#[test]
fn a_sold_out_drink_disappears_from_choice_within_two_seconds() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.phone("Ada", Eye::None).await;
        let link = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        ada.goto(&link).await;
        ada.screen("menu").await;
        bo.press_in("header", "Menu").await;
        bo.sees("What is available").await;
        bo.checked("the switches").await;

        let switched = Instant::now();
        bo.press_in("dialog[open]", "Latte").await;
        ada.fact("Latte is sold out", Duration::from_secs(2), async || {
            let off = ada.texts("[data-test=drink-latte].off").await;
            off.first()
                .filter(|text| text.to_lowercase().contains("sold out"))
                .map(|_| ())
                .ok_or("it can be chosen".into())
        })
        .await;
        println!("sold out after {} ms", switched.elapsed().as_millis());
        ada.checked("a drink is sold out").await;

        bo.press_in("dialog[open]", "Oat milk").await;
        ada.press_in("main", "Cappuccino").await;
        ada.screen("options").await;
        ada.sees("Sold out").await;
        ada.checked("an option is sold out").await;
    });
}
