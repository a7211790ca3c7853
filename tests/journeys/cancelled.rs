//! Cancelled, by either side: everybody learns who, and the customer why.

use presso_tests::{server::settings, stage::play};

#[test]
fn a_customer_cancels_and_barista_and_display_see_it_go() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.lane("to-make", &[ticket]).await;
        tv.prepares(&[ticket]).await;

        ada.press("Cancel my order").await;
        ada.sees("Cancel your order?").await;
        ada.checked("asked before cancelling").await;
        ada.press("Ordered by mistake").await;
        ada.press("Cancel my order").await;
        ada.sees("You cancelled your order").await;
        ada.checked("cancelled by the customer").await;
        bo.lane("to-make", &[]).await;
        tv.prepares(&[]).await;
    });
}

#[test]
fn a_barista_cancels_and_the_customer_reads_who_and_why() {
    play(settings(), async |stage| {
        let (tv, bo) = tokio::join!(stage.tv(), stage.tablet("Bo"));
        let ada = stage.arrives("Ada", &tv).await;
        ada.picks("Mocha", &["Soy milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        ada.sees("cannot be cancelled here").await;

        bo.on(ticket, &format!("Cancel order {ticket}")).await;
        bo.sees(&format!("Why cancel order {ticket}?")).await;
        bo.checked("asked why").await;
        bo.press("Something ran out").await;
        ada.sees("The shop cancelled your order").await;
        ada.sees("Something your drink needs ran out").await;
        ada.checked("cancelled by the shop").await;
        bo.lane("making", &[]).await;
        tv.prepares(&[]).await;

        // What was cancelled by mistake can be taken back for a while.
        bo.undoes(ticket).await;
        bo.lane("making", &[ticket]).await;
        ada.screen("waiting").await;
    });
}

#[test]
fn a_customer_who_leaves_gives_the_place_on_the_code_back() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let ada = stage.arrives("Ada", &tv).await;
        tv.sees("9 places left").await;
        ada.press("Leave").await;
        ada.sees("Give up your place?").await;
        ada.checked("asked before leaving").await;
        ada.press("Give it up").await;
        ada.screen("ended").await;
        tv.sees("10 places left").await;
    });
}
