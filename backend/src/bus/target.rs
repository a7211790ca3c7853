//! What a target may be: webhooks for everyone within reach, files and the log for the operator.

use super::Reach;
use super::reach::Wrong;
use presso_core::api::Target;

/// A target that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongTarget {
    /// The address of a webhook.
    #[error("the address {0}")]
    Address(#[from] Wrong),
    /// The name of a file.
    #[error("is 1 to 64 of letters, digits, '.', '-' and '_', and begins with a letter or digit")]
    FileName,
    /// Not for those who run a shop.
    #[error("file and log targets are for the operator's command")]
    Operator,
}

impl WrongTarget {
    /// Which field of the body.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Address(_) => "target.url",
            Self::FileName => "target.name",
            Self::Operator => "target.kind",
        }
    }
}

/// May a rule of theirs have this target?
///
/// # Errors
/// [`WrongTarget`], with the field.
pub fn check(target: &Target, reach: &Reach, is_operator: bool) -> Result<(), WrongTarget> {
    match target {
        Target::Webhook { url } => Ok(reach.url(url).map(drop)?),
        Target::File { .. } | Target::Log if !is_operator => Err(WrongTarget::Operator),
        Target::File { name } if !is_plain(name) => Err(WrongTarget::FileName),
        Target::File { .. } | Target::Log => Ok(()),
    }
}

/// A name that stays in its folder on every system.
pub(super) fn is_plain(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    begins && name.len() <= 64 && name.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_in_their_folder_and_are_the_operators() {
        let reach = Reach::default();
        let file = |name: &str| Target::File { name: name.into() };
        for bad in ["", "../x", "a/b", "/etc/passwd", ".x", "a b", "a\\b", "é"] {
            let refused = check(&file(bad), &reach, true);
            assert_eq!(refused, Err(WrongTarget::FileName), "{bad}");
        }
        assert_eq!(check(&file("orders.jsonl"), &reach, true), Ok(()));
        for target in [file("orders.jsonl"), Target::Log] {
            let refused = check(&target, &reach, false);
            assert_eq!(refused, Err(WrongTarget::Operator));
        }
    }
}
