//! Several baristas at one tablet: each says who they are by a PIN, each tap is theirs, and a
//! tablet that nobody touched for a while asks.

use presso_core::{api::LinkFor, id::OrderId};
use presso_tests::{
    browser::PATIENCE,
    line::Line,
    people::Person,
    pins::Seat,
    server::settings,
    stage::{Stage, Tablet, play},
};

/// Bo's tablet, whose line can be cut, and Cy, who has a PIN and is at none.
async fn at_work(stage: &Stage) -> (Line, Tablet, Person) {
    let line = Line::to(&stage.server.address).await;
    let bo = stage.tablet_by(&line, "Bo").await;
    let link = stage.server.link(LinkFor::Barista, "Cy").await;
    let cy = Seat::by_link(&stage.server, &link).await;
    assert_eq!(cy.sets(&stage.server, "2580", None).await.status, 200);
    (line, bo, stage.server.barista("Max").await)
}

async fn ordered(stage: &Stage, max: &Person) -> (OrderId, u32) {
    let ada = stage.server.guest("Ada").await;
    let order = ada.orders(&max.code().await, "espresso", &[]).await;
    let ticket = order.ticket.map(|t| t.0).expect("it was ordered");
    (order.order, ticket)
}

async fn sets_a_pin(bo: &Tablet, pin: &str) {
    bo.shows("[data-test=hands]").await;
    bo.press_in("header", "Bo is at this tablet. Change").await;
    bo.sees("Who is at this tablet?").await;
    bo.press("Set your PIN").await;
    bo.types("New PIN", "1234").await;
    bo.press("Keep this PIN").await;
    bo.sees("This is a PIN that anybody tries first").await;
    bo.checked("a PIN that is too easy").await;
    bo.types("New PIN", pin).await;
    bo.press("Keep this PIN").await;
    bo.sees("Change your PIN").await;
}

async fn types_pin(bo: &Tablet, name: &str, pin: &str) {
    bo.press(name).await;
    bo.types(&format!("PIN of {name}"), pin).await;
    bo.press("Go on").await;
}

#[test]
fn two_baristas_change_hands_and_each_tap_is_under_the_one_who_made_it_also_offline() {
    play(settings(), async |stage| {
        let (line, bo, max) = at_work(stage).await;
        let (first, one) = ordered(stage, &max).await;
        let (second, two) = ordered(stage, &max).await;
        let (third, three) = ordered(stage, &max).await;
        sets_a_pin(&bo, "1397").await;
        bo.sees("Cy").await;
        bo.checked("who is at this tablet").await;
        types_pin(&bo, "Cy", "2581").await;
        bo.sees("This is not the PIN.").await;
        bo.checked("a wrong PIN").await;
        bo.types("PIN of Cy", "2580").await;
        bo.press("Go on").await;
        bo.sees_in_bar("Cy").await;
        bo.starts(one).await;
        bo.lane("making", &[one]).await;

        bo.expects_a_dead_server();
        line.cut();
        bo.shows("[data-test=banner-stale]").await;
        bo.starts(two).await;
        bo.lane("making", &[one, two]).await;
        bo.press_in("header", "Cy is at this tablet. Change").await;
        types_pin(&bo, "Bo", "1397").await;
        bo.sees_in_bar("Bo").await;
        bo.sees("A tap by Cy waits for the network").await;
        bo.checked("a colleague's tap waits").await;
        bo.starts(three).await;
        line.mend();
        bo.sees_no("waits for the network").await;
        bo.lane("making", &[one, two, three]).await;
        for (order, name) in [(first, "Cy"), (second, "Cy"), (third, "Bo")] {
            let claimed = async || {
                let claim = max.reads(order).await.claim;
                let by = claim.and_then(|claim| claim.name).unwrap_or_default();
                (by == name).then_some(()).ok_or(by)
            };
            bo.fact(name, PATIENCE, claimed).await;
        }
    });
}

#[test]
fn a_tablet_that_nobody_touched_asks_who_it_is_also_after_it_was_loaded_again() {
    play(settings(), async |stage| {
        let (_line, bo, max) = at_work(stage).await;
        let (_, ticket) = ordered(stage, &max).await;
        sets_a_pin(&bo, "1397").await;
        bo.press("Close").await;
        bo.lane("to-make", &[ticket]).await;
        // Five minutes pass on the tablet's own clock.
        let later = "const now = Date.now; Date.now = () => now() + 301000;";
        bo.run(later, vec![]).await;
        bo.sees("This tablet is locked").await;
        bo.checked("locked").await;
        bo.reload().await;
        bo.sees("This tablet is locked").await;
        types_pin(&bo, "Bo", "1398").await;
        bo.sees("This is not the PIN.").await;
        bo.checked("locked, and a wrong PIN").await;
        bo.types("PIN of Bo", "1397").await;
        bo.press("Go on").await;
        bo.lane("to-make", &[ticket]).await;
        bo.starts(ticket).await;
        bo.sees("You have it").await;
    });
}
