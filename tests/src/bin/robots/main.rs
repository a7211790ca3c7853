//! Rehearsal robots: a barista and a handful of customers who use the public API as the apps do,
//! through core's client. `robots ADDRESS SHOP SECRET`, where SECRET is of a link for staff.

mod barista;
mod chance;
mod customer;

use presso_core::{
    board::{CodeView, Topic, View},
    client::{Client, Config, Error, InMemory, Seen},
    id::ShopId,
};
use std::{process::ExitCode, sync::Arc};
use tokio::sync::watch;

/// How many customers come and go. A person who tries the demo still finds places and capacity.
const CUSTOMERS: usize = 6;

/// What the customers see of the shop: its code, as if they stood before the display.
type Display = watch::Receiver<Option<CodeView>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [address, shop, secret] = words.as_slice() else {
        eprintln!("usage: robots ADDRESS SHOP SECRET");
        return ExitCode::from(2);
    };
    let Ok(shop) = ShopId::parse(shop) else {
        eprintln!("robots: {shop:?} is not the name of a shop");
        return ExitCode::from(2);
    };
    match open(address, &shop, secret).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("robots: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Runs until the shop can be watched no more.
async fn open(address: &str, shop: &ShopId, secret: &str) -> Result<(), Error> {
    let staff = client(address);
    let who = staff.redeem_link(secret).await?;
    let (show, display) = watch::channel(None);
    for number in 0..CUSTOMERS {
        let (address, shop) = (address.to_owned(), shop.clone());
        tokio::spawn(customer::comes_and_goes(
            number,
            address,
            shop,
            display.clone(),
        ));
    }
    let mut code = staff.watch(Topic::Code(shop.clone()));
    tokio::spawn(async move {
        while let Some(seen) = code.next().await {
            if let Seen::View {
                view: View::Code(view),
                ..
            } = seen
            {
                show.send_replace(Some(view));
            }
        }
    });
    barista::works(&staff, shop, &who).await;
    Ok(())
}

/// Somebody with an app of their own.
fn client(address: &str) -> Client {
    Client::new(Config {
        base_url: address.to_owned(),
        app: concat!("robots/", env!("CARGO_PKG_VERSION")).to_owned(),
        tokens: Arc::new(InMemory::default()),
    })
}
