//! Each refusal on the customer's phone.

use crate::{crowd::Crowd, customer::shoot_phone, shop};
use presso_core::settings::Settings;
use presso_tests::{browser::Eye, stage::play};
use std::time::Duration;

#[test]
#[ignore = "takes pictures: cargo xtask shots"]
fn customer_refused() {
    let few = Settings {
        capacity: 3,
        code_places: 2,
        ..shop()
    };
    play(few, async |stage| {
        let crowd = Crowd::gather(stage, "Cy").await;
        let door = stage.server.front_door();
        let first = format!("{door}#c={}", crowd.barista.code().await);
        let ada = stage.phone("Ada", Eye::None).await;
        ada.goto(&first).await;
        ada.screen("menu").await;
        ada.goto(&first).await;
        ada.sees("You already have an order").await;
        shoot_phone(&ada, "refused-already").await;
        crowd.chooses().await;
        let eve = stage.phone("Eve", Eye::None).await;
        eve.goto(&first).await;
        eve.sees("This code is used up").await;
        shoot_phone(&eve, "refused-used-up").await;
        eve.goto(&format!("{door}#c=0000000000")).await;
        eve.sees("not for this shop").await;
        shoot_phone(&eve, "refused-unknown").await;
        eve.goto(&format!("{}/s/nowhere", stage.server.address))
            .await;
        eve.sees("No shop here").await;
        shoot_phone(&eve, "no-shop").await;

        // The two who are choosing time out after five minutes, and the code is too old by then.
        stage.server.clock.push(Duration::from_secs(300 + 61));
        let fay = stage.phone("Fay", Eye::None).await;
        fay.goto(&first).await;
        fay.sees("This code has expired").await;
        shoot_phone(&fay, "refused-expired").await;
        crowd.order(2, Duration::from_secs(1)).await;
        stage.server.clock.push(Duration::from_secs(300));
        crowd.order(1, Duration::from_secs(1)).await;
        let next = format!("{door}#c={}", crowd.barista.code().await);
        let gil = stage.phone("Gil", Eye::None).await;
        gil.sees("Very busy").await;
        shoot_phone(&gil, "door-full").await;
        gil.goto(&next).await;
        gil.sees("All hands are full").await;
        shoot_phone(&gil, "refused-full").await;
        stage.server.closes().await;
        let hal = stage.phone("Hal", Eye::None).await;
        hal.sees("is closed").await;
        shoot_phone(&hal, "door-closed").await;
        hal.goto(&next).await;
        hal.sees("The shop is closed").await;
        shoot_phone(&hal, "refused-closed").await;
    });
}
