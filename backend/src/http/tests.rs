//! The router, asked without a socket: who may, what is refused and how, sessions and links.

mod actors;
mod devices;
mod document;
mod headers;
mod idempotency;
mod input;
mod keys;
mod limits;
mod listening;
mod overload;
mod pages;
mod push;
mod realtime;
mod roles;
mod sessions;
mod signed_in;
mod slow;
mod staff;
