//! What can go wrong between asking and being answered.

use crate::api::Problem;

/// Why there is no answer to a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The server refused; its code says why.
    #[error("{}", .0.title)]
    Problem(Box<Problem>),
    /// The server could not be reached for a while. Whether a command took effect is not known:
    /// repeat it with the same key ([`crate::client::Client::send_keyed`]).
    #[error("the server cannot be reached")]
    Offline,
    /// The server needs a newer client.
    #[error("this app is too old for the server")]
    UpdateNeeded,
    /// An answer that this build does not understand.
    #[error("an answer that makes no sense: {0}")]
    Malformed(String),
}

impl Error {
    /// Is it worth trying again as it is?
    #[must_use]
    pub fn retry(&self) -> bool {
        match self {
            Self::Problem(problem) => problem.retry(),
            Self::Offline => true,
            Self::UpdateNeeded | Self::Malformed(_) => false,
        }
    }
    /// The problem's code, where the server refused.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Problem(problem) => Some(&problem.code),
            _ => None,
        }
    }
}

/// What a screen shows of it: the server's own problem, or one of the client's.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Problem(problem) => *problem,
            Error::Offline => Self::new(503, "offline", "the server cannot be reached"),
            Error::UpdateNeeded => Self::new(426, "protocol", "this app is too old"),
            Error::Malformed(what) => Self::new(502, "malformed_answer", what),
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        if problem.status == 426 {
            return Self::UpdateNeeded;
        }
        Self::Problem(Box::new(problem))
    }
}
