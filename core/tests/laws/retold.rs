//! The law of whoever reads the journal without holding the shop: an order's own events are enough
//! to know how it stands, and so what to alert its customer about.

use crate::world::{World, shop_id};
use presso_core::board::{Audience, NoNames, OrderView, order_view, steps};
use presso_core::shop::Shop;
use presso_core::workflow::{Event, evolve};

/// What an alert is made from, of a view.
type Gist = (
    presso_core::order::OrderState,
    Option<presso_core::order::Ticket>,
    Option<presso_core::order::Ending>,
    Option<presso_core::time::Timestamp>,
);

fn gist(order: &OrderView) -> Gist {
    (order.state, order.ticket, order.ending, order.sweep_at)
}

/// At each event of an order, folding only its own events shows it as the whole shop does.
pub fn law_one_orders_events_tell_of_it_what_the_shop_does(world: &World) -> Result<(), String> {
    let mut shop = Shop::new(shop_id());
    for event in &world.events {
        evolve(&mut shop, event);
        let Some(id) = event.kind.order() else {
            continue;
        };
        let Some(order) = shop.orders.get(&id) else {
            return Err(format!("the shop forgot {id} by the very event about it"));
        };
        let whole = order_view(&shop, order, Audience::Customer, &NoNames);
        let is_own = |event: &&Event| event.kind.order() == Some(id);
        let own: Vec<Event> = world.events.iter().filter(is_own).cloned().collect();
        let (then, _) = steps(&shop_id(), &own, event.version);
        if then.as_ref().map(gist) != Some(gist(&whole)) {
            return Err(format!(
                "{id} at version {}: alone {then:?}, in the shop {whole:?}",
                event.version
            ));
        }
    }
    Ok(())
}
