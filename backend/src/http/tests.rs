//! The router, asked without a socket: who may, what is refused and how, sessions and links.

mod actors;
mod delivery;
mod devices;
mod document;
mod erasing;
mod events;
mod halves;
mod headers;
mod idempotency;
mod input;
mod keys;
mod limits;
mod listening;
mod organisers;
mod overload;
mod pages;
mod push;
mod realtime;
mod roles;
mod rules;
mod sessions;
mod signed_in;
mod slow;
mod staff;
mod target;
