//! Not now: closed, full, used up, expired and "you already have one" are five different screens.

use presso_core::settings::Settings;
use presso_tests::{browser::Eye, server::settings, stage::play};
use std::time::Duration;

#[test]
fn a_closed_shop_says_so_on_every_screen_and_opens_by_itself() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let late = stage.phone("Ada", Eye::None).await;
        late.screen("door").await;
        // The code was scanned in the very moment in which the shop closed.
        let code = tv.code().await;
        bo.press_in("header", "Close shop").await;
        bo.sees("Close the shop?").await;
        bo.checked("asked before closing").await;
        bo.press_in("dialog[open]", "Close the shop").await;
        tv.panel("closed").await;
        tv.checked("closed").await;
        bo.sees("The shop is closed").await;
        bo.checked("closed").await;
        late.sees("Harbour Coffee is closed").await;
        late.checked("a closed door").await;

        late.goto(&format!("{}#c={code}", stage.server.front_door()))
            .await;
        late.sees("The shop is closed").await;
        late.checked("refused, since it is closed").await;

        bo.press_in("header", "Open shop").await;
        tv.panel("code").await;
        late.sees("There is room again").await;
    });
}

#[test]
fn a_full_shop_is_not_called_closed_and_makes_room() {
    let one = Settings {
        capacity: 1,
        ..settings()
    };
    play(one, async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let link = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        let ada = stage.arrives("Ada", &tv).await;
        tv.panel("full").await;
        tv.checked("full").await;
        bo.sees("The shop is full").await;
        bo.checked("full").await;

        let eve = stage.phone("Eve", Eye::None).await;
        eve.sees("Very busy").await;
        eve.checked("a full door").await;
        eve.goto(&link).await;
        eve.sees("All hands are full").await;
        eve.checked("refused, since it is full").await;

        ada.press("Leave").await;
        ada.press("Give it up").await;
        eve.sees("There is room again").await;
        tv.panel("code").await;
        eve.press("Try again").await;
        eve.screen("menu").await;
    });
}

#[test]
fn a_code_that_is_used_up_and_one_that_has_expired_say_what_to_do() {
    let one = Settings {
        code_places: 1,
        ..settings()
    };
    play(one, async |stage| {
        let tv = stage.tv().await;
        let first = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        stage.arrives("Ada", &tv).await;
        tv.panel("used-up").await;
        tv.checked("used up").await;

        let eve = stage.phone("Eve", Eye::None).await;
        eve.goto(&first).await;
        eve.sees("This code is used up").await;
        eve.checked("refused, since it is used up").await;

        // The next code comes, and 60 s later the first is good no more.
        stage.server.clock.push(Duration::from_secs(300 + 61));
        tv.panel("code").await;
        let fay = stage.phone("Fay", Eye::None).await;
        fay.goto(&first).await;
        fay.sees("This code has expired").await;
        fay.checked("refused, since it has expired").await;
    });
}

#[test]
fn a_second_order_leads_to_the_first_and_a_wrong_code_to_the_screen() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let link = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        let ada = stage.phone("Ada", Eye::None).await;
        ada.goto(&link).await;
        ada.screen("menu").await;
        ada.goto(&link).await;
        ada.sees("You already have an order").await;
        ada.checked("refused, since there is one already").await;
        ada.press("Show my order").await;
        ada.screen("menu").await;

        let eve = stage.phone("Eve", Eye::None).await;
        let wrong = format!("{}#c=0000000000", stage.server.front_door());
        eve.goto(&wrong).await;
        eve.sees("This code is not for this shop").await;
        eve.checked("refused, since it is another code").await;

        eve.goto(&format!("{}/s/nowhere", stage.server.address))
            .await;
        eve.sees("No shop here").await;
        eve.checked("no shop").await;
    });
}
