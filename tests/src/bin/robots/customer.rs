//! A customer who comes, orders, waits for the drink and goes; and comes again as somebody else.

use crate::{Display, chance, client};
use presso_core::{
    api::{Cancel, GetMenu, Scan, Submit, SubmitBody},
    board::{Topic, View},
    client::{Client, Error, Seen},
    id::{OrderId, ShopId},
    menu::{Choice, Choose, Drink, Menu},
};

/// Places on the code that robots leave to people.
const LEFT_TO_PEOPLE: u32 = 3;

const NAMES: &[&str] = &["Ada", "Grace", "Alan", "Edsger", "Barbara", "Linus"];

/// For ever.
pub(crate) async fn comes_and_goes(
    number: usize,
    address: String,
    shop: ShopId,
    mut display: Display,
) {
    loop {
        chance::seconds(2, 30).await;
        // A phone of its own each time: another guest, another pseudonym.
        let phone = client(&address);
        let name = NAMES[number % NAMES.len()];
        if let Err(problem) = visit(&phone, &shop, &mut display, name).await {
            // Closed, full, used up: a robot goes away and comes back, as people do.
            eprintln!("robot customer {number}: {problem}");
        }
    }
}

async fn visit(
    client: &Client,
    shop: &ShopId,
    display: &mut Display,
    name: &str,
) -> Result<(), Error> {
    let enough = |code: &Option<presso_core::board::CodeView>| {
        code.as_ref()
            .is_some_and(|code| code.places_left > LEFT_TO_PEOPLE)
    };
    let Ok(code) = display.wait_for(enough).await.map(|code| code.clone()) else {
        return Err(Error::Offline);
    };
    let Some(code) = code else { return Ok(()) };
    client.begin_guest().await?;
    let order = client
        .send(&Scan {
            shop: shop.clone(),
            code: code.code,
        })
        .await?
        .order;
    let menu = client.send(&GetMenu { shop: shop.clone() }).await?.menu;
    chance::seconds(3, 12).await;
    let Some(choice) = pick(&menu) else {
        client
            .send(&Cancel {
                order,
                reason: None,
            })
            .await?;
        return Ok(());
    };
    let (drink, options) = (choice.drink, choice.options);
    let body = SubmitBody {
        drink,
        options,
        name: Some(name.to_owned()),
    };
    client.send(&Submit { order, body }).await?;
    if chance::below(15) == 0 {
        chance::seconds(1, 4).await;
        // Too late when it is being made already: then the robot waits like anybody.
        let _ = client
            .send(&Cancel {
                order,
                reason: None,
            })
            .await;
    }
    until_it_ends(client, order).await;
    Ok(())
}

/// Watches the order on the phone, as the app does.
async fn until_it_ends(client: &Client, order: OrderId) {
    let mut watch = client.watch(Topic::Order(order));
    while let Some(seen) = watch.next().await {
        match seen {
            Seen::View {
                view: View::Order(view),
                ..
            } if view.ended_at.is_some() => return,
            Seen::View { .. } => {}
            Seen::Refused(_) => return,
        }
    }
}

/// A drink that can be had, with every required group answered and now and then an extra.
fn pick(menu: &Menu) -> Option<Choice> {
    let had: Vec<&Drink> = menu
        .drinks
        .iter()
        .filter(|drink| answer(menu, drink).is_some())
        .collect();
    let drink = had.get(chance::below(had.len()))?;
    Some(Choice {
        drink: drink.id.clone(),
        options: answer(menu, drink)?,
    })
}

fn answer(menu: &Menu, drink: &Drink) -> Option<Vec<presso_core::id::OptionId>> {
    let mut chosen = Vec::new();
    for group in menu
        .groups
        .iter()
        .filter(|group| drink.groups.contains(&group.id))
    {
        let there: Vec<_> = group
            .options
            .iter()
            .filter(|option| option.available)
            .collect();
        let wanted = group.required || (group.choose == Choose::Multiple && chance::below(4) == 0);
        match there.get(chance::below(there.len())) {
            Some(option) if wanted => chosen.push(option.id.clone()),
            None if group.required => return None,
            _ => {}
        }
    }
    drink.available.then_some(chosen)
}
