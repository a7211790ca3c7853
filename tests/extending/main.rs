//! Can a stranger add a consumer? The tutorial's own lines are typed and its code is run, beside the
//! real `presso serve`; so are the consumers under `examples/`. A machine that lacks Python or Node
//! skips what needs it.

mod consumer;
mod document;
mod examples;
mod room;
mod shop;
mod tutorial;
