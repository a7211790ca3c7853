//! What leaves Presso when something happened: journal events as envelopes that others read.
//!
//! The journal's events are our own. A rule's target chooses how it gets them: as
//! [`cloudevents`], one for each event, or as [`eventbridge`], the envelopes of Serverlesspresso,
//! so that its extensions run here. `docs/events.md` has the table. Identifiers follow from the
//! event's, so that an envelope made again is the same envelope.

mod backdrop;
mod catalogue;
mod cloudevents;
mod eventbridge;
mod format;
mod import;
mod instant;
mod outside;
mod transform;

pub use backdrop::Backdrop;
pub use catalogue::{Catalogued, asyncapi, catalogue};
pub use cloudevents::cloudevents;
pub use eventbridge::{DETAIL_TYPES, SOURCE, eventbridge};
pub use format::Format;
pub use import::{BadEnvelope, import};
pub use instant::{parse as parse_instant, seconds as instant_text};
pub use outside::{BadName, MAX_NAME, OutsideEvent, check_detail_type, check_source};
pub use transform::{BadTransform, TooLarge, Transform, TransformBody, limits as transform_limits};

use crate::id::{CustomerId, ShopId};
use crate::menu::Menu;
use crate::settings::Settings;

/// What envelopes say that is not in the event itself: the shop as it is after it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The shop.
    pub shop: &'a ShopId,
    /// Its settings.
    pub settings: &'a Settings,
    /// Its menu: envelopes name drinks as people read them.
    pub menu: &'a Menu,
    /// Does it admit scans?
    pub open: bool,
    /// Whose the order is that the event is about, by their pseudonym; none for events about the
    /// shop. A scan says it itself.
    pub customer: Option<CustomerId>,
}
