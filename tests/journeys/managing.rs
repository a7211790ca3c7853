//! The manager's area: who works here, which devices are in, how the shop works, what it sells.

use presso_core::api::LinkFor;
use presso_tests::{
    browser::{Browser, Eye, PATIENCE, Screen},
    pins::Seat,
    push::Vendor,
    server::{self, settings},
    stage::{Stage, Tablet, Tv, play, play_with},
};
use std::{rc::Rc, time::Duration};

/// A manager's screen, in their area.
async fn manager(stage: &Stage, screen: Screen) -> Rc<Browser> {
    let max = stage.open("Max", screen, Eye::None).await;
    max.goto(&stage.server.link(LinkFor::Manager, "Max").await)
        .await;
    max.shows("[data-test=lane-to-make]").await;
    max.press_in("header", "Manage").await;
    max.shows("[data-person=Max]").await;
    max
}

#[test]
fn a_manager_invites_a_barista_who_makes_a_coffee_and_is_off_once_removed() {
    play(settings(), async |stage| {
        let max = manager(stage, Screen::TABLET).await;
        stage.checked(&max, "the staff").await;
        max.press("Invite").await;
        max.sees("A name has 1 to 40 characters").await;
        stage.checked(&max, "no name").await;
        max.types("Name", "Bo").await;
        max.press("Invite").await;
        max.sees("A link for Bo").await;
        stage.checked(&max, "the link").await;
        let link = max.texts("[data-test=link]").await[0].clone();
        max.press("Done").await;
        max.sees("Invited, not signed in yet").await;

        let bo = Tablet(stage.open("Bo", Screen::TABLET, Eye::None).await);
        bo.goto(&link).await;
        bo.lane("to-make", &[]).await;
        assert!(!bo.offers("Manage").await, "Bo is no manager");
        let ada = stage.server.guest("Ada").await;
        let code = stage.server.operator().code().await;
        ada.orders(&code, "espresso", &[]).await;
        bo.starts(1).await;
        bo.lane("making", &[1]).await;

        max.press_in(".manage-tabs", "Devices").await;
        max.shows("[data-device=Bo]").await;
        max.press_in(".manage-tabs", "Staff").await;
        max.sees("Has signed in").await;
        max.press("Remove: Bo").await;
        max.sees("Remove Bo?").await;
        stage.checked(&max, "removing somebody").await;
        max.press_in("dialog[open]", "Remove").await;
        bo.sees_within("This tablet was signed out", Duration::from_secs(2))
            .await;
        max.fact("Bo is off the list", PATIENCE, async || {
            let people = max.texts("[data-person]").await;
            (people.len() == 1).then_some(()).ok_or(people.join(", "))
        })
        .await;
    });
}

#[test]
fn a_display_that_shows_a_code_is_let_in_by_a_manager_and_put_out_again() {
    play(settings(), async |stage| {
        let tv = Tv(stage.open("the display", Screen::TV, Eye::None).await);
        tv.goto(&format!("{}/display", stage.server.address)).await;
        tv.shows("[data-test=pair-code]").await;
        stage.checked(&tv, "the display's code").await;
        let code = tv.texts("[data-test=pair-code]").await[0].clone();
        let max = manager(stage, Screen::TABLET).await;
        max.press_in(".manage-tabs", "Devices").await;
        max.types("Code on its screen", "BCDF-GHJK").await;
        max.press("Let in").await;
        max.sees("No device shows this code").await;
        stage.checked(&max, "a code that nobody shows").await;
        let typed = code.to_lowercase().replace('-', " ");
        max.types("Code on its screen", &typed).await;
        max.press("Let in").await;
        max.sees("The display comes in").await;
        // It asks every five seconds.
        tv.fact("is let in", Duration::from_secs(20), async || {
            let there = tv.texts("[data-test=wall]").await;
            (!there.is_empty()).then_some(()).ok_or("not yet".into())
        })
        .await;
        max.press("Refresh").await;
        max.shows("[data-device=Display]").await;
        stage.checked(&max, "the devices").await;
        max.press("Sign out: Display").await;
        max.press_in("dialog[open]", "Sign out").await;
        tv.sees_within("This screen was signed out", Duration::from_secs(2))
            .await;
    });
}

#[test]
fn a_tablet_that_shows_a_code_is_let_in_its_baristas_change_hands_and_it_is_off_once_put_out() {
    play(settings(), async |stage| {
        let bar = Tablet(stage.open("the bar", Screen::TABLET, Eye::None).await);
        bar.goto(&format!("{}/barista", stage.server.address)).await;
        bar.press("Show a code instead").await;
        bar.shows("[data-test=pair-code]").await;
        bar.checked("the tablet's code").await;
        let code = bar.texts("[data-test=pair-code]").await[0].clone();
        let max = manager(stage, Screen::TABLET).await;
        max.press_in(".manage-tabs", "Devices").await;
        max.types("Code on its screen", &code).await;
        max.types("Barista’s name (for a tablet)", "Bar").await;
        max.press("Let in").await;
        max.sees("The tablet comes in").await;
        // It asks every five seconds.
        bar.fact("is let in", Duration::from_secs(20), async || {
            let there = bar.texts("[data-test=lane-to-make]").await;
            (!there.is_empty()).then_some(()).ok_or("not yet".into())
        })
        .await;
        let cy = stage.server.link(LinkFor::Barista, "Cy").await;
        let cy = Seat::by_link(&stage.server, &cy).await;
        assert_eq!(cy.sets(&stage.server, "2580", None).await.status, 200);
        bar.press_in("header", "Bar is at this tablet. Change")
            .await;
        bar.press("Cy").await;
        bar.types("PIN of Cy", "2580").await;
        bar.press("Go on").await;
        bar.sees_in_bar("Cy").await;
        max.press("Refresh").await;
        max.shows("[data-device=Bar]").await;
        max.press("Sign out: Bar").await;
        max.press_in("dialog[open]", "Sign out").await;
        bar.sees_within("This tablet was signed out", Duration::from_secs(2))
            .await;
        assert!(
            cy.is_in(&stage.server).await,
            "Cy's own tablet is elsewhere"
        );
    });
}

#[test]
fn a_manager_changes_the_shop_and_is_told_at_the_field_what_cannot_be() {
    play(settings(), async |stage| {
        let max = manager(stage, Screen::PHONE).await;
        max.press_in(".manage-tabs", "Shop").await;
        max.types("Most orders in progress", "many").await;
        max.press("Save settings").await;
        max.sees("This is not a whole number. From 1 to 100000.")
            .await;
        max.types("Most orders in progress", "0").await;
        max.press("Save settings").await;
        max.sees("These settings cannot be used. From 1 to 100000.")
            .await;
        stage.checked(&max, "a setting that cannot be").await;
        max.types("Most orders in progress", "7").await;
        max.press("Save settings").await;
        max.sees("Saved").await;
        max.press_in(".manage-tabs", "Menu").await;
        max.types("Another drink", "Cortado").await;
        max.press_in("[aria-labelledby=drinks-title]", "Add").await;
        max.press("Up: Cortado").await;
        max.press("Save menu").await;
        max.sees("Saved").await;
        stage.checked(&max, "the menu's editor").await;
        let shown = presso_tests::raw::get("/v1/shops/demo/menu");
        let menu = shown.send(&stage.server).await.body;
        let drinks = menu["menu"]["drinks"].as_array().expect("a list").clone();
        let at = drinks.iter().position(|drink| drink["name"] == "Cortado");
        assert_eq!(at, Some(drinks.len() - 2), "{menu}");
        max.press("Show the table").await;
        max.types("The table, comma-separated", "kind,id,name\ndrink,Tea,Tea")
            .await;
        max.press("Use this table").await;
        max.sees("This table is no menu. (line 2, column id)").await;
        stage.checked(&max, "a table that is no menu").await;
        max.press("Back to orders").await;
        max.shows("[data-test=lane-to-make]").await;
    });
}

#[test]
fn a_manager_finds_an_order_by_how_it_ended_and_looks_at_its_journey() {
    play(settings(), async |stage| {
        let bo = stage.server.barista("Bo").await;
        let (ada, eve) = (
            stage.server.guest("Ada").await,
            stage.server.guest("Eve").await,
        );
        let code = bo.code().await;
        let lost = ada.orders(&code, "espresso", &[]).await.order;
        let under_way = eve.orders(&code, "espresso", &[]).await.order;
        ada.cancels(lost, None).await;
        let max = manager(stage, Screen::TABLET).await;
        max.press_in(".manage-tabs", "Orders").await;
        max.shows(&format!(
            "[data-test=orders-alive] [data-order='{under_way}']"
        ))
        .await;
        max.shows(&format!("[data-test=orders-over] [data-order='{lost}']"))
            .await;
        stage.checked(&max, "the orders").await;
        max.types("Ticket or order", "77").await;
        max.press("Find").await;
        max.sees("There is no such order").await;
        max.types("Ticket or order", "1").await;
        max.press("Find").await;
        max.press("The journey of number 1").await;
        max.sees("by the customer").await;
        stage.checked(&max, "a journey over the list").await;
        max.press_in("dialog[open]", "Close").await;
        // What ends meanwhile comes to the others.
        max.types("Ticket or order", &under_way.to_string()).await;
        max.press("Find").await;
        max.sees("There is no such order").await;
        bo.cancels(
            under_way,
            Some(presso_core::order::CancelReason::OutOfStock),
        )
        .await;
        max.shows(&format!(
            "[data-test=orders-over] [data-order='{under_way}']"
        ))
        .await;
        max.sees("No order is in progress").await;
    });
}

#[test]
fn a_manager_puts_a_rule_reads_its_secret_once_and_sends_again_what_was_given_up() {
    play_with(settings(), server::with_webhooks_here, async |stage| {
        let service = Vendor::open();
        service.will_answer(&[404]);
        let max = manager(stage, Screen::TABLET).await;
        max.press_in(".manage-tabs", "Rules").await;
        max.sees("Nothing goes out yet").await;
        max.types("Name", "loyalty").await;
        max.types("Address to call (https)", &service.endpoint)
            .await;
        max.types("Which events (a pattern, JSON)", "{\"type\": 1}")
            .await;
        max.press("Put in place").await;
        max.sees("This pattern is none").await;
        stage.checked(&max, "a pattern that is none").await;
        let pattern = "{\"type\": [{\"prefix\": \"presso.shop.\"}]}";
        max.types("Which events (a pattern, JSON)", pattern).await;
        max.press("Put in place").await;
        max.sees("The rule’s secret").await;
        stage.checked(&max, "the secret").await;
        let secret = max.texts("[data-test=rule-secret]").await[0].clone();
        assert!(secret.starts_with("whsec_"), "{secret}");
        max.press("I have it").await;
        max.shows("[data-rule=loyalty]").await;
        assert!(!max.words().await.contains(&secret), "it was told once");

        stage.server.closes().await;
        // What is never taken is given up at once.
        max.fact("is given up", PATIENCE, async || {
            max.press("Refresh").await;
            let there = max.texts("[data-test=rule-dead]").await;
            (!there.is_empty()).then_some(()).ok_or("not yet".into())
        })
        .await;
        max.press("Given up: loyalty").await;
        max.sees("What loyalty gave up").await;
        stage.checked(&max, "what was given up").await;
        max.press_in("dialog[open]", "Send all again").await;
        max.sees("Nothing is given up").await;
        max.press_in("dialog[open]", "Close").await;
        max.press("Switch off: loyalty").await;
        max.sees("Switch on").await;
        max.press("Delete: loyalty").await;
        max.press_in("dialog[open]", "Delete").await;
        max.sees("Nothing goes out yet").await;
        stage.checked(&max, "the rules").await;
    });
}
