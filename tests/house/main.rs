//! Is the house in order? Each rule of `ARCHITECTURE.md` that a machine can check is a test here.
//!
//! A rule is a function from the tree's files to what breaks it, so that each can also be shown an
//! example that breaks it: a rule that cannot fail is worse than none.

mod arrows;
mod code;
mod documents;
mod migrations;
mod mobile;
mod names;
mod openings;
mod places;
mod planted;
mod purity;
mod reach;
mod sentences;
mod shells;
mod sizes;
mod source;
mod states;
mod workflows;
