//! Every limit is enforced by the server, exactly, under concurrency.

use futures::future::join_all;
use presso_core::order::Ticket;
use presso_core::settings::Settings;
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use std::collections::{BTreeMap, BTreeSet};

async fn guests(server: &Server, count: usize) -> Vec<Person> {
    let names: Vec<_> = (0..count).map(|n| format!("guest {n}")).collect();
    join_all(names.iter().map(|name| server.guest(name))).await
}

/// How many scans of so many customers at once were taken, and why the others were not.
async fn scan_at_once(customers: usize, settings: Settings) -> (usize, BTreeMap<String, usize>) {
    let server = Server::start(settings).await;
    let code = server.barista("Bo").await.code().await;
    let guests = guests(&server, customers).await;
    let scans = join_all(guests.iter().map(|guest| guest.scans(&code))).await;
    let taken = scans.iter().filter(|scan| scan.is_ok()).count();
    let mut refused = BTreeMap::new();
    for problem in scans.into_iter().filter_map(Result::err) {
        *refused.entry(problem.code).or_default() += 1;
    }
    (taken, refused)
}

#[tokio::test(flavor = "current_thread")]
async fn of_200_scans_at_once_a_code_with_10_places_admits_exactly_10() {
    let settings = Settings {
        code_places: 10,
        capacity: 1000,
        ..server::settings()
    };
    let (taken, refused) = scan_at_once(200, settings).await;
    assert_eq!(
        (taken, refused),
        (10, BTreeMap::from([("code_used_up".to_owned(), 190)]))
    );
}

#[tokio::test(flavor = "current_thread")]
async fn of_60_scans_at_once_a_shop_with_capacity_20_admits_exactly_20() {
    let settings = Settings {
        code_places: 1000,
        capacity: 20,
        ..server::settings()
    };
    let (taken, refused) = scan_at_once(60, settings).await;
    assert_eq!(
        (taken, refused),
        (20, BTreeMap::from([("shop_full".to_owned(), 40)]))
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_thousand_submits_at_once_draw_the_tickets_1_to_1000() {
    let settings = Settings {
        code_places: 2000,
        capacity: 2000,
        ..server::settings()
    };
    let server = Server::start(settings).await;
    let code = server.barista("Bo").await.code().await;
    let guests = guests(&server, 1000).await;
    let orders = join_all(guests.iter().map(|g| g.orders(&code, "espresso", &[]))).await;
    let tickets: BTreeSet<_> = orders.iter().filter_map(|order| order.ticket).collect();
    assert_eq!(
        tickets,
        (1..=1000).map(Ticket).collect(),
        "no gap, no repeat"
    );
}

#[tokio::test(flavor = "current_thread")]
async fn one_customer_who_scans_20_times_at_once_has_one_order() {
    let server = Server::start(server::settings()).await;
    let code = server.barista("Bo").await.code().await;
    let ada = server.guest("Ada").await;
    let scans = join_all((0..20).map(|_| ada.scans(&code))).await;
    let taken: Vec<_> = scans.iter().filter_map(|s| s.as_ref().ok()).collect();
    assert_eq!(taken.len(), 1);
    for refused in scans.iter().filter_map(|s| s.as_ref().err()) {
        assert_eq!(refused.code, "already_ordered");
        let rejection = serde_json::to_value(&refused.rejection).expect("JSON");
        assert_eq!(
            rejection["order"],
            taken[0].order.to_string(),
            "and says which"
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn of_ten_baristas_who_claim_at_once_one_has_it() {
    use presso_core::api::StaffVerb;
    use presso_core::workflow::Verb;
    let server = Server::start(server::settings()).await;
    let names: Vec<_> = (0..10).map(|n| format!("barista {n}")).collect();
    let baristas = join_all(names.iter().map(|name| server.barista(name))).await;
    let code = baristas[0].code().await;
    let order = server
        .guest("Ada")
        .await
        .orders(&code, "espresso", &[])
        .await
        .order;
    let claim = StaffVerb {
        order,
        verb: Verb::Claim,
    };
    let claims = join_all(baristas.iter().map(|b| b.call(claim))).await;
    assert_eq!(claims.iter().filter(|c| c.is_ok()).count(), 1);
    let codes: BTreeSet<_> = claims
        .into_iter()
        .filter_map(Result::err)
        .map(|p| p.code)
        .collect();
    assert_eq!(codes, BTreeSet::from(["order_already_claimed".to_owned()]));
}
