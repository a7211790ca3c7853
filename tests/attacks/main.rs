//! Does nobody get in where they do not belong? Each test is an attack on a real server of its own,
//! on this machine: what it is answered, and that the journal is as it was.

mod caddy;
mod cast;
mod codes;
mod events;
mod floods;
mod headers;
mod matrix;
mod oddities;
mod passcodes;
mod pins;
mod sessions;
mod shared;
mod tokens;
mod topics;
mod webhooks;
