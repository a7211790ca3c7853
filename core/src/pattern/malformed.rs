//! What is wrong with a pattern: the place, as a path and as line and column, and the rule.

use super::limits;
use super::source::Fault;

/// A pattern was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}, at {path}: {rule}")]
pub struct Malformed {
    /// The place in the JSON, as `$.detail.state[0]`; `$` for what is wrong with the whole.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// The rule that it breaks.
    pub rule: Rule,
}

impl Malformed {
    pub(super) fn at(text: &str, fault: Fault, path: String) -> Self {
        let before = text.get(..fault.at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Self {
            path,
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            rule: fault.rule,
        }
    }
    /// Wrong as a whole.
    pub(super) fn start(rule: Rule) -> Self {
        Self::at("", Fault::new(0, rule), "$".to_owned())
    }
    /// No JSON.
    pub(super) fn syntax(error: &serde_json::Error) -> Self {
        let said = error.to_string();
        let what = said.split(" at line ").next().unwrap_or_default();
        Self {
            path: "$".to_owned(),
            line: error.line().max(1),
            column: error.column().max(1),
            rule: Rule::Json(what.to_owned()),
        }
    }
}

/// What a pattern must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    /// JSON.
    #[error("this is no JSON: {0}")]
    Json(String),
    /// At most [`limits::BYTES`] long.
    #[error("a pattern has at most {} bytes", limits::BYTES)]
    TooLong,
    /// At most [`limits::DEPTH`] deep.
    #[error("a pattern is at most {} objects and lists deep", limits::DEPTH)]
    TooDeep,
    /// At most [`limits::COMBINATIONS`] ways through its `$or`s.
    #[error(
        "the $or lists multiply to more than {} combinations",
        limits::COMBINATIONS
    )]
    TooManyCombinations,
    /// At most [`limits::FIELDS`] fields in all combinations.
    #[error(
        "the $or lists multiply to more than {} fields in all combinations",
        limits::FIELDS
    )]
    TooManyFields,
    /// An object.
    #[error("a pattern is an object")]
    NoObject,
    /// With something in every object.
    #[error("an object names at least one field")]
    EmptyObject,
    /// With something in every list.
    #[error("a list holds at least one value or operator")]
    EmptyList,
    /// Each field names a list of values, or an object of more fields.
    #[error("{0:?} names a list of values, as [\"value\"], or an object of more fields")]
    NoListOrObject(String),
    /// Values are strings, numbers, `true`, `false`, `null` and operators.
    #[error("a value is a string, a number, true, false, null or an operator, no list")]
    ListAsValue,
    /// An operator is an object with one name.
    #[error("an operator is an object with exactly one name")]
    OneOperator,
    /// The operators are these.
    #[error(
        "there is no operator {0:?}; there are prefix, suffix, equals-ignore-case, wildcard, \
         anything-but, numeric, exists, cidr and exactly"
    )]
    UnknownOperator(String),
    /// The operator takes a string.
    #[error("{0} takes a string")]
    WantsText(&'static str),
    /// The operator takes a string, or another one around it.
    #[error("{0} takes a string, or {{\"equals-ignore-case\": string}}")]
    WantsTextOrFold(&'static str),
    /// The operator takes a string or a list of them.
    #[error("anything-but {0} takes a string or a list of strings")]
    WantsTexts(&'static str),
    /// `anything-but` takes a value, a list, or one of four operators.
    #[error(
        "anything-but takes a string, a number, a list of only strings or only numbers, or one \
         of prefix, suffix, equals-ignore-case and wildcard"
    )]
    AnythingBut,
    /// `anything-but` of a prefix or suffix excludes something.
    #[error("anything-but {0} takes no empty string: it would exclude every string")]
    EmptyAffix(&'static str),
    /// `exists` takes true or false.
    #[error("exists takes true or false")]
    Exists,
    /// Between two wildcards stands something.
    #[error("two wildcards side by side mean no more than one: write one *")]
    TwoStars,
    /// A backslash in a wildcard makes a `*` or a backslash plain.
    #[error("in a wildcard a backslash stands before * or another backslash")]
    StrayBackslash,
    /// `numeric` takes comparisons.
    #[error(
        "numeric takes one comparison, as [\"<\", 10], or a lower and then an upper bound, as \
         [\">\", 0, \"<=\", 5]"
    )]
    Numeric,
    /// The comparisons are these.
    #[error("numeric compares with =, <, <=, > or >=, not with {0:?}")]
    Comparison(String),
    /// Numbers are IEEE 754 doubles.
    #[error("{0} has more digits, or is larger or smaller, than a double-precision number holds")]
    Precision(String),
    /// The lower bound is below the upper bound.
    #[error("the lower bound must be below the upper bound")]
    EmptyRange,
    /// An address, a slash, a number of bits.
    #[error(
        "cidr takes an address, a slash and a number of bits, as \"10.0.0.0/8\": below 32 bits \
         for IPv4, below 128 for IPv6 (a single address is written as a value)"
    )]
    Cidr,
    /// `$or` holds at least two objects.
    #[error("$or takes a list of at least two objects of fields")]
    Or,
    /// Names of operators are no fields inside `$or`.
    #[error("{0:?} is reserved and cannot name a field inside $or")]
    ReservedInOr(String),
}
