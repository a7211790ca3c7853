//! Why there is no picture. Each asks something else of the person, so each is told apart.

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// This machine has no camera, or not the one that was asked for.
    #[error("there is no such camera")]
    NoCamera,
    /// The system or its user does not allow it.
    #[error("using the camera is not allowed")]
    Denied,
    /// Another program has it.
    #[error("another program uses the camera")]
    Busy,
    /// It was there, and was pulled out.
    #[error("the camera was pulled out")]
    PulledOut,
    /// It is there and gives no picture.
    #[error("the camera gives no picture")]
    Silent,
    /// It speaks no format that can be read, or failed otherwise: what it said.
    #[error("the camera cannot be used: {0}")]
    Unusable(String),
    /// No camera for native programs on this system: the page has one.
    #[error("use the page's camera")]
    AskThePage,
}

impl Error {
    /// A name that stays, for who has to find words for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCamera => "no_camera",
            Self::Denied => "denied",
            Self::Busy => "busy",
            Self::PulledOut => "pulled_out",
            Self::Silent => "silent",
            Self::Unusable(_) => "unusable",
            Self::AskThePage => "ask_the_page",
        }
    }
}
