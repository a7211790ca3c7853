//! What a barista taps without a network lies on the tablet's disk: it outlives the app, and goes
//! out once, under the session that tapped it.

use presso_core::{
    api::{GetJourney, LinkFor},
    workflow::Verb,
};
use presso_tests::{browser::Screen, line::Line, native::play, server::settings, stage::Tablet};
use std::collections::BTreeSet;

#[test]
fn a_tap_made_offline_outlives_the_app_and_goes_out_once_by_who_made_it() {
    play(settings(), async |booth| {
        let line = Line::to(&booth.server.address).await;
        let device = booth.device("Bo", "barista", Screen::TABLET);
        let link = booth.server.link(LinkFor::Barista, "Bo").await;
        let bo = Tablet(device.starts(&[&line.by(&link)]).await);
        bo.shows("[data-test=lane-to-make]").await;
        let cy = booth.server.barista("Cy").await;
        let ada = booth.server.guest("Ada").await;
        let order = ada.orders(&cy.code().await, "espresso", &[]).await;
        let ticket = order.ticket.map(|t| t.0).expect("it was ordered");
        // Of the order; the scan, which has no verb, left out.
        let journey = async || {
            let order = order.order;
            let journey = cy.call(GetJourney { order }).await;
            let mut steps = journey.expect("staff may read it").steps;
            steps.retain(|step| step.verb.is_some());
            steps
        };
        let verbs = async || {
            let steps = journey().await;
            steps
                .iter()
                .filter_map(|step| step.verb)
                .collect::<Vec<_>>()
        };
        bo.lane("to-make", &[ticket]).await;

        line.cut();
        bo.shows("[data-test=banner-stale]").await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        bo.sees("2 taps wait").await;
        drop(bo);
        device.kills_the_app().await;
        assert_eq!(verbs().await, [Verb::Submit]);

        let bo = Tablet(device.starts(&[]).await);
        bo.shows("[data-test=before]").await;
        bo.sees("2 taps wait").await;
        booth.is_photographed("before").await;
        assert_eq!(verbs().await, [Verb::Submit]);

        line.mend();
        bo.lane("ready", &[ticket]).await;
        bo.sees_no("To be sent").await;
        let done = [Verb::Submit, Verb::Claim, Verb::Complete];
        assert_eq!(verbs().await, done);
        // By the same hand as what is done with a network.
        bo.hands_over(ticket).await;
        bo.lane("ready", &[]).await;
        let steps = journey().await;
        let hands: BTreeSet<_> = steps.iter().skip(1).map(|step| step.staff).collect();
        assert_eq!(hands.len(), 1, "{hands:?}");
        assert!(hands.iter().all(Option::is_some), "{hands:?}");

        // What was done is not done again by the next start.
        drop(bo);
        device.kills_the_app().await;
        let bo = Tablet(device.starts(&[]).await);
        bo.lane("ready", &[]).await;
        assert_eq!(verbs().await, [done.as_slice(), &[Verb::Collect]].concat());
    });
}
