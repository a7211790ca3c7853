//! Rules of the event bus: which events go where, what is still on its way, and what was given up.
//! These routes take no idempotency key: putting again replaces, and the rest may be repeated.

use super::{Call, Endpoint, Nothing};
use crate::bus::{Format, TransformBody};
use crate::id::{RuleName, ShopId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Whose events a rule sees: one shop's, or, for those of the operator, every shop's, which is
/// written `-` in addresses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleScope {
    /// One shop's.
    Shop(ShopId),
    /// Every shop's, those to come included.
    EveryShop,
}

impl RuleScope {
    /// As it stands in addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Shop(shop) => shop.as_str(),
            Self::EveryShop => "-",
        }
    }
    /// Reads [`Self::as_str`]; none of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "-" => Some(Self::EveryShop),
            _ => ShopId::parse(text).ok().map(Self::Shop),
        }
    }
}

impl fmt::Display for RuleScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a rule's events go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Target {
    /// To an address, signed after Standard Webhooks.
    Webhook {
        /// An https address on the internet, unless the operator allows others.
        url: String,
    },
    /// Into a file of the server's folder, a line each; for the operator's rules.
    File {
        /// The file's name, without folders.
        name: String,
    },
    /// Into the server's log; for the operator's rules.
    Log,
}

/// What a rule says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// The pattern, as JSON, or as a string with JSON in it, which keeps the places that a
    /// refusal points at. It is tried on envelopes of the rule's format.
    pub pattern: Value,
    /// Where to.
    pub target: Target,
    /// In which form.
    #[serde(default)]
    pub format: Format,
    /// What is made of an envelope before it is sent; nothing, where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transform: Option<TransformBody>,
    /// On from the start? What happens while it is off does not reach it.
    #[serde(default = "on")]
    pub enabled: bool,
}

const fn on() -> bool {
    true
}

/// `GET /v1/shops/{shop}/rules`: all of a shop.
#[derive(Debug, Clone)]
pub struct ListRules {
    /// Where.
    pub scope: RuleScope,
}
/// `GET /v1/shops/{shop}/rules/{rule}`: one.
#[derive(Debug, Clone)]
pub struct GetRule {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
}
/// `PUT /v1/shops/{shop}/rules/{rule}`: puts it in place, or in place of what it was.
#[derive(Debug, Clone)]
pub struct PutRule {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
    /// What it says.
    pub body: RuleBody,
}
/// `DELETE /v1/shops/{shop}/rules/{rule}`: with all that was still on its way.
#[derive(Debug, Clone)]
pub struct DeleteRule {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
}
/// `POST /v1/shops/{shop}/rules/{rule}/enable` or `…/disable`.
#[derive(Debug, Clone)]
pub struct SwitchRule {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
    /// On?
    pub enabled: bool,
}
/// `GET /v1/shops/{shop}/rules/{rule}/dead`: what was given up, oldest first, by pages.
#[derive(Debug, Clone)]
pub struct ListDead {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
    /// After this one.
    pub after: Option<u64>,
}
/// `POST /v1/shops/{shop}/rules/{rule}/redrive`: sends what was given up again.
#[derive(Debug, Clone)]
pub struct Redrive {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
    /// What.
    pub body: RedriveBody,
}

/// `POST /v1/shops/{shop}/rules/{rule}/replay`: plays a span of the past again, to this rule.
#[derive(Debug, Clone)]
pub struct ReplayRule {
    /// Where.
    pub scope: RuleScope,
    /// Which.
    pub rule: RuleName,
    /// What.
    pub body: ReplayBody,
}

/// What to play again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplayBody {
    /// From when on.
    pub from: Timestamp,
    /// Up to when; not itself.
    pub to: Timestamp,
    /// What must match beside the rule's own pattern.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Value>,
    /// How many times as fast as it happened; as fast as it goes, when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<u32>,
}

/// It has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayAnswer {
    /// The mark on its envelopes.
    pub replay: String,
}

/// What to send again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedriveBody {
    /// Only this one; all, when none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dead: Option<u64>,
}

/// How many are on their way again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedriveAnswer {
    /// At most 1,000 at once; ask again for more.
    pub redriven: u64,
}

/// All rules of a shop, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RulesAnswer {
    /// They.
    pub rules: Vec<RuleView>,
}

/// A rule and how it fares.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleView {
    /// Its name.
    pub rule: RuleName,
    /// What it says.
    #[serde(flatten)]
    pub body: RuleBody,
    /// How many deliveries are still to be made.
    pub waiting: u64,
    /// How many were given up and are kept.
    pub dead: u64,
    /// What webhooks are signed with; told once, when the rule is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// Whoever knows the secret can sign, so it is not printed.
impl fmt::Debug for RuleView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, body, .. } = self;
        f.debug_struct("RuleView")
            .field("rule", rule)
            .field("body", body)
            .finish_non_exhaustive()
    }
}

/// Some of what was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadAnswer {
    /// Oldest first, at most 50.
    pub dead: Vec<DeadLetter>,
    /// The next page is after this one; none at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// One delivery that was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// What it is called where it is sent again.
    pub dead: u64,
    /// When it was given up.
    pub at: Timestamp,
    /// How often it was tried.
    pub tries: u32,
    /// Why.
    pub why: String,
    /// The envelope, before it is transformed.
    pub envelope: Value,
}

fn path(scope: &RuleScope, rule: &RuleName, end: &str) -> String {
    format!("/v1/shops/{scope}/rules/{rule}{end}")
}

impl Endpoint for ListRules {
    type Answer = RulesAnswer;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/rules", self.scope))
    }
}
impl Endpoint for GetRule {
    type Answer = RuleView;
    fn call(&self) -> Call {
        Call::get(path(&self.scope, &self.rule, ""))
    }
}
impl Endpoint for PutRule {
    type Answer = RuleView;
    fn call(&self) -> Call {
        Call::put(path(&self.scope, &self.rule, ""), &self.body).unkeyed()
    }
}
impl Endpoint for DeleteRule {
    type Answer = Nothing;
    fn call(&self) -> Call {
        Call::delete(path(&self.scope, &self.rule, ""))
    }
}
impl Endpoint for SwitchRule {
    type Answer = RuleView;
    fn call(&self) -> Call {
        let end = if self.enabled { "/enable" } else { "/disable" };
        Call::post(path(&self.scope, &self.rule, end), &Nothing {}).unkeyed()
    }
}
impl Endpoint for ListDead {
    type Answer = DeadAnswer;
    fn call(&self) -> Call {
        let after = self.after.map(|after| format!("?after={after}"));
        let end = format!("/dead{}", after.unwrap_or_default());
        Call::get(path(&self.scope, &self.rule, &end))
    }
}
impl Endpoint for ReplayRule {
    type Answer = ReplayAnswer;
    fn call(&self) -> Call {
        Call::post(path(&self.scope, &self.rule, "/replay"), &self.body).unkeyed()
    }
}
impl Endpoint for Redrive {
    type Answer = RedriveAnswer;
    fn call(&self) -> Call {
        Call::post(path(&self.scope, &self.rule, "/redrive"), &self.body).unkeyed()
    }
}
