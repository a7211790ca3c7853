//! What is served.
mod body;
mod refusal;
