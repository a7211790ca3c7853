//! Which of the two forms a rule's target takes, and the mark of what is played again.

use super::{Facts, cloudevents, eventbridge};
use crate::workflow::Event;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The form of a rule's envelopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// CloudEvents 1.0, structured JSON.
    #[default]
    Cloudevents,
    /// The envelope of EventBridge, as Serverlesspresso has it.
    Eventbridge,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cloudevents, Self::Eventbridge];

    /// The event's envelopes in this form, in the order in which they are sent: none, one or two.
    #[must_use]
    pub fn envelopes(self, event: &Event, facts: &Facts<'_>) -> Vec<Value> {
        match self {
            Self::Cloudevents => vec![cloudevents(event, facts)],
            Self::Eventbridge => eventbridge(event, facts),
        }
    }

    /// Marks an envelope as played again: an extension attribute in the one form, whose names have
    /// letters only, and in the other the field that EventBridge has for it.
    pub fn mark_replayed(self, envelope: &mut Value, replay: &str) {
        let field = match self {
            Self::Cloudevents => "replayname",
            Self::Eventbridge => "replay-name",
        };
        envelope[field] = json!(replay);
    }

    /// The media type of an envelope.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Cloudevents => "application/cloudevents+json",
            Self::Eventbridge => "application/json",
        }
    }
}
