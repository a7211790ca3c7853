//! The entries of a field's list: values, and objects with one operator.

use super::address::{self, Cidr};
use super::condition::Condition;
use super::fold::Fold;
use super::malformed::Rule;
use super::number::{Bound, Number, Range};
use super::source::{Entry, Fault, Kind, Node};
use super::wildcard::Wildcard;

/// Names that mean something to this or to AWS's matcher, so that no field inside `$or` may bear
/// them (event-ruler's list, those kept for later included).
pub(super) const RESERVED: &[&str] = &[
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// One entry.
pub(super) fn condition(node: &Node) -> Result<Condition, Fault> {
    let fault = |rule| Err(Fault::new(node.at, rule));
    match &node.kind {
        Kind::Null => Ok(Condition::Null),
        Kind::Bool(wanted) => Ok(Condition::Bool(*wanted)),
        Kind::Number(text) => Ok(Condition::Number(Number::literal(text))),
        Kind::Text(text) => Ok(match address::parse(text) {
            Some(address) => Condition::Address(text.clone(), address),
            None => Condition::Text(text.clone()),
        }),
        Kind::List(_) => fault(Rule::ListAsValue),
        Kind::Object(entries) => operator(only(node, entries)?),
    }
}

/// The one entry of an operator's object.
fn only<'a>(node: &Node, entries: &'a [Entry]) -> Result<&'a Entry, Fault> {
    match entries {
        [entry] => Ok(entry),
        [_, second, ..] => Err(Fault::new(second.at, Rule::OneOperator)),
        [] => Err(Fault::new(node.at, Rule::OneOperator)),
    }
}

fn operator(entry: &Entry) -> Result<Condition, Fault> {
    let value = &entry.value;
    match entry.name.as_str() {
        "exactly" => Ok(Condition::Text(text(value, Rule::WantsText("exactly"))?)),
        "equals-ignore-case" => {
            let wanted = text(value, Rule::WantsText("equals-ignore-case"))?;
            Ok(Condition::Fold(Fold::new(&wanted)))
        }
        "prefix" => affix(value, "prefix", Condition::Prefix, Condition::PrefixFold),
        "suffix" => affix(value, "suffix", Condition::Suffix, Condition::SuffixFold),
        "wildcard" => wildcard(value, text(value, Rule::WantsText("wildcard"))?),
        "anything-but" => anything_but(value),
        "numeric" => numeric(value),
        "exists" => match value.kind {
            Kind::Bool(true) => Ok(Condition::Exists),
            Kind::Bool(false) => Ok(Condition::Absent),
            _ => Err(Fault::new(value.at, Rule::Exists)),
        },
        "cidr" => {
            let block = Cidr::parse(&text(value, Rule::Cidr)?);
            block
                .map(Condition::Cidr)
                .ok_or(Fault::new(value.at, Rule::Cidr))
        }
        other => Err(Fault::new(
            entry.at,
            Rule::UnknownOperator(other.to_owned()),
        )),
    }
}

fn text(node: &Node, otherwise: Rule) -> Result<String, Fault> {
    match &node.kind {
        Kind::Text(text) => Ok(text.clone()),
        _ => Err(Fault::new(node.at, otherwise)),
    }
}

fn wildcard(node: &Node, text: String) -> Result<Condition, Fault> {
    let parsed = Wildcard::parse(&text).map_err(|rule| Fault::new(node.at, rule))?;
    Ok(Condition::Wildcard(text, parsed))
}

/// `prefix` or `suffix`: of a string, or of one whose case does not count.
fn affix(
    value: &Node,
    name: &'static str,
    plain: fn(String) -> Condition,
    folded: fn(Fold) -> Condition,
) -> Result<Condition, Fault> {
    let wrong = Rule::WantsTextOrFold(name);
    let Kind::Object(entries) = &value.kind else {
        return text(value, wrong).map(plain);
    };
    let entry = only(value, entries)?;
    if entry.name != "equals-ignore-case" {
        return Err(Fault::new(entry.at, wrong));
    }
    let inner = text(&entry.value, Rule::WantsText("equals-ignore-case"))?;
    Ok(folded(Fold::new(&inner)))
}

fn anything_but(value: &Node) -> Result<Condition, Fault> {
    let excluded = match &value.kind {
        Kind::Object(entries) => return anything_but_operator(only(value, entries)?),
        Kind::List(items) => {
            let excluded = items.iter().map(excluded).collect::<Result<Vec<_>, _>>()?;
            let texts = |one: &Condition| matches!(one, Condition::Text(_));
            let mixed = excluded.iter().any(texts) && !excluded.iter().all(texts);
            if excluded.is_empty() || mixed {
                return Err(Fault::new(value.at, Rule::AnythingBut));
            }
            excluded
        }
        _ => vec![excluded(value)?],
    };
    Ok(Condition::AnythingBut(excluded))
}

/// A value that is excluded: here an address is only its spelling.
fn excluded(node: &Node) -> Result<Condition, Fault> {
    match &node.kind {
        Kind::Text(text) => Ok(Condition::Text(text.clone())),
        Kind::Number(text) => {
            comparable(node, text).map(|real| Condition::Number(Number::Real(real)))
        }
        _ => Err(Fault::new(node.at, Rule::AnythingBut)),
    }
}

/// From the string that an operator takes.
type Make = fn(String) -> Result<Condition, Rule>;

fn anything_but_operator(entry: &Entry) -> Result<Condition, Fault> {
    let (name, make): (&'static str, Make) = match entry.name.as_str() {
        "prefix" => ("prefix", |text| {
            not_empty(text, "prefix").map(Condition::Prefix)
        }),
        "suffix" => ("suffix", |text| {
            not_empty(text, "suffix").map(Condition::Suffix)
        }),
        "equals-ignore-case" => ("equals-ignore-case", |text| {
            Ok(Condition::Fold(Fold::new(&text)))
        }),
        "wildcard" => ("wildcard", |text| {
            let parsed = Wildcard::parse(&text)?;
            Ok(Condition::Wildcard(text, parsed))
        }),
        _ => return Err(Fault::new(entry.at, Rule::AnythingBut)),
    };
    let items = match &entry.value.kind {
        Kind::List(items) if items.is_empty() => {
            return Err(Fault::new(entry.value.at, Rule::EmptyList));
        }
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&entry.value),
    };
    let one = |node: &Node| {
        let text = text(node, Rule::WantsTexts(name))?;
        make(text).map_err(|rule| Fault::new(node.at, rule))
    };
    let excluded = items.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    Ok(Condition::AnythingBut(excluded))
}

fn not_empty(text: String, name: &'static str) -> Result<String, Rule> {
    if text.is_empty() {
        return Err(Rule::EmptyAffix(name));
    }
    Ok(text)
}

fn numeric(value: &Node) -> Result<Condition, Fault> {
    let Kind::List(items) = &value.kind else {
        return Err(Fault::new(value.at, Rule::Numeric));
    };
    let range = match items.as_slice() {
        [sign, bound] => {
            let (lower, upper) = comparison(sign, bound)?;
            Range { lower, upper }
        }
        [first, bottom, second, top] => {
            let (lower, above) = comparison(first, bottom)?;
            let (below, upper) = comparison(second, top)?;
            let (Some(from), Some(to), None, None) = (lower, upper, above, below) else {
                return Err(Fault::new(value.at, Rule::Numeric));
            };
            if from.value >= to.value {
                return Err(Fault::new(top.at, Rule::EmptyRange));
            }
            Range { lower, upper }
        }
        _ => return Err(Fault::new(value.at, Rule::Numeric)),
    };
    Ok(Condition::Numeric(range))
}

/// The lower and the upper bound that a comparison sets.
fn comparison(sign: &Node, bound: &Node) -> Result<(Option<Bound>, Option<Bound>), Fault> {
    let sign_text = text(sign, Rule::Numeric)?;
    let Kind::Number(number) = &bound.kind else {
        return Err(Fault::new(bound.at, Rule::Numeric));
    };
    let value = comparable(bound, number)?;
    let included = sign_text.ends_with('=');
    let bound = Some(Bound { value, included });
    match sign_text.as_str() {
        "=" => Ok((bound, bound)),
        ">" | ">=" => Ok((bound, None)),
        "<" | "<=" => Ok((None, bound)),
        other => Err(Fault::new(sign.at, Rule::Comparison(other.to_owned()))),
    }
}

fn comparable(node: &Node, text: &str) -> Result<f64, Fault> {
    let real = Number::literal(text).real();
    real.ok_or_else(|| Fault::new(node.at, Rule::Precision(text.to_owned())))
}
