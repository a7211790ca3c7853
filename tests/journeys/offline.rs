//! A barista's tablet loses the network, and work goes on: what was tapped waits on the cards,
//! outlives the page, goes out once and in order, and what came to nothing is told.

use presso_core::{
    api::{GetJourney, LinkFor},
    id::OrderId,
    order::OrderState,
    settings::Settings,
    workflow::Verb,
};
use presso_tests::{
    browser::{PATIENCE, Screen},
    line::Line,
    people::Person,
    server::settings,
    stage::{Stage, Tablet, play},
};
use std::time::Duration;

/// Bo at a tablet whose line can be cut, and Cy, who is elsewhere.
async fn at_work(stage: &Stage) -> (Line, Tablet, Person) {
    let line = Line::to(&stage.server.address).await;
    let bo = stage.tablet_by(&line, "Bo").await;
    (line, bo, stage.server.barista("Cy").await)
}

/// Somebody orders; the order and its number.
async fn ordered(stage: &Stage, manager: &Person) -> (Person, OrderId, u32) {
    let ada = stage.server.guest("Ada").await;
    let order = ada.orders(&manager.code().await, "espresso", &[]).await;
    let ticket = order.ticket.map(|t| t.0).expect("it was ordered");
    (ada, order.order, ticket)
}

/// The tablet's line is cut, and it has noticed.
async fn cut(line: &Line, bo: &Tablet) {
    bo.expects_a_dead_server();
    line.cut();
    bo.shows("[data-test=banner-stale]").await;
}

/// All verbs that the journal has of an order.
async fn verbs(person: &Person, order: OrderId) -> Vec<Verb> {
    let journey = person.call(GetJourney { order }).await;
    let steps = journey.expect("staff may read it").steps;
    steps.iter().filter_map(|step| step.verb).collect()
}

#[test]
fn what_is_tapped_without_a_network_outlives_the_page_and_is_done_once_and_in_order() {
    play(settings(), async |stage| {
        let (line, bo, cy) = at_work(stage).await;
        let (_ada, order, ticket) = ordered(stage, &cy).await;
        bo.lane("to-make", &[ticket]).await;
        cut(&line, &bo).await;

        bo.starts(ticket).await;
        bo.lane("making", &[ticket]).await;
        bo.sees("Yours, but not sent yet").await;
        bo.checked("a claim waits").await;
        bo.finishes(ticket).await;
        bo.lane("ready", &[ticket]).await;
        bo.sees("To be sent: Start, Ready").await;
        bo.sees("2 taps wait").await;
        bo.checked("two taps wait").await;
        // A third, which is thought better of.
        bo.hands_over(ticket).await;
        bo.sees("Start, Ready, Handed over").await;
        bo.on(ticket, &format!("Take back the last tap on order {ticket}"))
            .await;
        bo.sees_no("Handed over,").await;
        assert_eq!(verbs(&cy, order).await, [Verb::Submit]);

        // The page is closed and opened again: it loads, and cannot reach the rest.
        bo.reaches_nothing().await;
        line.mend();
        bo.reload().await;
        bo.shows("[data-test=before]").await;
        bo.sees("2 taps wait").await;
        bo.checked("started without a network").await;
        assert_eq!(verbs(&cy, order).await, [Verb::Submit]);

        bo.reaches_the_server().await;
        bo.lane("ready", &[ticket]).await;
        bo.sees_no("To be sent").await;
        let done = [Verb::Submit, Verb::Claim, Verb::Complete];
        assert_eq!(verbs(&cy, order).await, done);
        bo.hands_over(ticket).await;
        bo.lane("ready", &[]).await;
    });
}

#[test]
fn what_a_customer_cancelled_meanwhile_is_told_and_what_rested_on_it_is_not_done() {
    play(settings(), async |stage| {
        let (line, bo, cy) = at_work(stage).await;
        let (ada, order, ticket) = ordered(stage, &cy).await;
        let (_dee, other, next) = ordered(stage, &cy).await;
        bo.lane("to-make", &[ticket, next]).await;
        cut(&line, &bo).await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        bo.starts(next).await;
        ada.cancels(order, None).await;

        line.mend();
        bo.sees("The customer has cancelled it.").await;
        bo.sees("Not done: Start, Ready.").await;
        bo.lane("ready", &[]).await;
        bo.lane("making", &[next]).await;
        bo.sees("You have it").await;
        bo.checked("a conflict is told").await;
        assert_eq!(cy.reads(order).await.state, OrderState::Cancelled);
        assert_eq!(verbs(&cy, other).await, [Verb::Submit, Verb::Claim]);
        // It stays until it was read, also over a restart.
        bo.reload().await;
        bo.sees("The customer has cancelled it.").await;
        bo.press_in("[data-test=note]", "Dismiss").await;
        bo.sees_no("The customer has cancelled it.").await;
    });
}

#[test]
fn a_claim_is_unsure_after_two_minutes_and_the_colleague_who_took_over_is_named() {
    let quick = Settings {
        tablet_silent_s: 15,
        ..settings()
    };
    play(quick, async |stage| {
        let (line, bo, cy) = at_work(stage).await;
        let (_ada, order, ticket) = ordered(stage, &cy).await;
        bo.starts(ticket).await;
        bo.sees("You have it").await;
        cut(&line, &bo).await;
        bo.finishes(ticket).await;
        // Long enough for a colleague to take over.
        stage.server.clock.push(Duration::from_secs(31));
        let takeable = async || {
            let claim = cy.reads(order).await.claim;
            let takeable = claim.is_some_and(|claim| claim.takeable);
            takeable.then_some(()).ok_or("not yet".to_owned())
        };
        bo.fact("can be taken over", Duration::from_secs(30), takeable)
            .await;
        cy.does(Verb::TakeOver, order).await;
        line.mend();
        bo.sees("Cy has it now.").await;
        bo.sees("Not done: Ready.").await;
        bo.lane("making", &[ticket]).await;
        assert_eq!(cy.reads(order).await.state, OrderState::Making);
    });
}

#[test]
fn nothing_is_sent_under_the_name_of_whoever_signs_in_next() {
    play(settings(), async |stage| {
        let (line, bo, cy) = at_work(stage).await;
        let (_ada, order, ticket) = ordered(stage, &cy).await;
        bo.lane("to-make", &[ticket]).await;
        cut(&line, &bo).await;
        bo.starts(ticket).await;
        bo.lane("making", &[ticket]).await;
        // Bo's session ends on this tablet, and Dee is let in.
        bo.run("localStorage.removeItem('presso.barista.session')", vec![])
            .await;
        bo.goto("about:blank").await;
        line.mend();
        bo.goto(&format!("{}/barista", line.address)).await;
        bo.sees("This tablet is not signed in").await;
        bo.sees("A tap by Bo was not sent.").await;
        bo.checked("nobody is signed in, and a tap waits").await;
        let link = stage.server.link(LinkFor::Barista, "Dee").await;
        bo.goto(&line.by(&link)).await;
        bo.lane("to-make", &[ticket]).await;
        bo.sees("A tap by Bo was not sent.").await;
        bo.checked("somebody else's tap").await;
        assert_eq!(verbs(&cy, order).await, [Verb::Submit]);
        bo.press_in("[data-test=stranger]", "Discard").await;
        bo.sees_no("A tap by Bo").await;
        bo.starts(ticket).await;
        bo.sees("You have it").await;
    });
}

#[test]
fn of_two_tabs_of_one_browser_one_works_and_the_other_says_so() {
    play(settings(), async |stage| {
        let (line, bo, cy) = at_work(stage).await;
        let (_ada, order, ticket) = ordered(stage, &cy).await;
        bo.lane("to-make", &[ticket]).await;
        cut(&line, &bo).await;
        bo.starts(ticket).await;
        bo.sees("1 tap waits").await;

        // Another tab takes over, with what waits.
        line.mend();
        let place = format!("{}/barista", line.address);
        let first = bo.opens_tab(Screen::TABLET, &place).await;
        bo.lane("making", &[ticket]).await;
        bo.finishes(ticket).await;
        bo.lane("ready", &[ticket]).await;
        let second = bo.looks_at(&first).await;
        bo.sees("You work in another tab").await;
        bo.checked("another tab works").await;

        // And back again, where nothing is lost or done twice.
        bo.press("Work here").await;
        bo.lane("ready", &[ticket]).await;
        bo.hands_over(ticket).await;
        bo.lane("ready", &[]).await;
        bo.looks_at(&second).await;
        bo.sees("You work in another tab").await;
        let done = [Verb::Submit, Verb::Claim, Verb::Complete, Verb::Collect];
        bo.fact("all is done once", PATIENCE, async || {
            let verbs = verbs(&cy, order).await;
            (verbs == done).then_some(()).ok_or(format!("{verbs:?}"))
        })
        .await;
    });
}

#[test]
fn a_kept_outbox_that_cannot_be_read_is_said_and_the_screen_works() {
    play(settings(), async |stage| {
        let bo = stage.tablet("Bo").await;
        bo.run(
            "localStorage.setItem('presso.barista.outbox', '{\"form\":1,\"taps\":[17')",
            vec![],
        )
        .await;
        bo.reload().await;
        bo.sees("could not be read and was not sent").await;
        bo.checked("a broken outbox").await;
        let cy = stage.server.barista("Cy").await;
        let (_ada, _, ticket) = ordered(stage, &cy).await;
        bo.starts(ticket).await;
        bo.lane("making", &[ticket]).await;
    });
}
