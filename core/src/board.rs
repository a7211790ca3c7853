//! What screens show: the views of each topic, who may see what, and the updates that keep them.
//!
//! The fold has two ends: [`publish()`] turns what an event touched into updates, and [`View::apply`]
//! folds those on a screen. The law: a screen that applied all of them equals the journal.

mod alert;
mod code_view;
mod facts;
mod order_view;
mod publish;
mod topic;
mod view;

pub use alert::{Alert, alert, steps};
pub use code_view::{CodeFacts, CodeView};
pub(crate) use facts::gist;
pub use facts::{ShopFacts, SpentCode, WaitRange, facts};
pub use order_view::{Audience, ClaimView, Names, NoNames, OrderView, UndoView, order_view};
pub use publish::{Publication, publish, snapshot};
pub use topic::{BadTopic, Topic};
pub use view::{BoardRow, BoardView, Change, QueueView, Update, View};
