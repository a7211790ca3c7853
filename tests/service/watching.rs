//! Realtime over real sockets, with the apps' own client.

use crate::reach;
use presso_core::board::{Topic, View};
use presso_core::client::Seen;
use presso_core::order::OrderState;
use presso_core::workflow::Verb;
use presso_tests::server::{self, Server};
use std::time::Duration;

/// The next view for which `fact` holds.
async fn sees<T>(watch: &mut presso_core::client::Watch, fact: impl Fn(&View) -> Option<T>) -> T {
    loop {
        match reach::within(watch.next())
            .await
            .expect("the server is of this version")
        {
            Seen::View { view, .. } => {
                if let Some(found) = fact(&view) {
                    return found;
                }
            }
            Seen::Refused(problem) => panic!("refused: {problem:?}"),
        }
    }
}

fn states(view: &View) -> Vec<OrderState> {
    match view {
        View::Board(board) => board.rows.iter().map(|r| r.state).collect(),
        _ => vec![],
    }
}

#[tokio::test(flavor = "current_thread")]
async fn everybody_sees_an_order_move_also_across_a_restart() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    let passer_by = reach::stranger(&server);
    let mut board = passer_by.watch(Topic::Board(server.shop.clone()));
    let watcher = reach::watcher(&server).await;
    let mut queue = watcher.watch(Topic::Queue(server.shop.clone()));
    let is = |state| move |view: &View| (states(view) == [state]).then_some(());
    sees(&mut board, is(OrderState::Queued)).await;
    bo.does(Verb::Claim, order).await;
    sees(&mut board, is(OrderState::Making)).await;
    server.goes_away().await;
    server.comes_back().await;
    bo.does(Verb::Complete, order).await;
    sees(&mut board, is(OrderState::Ready)).await;
    let name = sees(&mut queue, |view| match view {
        View::Queue(q) => q
            .orders
            .iter()
            .find(|o| o.state == OrderState::Ready)
            .map(|o| o.name.clone()),
        _ => None,
    });
    assert_eq!(name.await.as_deref(), Some("Ada"), "staff see whom to call");
}

#[tokio::test(flavor = "current_thread")]
async fn nobody_watches_what_is_none_of_their_business() {
    let server = Server::start(server::settings()).await;
    let (bo, ada) = (server.barista("Bo").await, server.guest("Ada").await);
    let order = ada.orders(&bo.code().await, "espresso", &[]).await.order;
    let eve = reach::stranger(&server);
    eve.begin_guest().await.expect("anybody may be a guest");
    let shop = server.shop.clone();
    for topic in [
        Topic::Queue(shop.clone()),
        Topic::Code(shop.clone()),
        Topic::Order(order),
    ] {
        let mut watch = eve.watch(topic.clone());
        let seen = reach::within(watch.next()).await;
        assert!(matches!(seen, Some(Seen::Refused(_))), "{topic}: {seen:?}");
    }
    let mut menu = eve.watch(Topic::Menu(shop));
    sees(&mut menu, |view| {
        matches!(view, View::Menu(_)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "current_thread")]
async fn the_code_comes_by_itself_when_it_rotates() {
    let server = Server::start(server::settings()).await;
    let watcher = reach::watcher(&server).await;
    let mut watch = watcher.watch(Topic::Code(server.shop.clone()));
    let code = |view: &View| match view {
        View::Code(code) => Some(code.code.clone()),
        _ => None,
    };
    let first = sees(&mut watch, code).await;
    server.clock.push(Duration::from_secs(301));
    sees(&mut watch, |view| code(view).filter(|code| *code != first)).await;
}

#[tokio::test(flavor = "current_thread")]
async fn a_sold_out_drink_reaches_those_who_look_at_the_menu() {
    let server = Server::start(server::settings()).await;
    let bo = server.barista("Bo").await;
    let drink = presso_core::id::DrinkId::parse("latte").expect("a slug");
    let eve = reach::stranger(&server);
    let mut menu = eve.watch(Topic::Menu(server.shop.clone()));
    let on = |view: &View| match view {
        View::Menu(menu) => menu.drink(&drink).map(|d| d.available),
        _ => None,
    };
    sees(&mut menu, |view| on(view).filter(|on| *on)).await;
    let shop = server.shop.clone();
    let off = presso_core::api::SwitchDrink {
        shop,
        drink: drink.clone(),
        available: false,
    };
    bo.call(off).await.expect("staff may");
    sees(&mut menu, |view| on(view).filter(|on| !on)).await;
}
