//! The router, asked without a socket: who may, what is refused and how, sessions and links.

mod actors;
mod document;
mod idempotency;
mod input;
mod pages;
mod push;
mod realtime;
mod roles;
mod sessions;
