//! Who may watch what.

use crate::app::App;
use crate::http::refusal::Refusal;
use crate::http::who::{Known, no_session};
use presso_core::api::Who;
use presso_core::board::{Audience, OrderView, Topic};
use presso_core::workflow::Rejection;

/// May whoever this is watch this topic? An order is given back as they may see it, in case it is
/// over and nobody announces it any more.
///
/// # Errors
/// The problem to answer with: what one may not know of is not there.
pub(super) async fn permit(
    app: &App,
    who: Option<&Who>,
    topic: &Topic,
) -> Result<Option<OrderView>, Refusal> {
    let own = |shop| match who {
        None => Err(no_session("this topic needs a session")),
        Some(Who::Organiser { .. } | Who::Operator) => Ok(()),
        Some(Who::Staff { shop: own, .. }) if own == shop => Ok(()),
        Some(_) => Err(Refusal::not_allowed()),
    };
    match topic {
        Topic::Board(_) | Topic::Menu(_) => Ok(None),
        Topic::Queue(shop) => own(shop).map(|()| None),
        Topic::Code(shop) => match who {
            Some(Who::Display { shop: own }) if own == shop => Ok(None),
            _ => own(shop).map(|()| None),
        },
        Topic::Order(order) => {
            let who = who.ok_or_else(|| no_session("this topic needs a session"))?;
            let known = Known::find(app, *order).await?;
            let known = known.ok_or(Rejection::OrderUnknown)?;
            let audience = known.audience(app, who).ok_or(Rejection::OrderUnknown)?;
            // The topic is the customer's view; staff have the queue.
            debug_assert!(matches!(audience, Audience::Customer | Audience::Staff));
            Ok(Some(known.seen_by(app, Audience::Customer).await?))
        }
    }
}
