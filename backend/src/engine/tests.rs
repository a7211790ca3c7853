//! The engine on one thread, with a clock moved by hand and a real journal in a folder of its own.

mod deadlines;
mod failures;
mod groups;
mod keys;
mod replay;
mod stage;
mod tablets;
