//! The realtime protocol `presso.1`: its frames, and (sans-IO) the session that survives drops.

pub mod frame;
