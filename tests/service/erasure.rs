//! Is what says who somebody is gone when it is said to be? By rows, by answers, and by every byte
//! of the data folder.

use crate::raw::{Raw, get, post};
use crate::reach::within;
use presso_core::api::{EraseMe, EraseShop, GetOrder, ListOrders, Subscribe};
use presso_core::id::OrderId;
use presso_core::workflow::Verb;
use presso_tests::people::Person;
use presso_tests::push::{Receiver, Vendor};
use presso_tests::server::{self, Server};
use serde_json::json;
use std::time::Duration;

/// A name that no menu has.
const NAME: &str = "Adelheid \"Heidi\" Brandt";

/// Is this text anywhere in the data folder?
fn is_in_the_files(server: &Server, text: &str) -> bool {
    let text = text.as_bytes();
    let entries = std::fs::read_dir(server.data()).expect("the data folder");
    let files = entries.map(|entry| entry.expect("an entry").path());
    files.filter(|path| path.is_file()).any(|path| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(text.len()).any(|part| part == text)
    })
}

/// Ordered, claimed, made, handed over; and how the barista claimed it.
async fn served(ada: &Person, bo: &Person) -> (OrderId, Raw) {
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    let claim = post(bo, &format!("/v1/orders/{order}/claim"), &json!({}));
    for verb in [Verb::Claim, Verb::Complete, Verb::Collect] {
        bo.does(verb, order).await;
    }
    (order, claim)
}

fn rows(erased: &[presso_core::api::ErasedRows], table: &str) -> u64 {
    let found = erased.iter().find(|of| of.table == table);
    found.map_or(0, |of| of.rows)
}

#[tokio::test(flavor = "current_thread")]
async fn a_customer_who_erases_themselves_is_a_pseudonym_from_then_on() {
    let server = Server::start(server::settings()).await;
    let (service, phone) = (Vendor::open(), Receiver::new());
    let (bo, ada) = (server.barista("Bo").await, server.guest(NAME).await);
    let (order, _) = served(&ada, &bo).await;
    let (shop, body) = (server.shop.clone(), phone.subscription(&service.endpoint));
    ada.call(Subscribe { shop, body }).await.expect("they may");
    let (token, refresh) = (ada.token(), ada.refresh_token());

    let erased = ada.call(EraseMe).await.expect("anybody may").erased;
    assert_eq!((rows(&erased, "names"), rows(&erased, "push")), (1, 1));
    assert_eq!(rows(&erased, "idempotency"), 4, "submit and what staff did");
    assert_eq!(rows(&erased, "family"), 1);

    // Signed out at once, whichever token they have.
    let own = Raw {
        token: Some(token),
        ..get("/v1/me/orders")
    };
    assert_eq!(own.send(&server).await.status, 401);
    let renew = post(&ada, "/v1/session/refresh", &json!({ "refresh": refresh }));
    assert_eq!(renew.send(&server).await.status, 401);
    // The order is there, of nobody; in the list as well.
    assert_eq!(bo.reads(order).await.name, None);
    let list = ListOrders {
        shop: server.shop.clone(),
        state: None,
        after: None,
    };
    let page = bo.call(list).await.expect("staff may");
    assert!(page.orders.iter().all(|of| of.order.name.is_none()));
    // And after a restart.
    server.goes_away().await;
    server.comes_back().await;
    assert_eq!(bo.reads(order).await.name, None);
    // Within a day the log is emptied, too.
    server.clock.push(Duration::from_secs(25 * 3600));
    within(async {
        while is_in_the_files(&server, "Adelheid") {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_closed_shop_is_erased_to_the_last_byte_and_the_journal_goes_on() {
    let server = Server::start(server::settings()).await;
    let bo = server.barista("Bartholomew").await;
    let ada = server.guest(NAME).await;
    let (order, _) = served(&ada, &bo).await;
    server
        .link(presso_core::api::LinkFor::Barista, "Cassandra")
        .await;
    assert!(is_in_the_files(&server, "Adelheid") && is_in_the_files(&server, "Cassandra"));

    let erase = || EraseShop {
        shop: server.shop.clone(),
    };
    let refused = server
        .operator()
        .call(erase())
        .await
        .expect_err("it is open");
    assert_eq!((refused.status, refused.code.as_str()), (409, "shop_open"));
    server.closes().await;

    let answer = server.operator().call(erase()).await.expect("it is closed");
    let of = |table: &str| rows(&answer.erased, table);
    // Whoever was invited has a name among the staff's, and none in their link.
    assert_eq!((of("names"), of("staff_names"), of("link")), (1, 2, 0));
    assert_eq!((answer.proof.left, answer.proof.searched), (0, 3));
    assert_eq!(answer.proof.elsewhere, []);
    // While the server runs, by our own eyes.
    for name in ["Adelheid", "Heidi", "Bartholomew", "Cassandra"] {
        assert!(!is_in_the_files(&server, name), "{name}");
    }
    // Nothing of it is in memory, and work goes on.
    assert_eq!(bo.reads(order).await.name, None);
    let shop = server.shop.clone();
    let opened = server
        .operator()
        .call(presso_core::api::OpenShop { shop })
        .await;
    opened.expect("it opens again");
    let (next, _) = served(&server.guest("Zoë").await, &bo).await;
    assert_eq!(bo.reads(next).await.name.as_deref(), Some("Zoë"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_request_repeated_after_an_erasure_is_refused_and_not_done_twice() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest(NAME).await);
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    let claim = post(&bo, &format!("/v1/orders/{order}/claim"), &json!({}));
    assert_eq!(claim.send(&server).await.status, 200);
    ada.call(EraseMe).await.expect("anybody may");
    let before = crate::raw::version(&server).await;
    let again = claim.send(&server).await;
    assert_eq!(
        (again.status, again.text("code")),
        (422, "idempotency_key_reused")
    );
    assert_eq!(crate::raw::version(&server).await, before);
}

#[tokio::test(flavor = "current_thread")]
async fn names_go_by_themselves_when_a_shop_has_kept_them_as_long_as_it_says() {
    let settings = presso_core::settings::Settings {
        names_kept_days: 2,
        ..server::settings()
    };
    let server = Server::start(settings).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest(NAME).await);
    let (order, _) = served(&ada, &bo).await;
    let name = async || {
        bo.call(GetOrder { order })
            .await
            .expect("staff may")
            .order
            .name
    };
    // The sweep of the second day finds it too young, and that of the third does not.
    server.clock.push(Duration::from_secs(26 * 3600));
    let cy = server.barista("Cy").await;
    assert_eq!(
        name().await.as_deref(),
        Some(NAME),
        "Cy is written down: {}",
        cy.name
    );
    server.clock.push(Duration::from_secs(26 * 3600));
    within(async {
        while name().await.is_some() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
