//! The same in native windows: real apps with their shell, a camera made of a film, a real
//! keychain, the real server behind them.

mod backend_away;
mod killed;
mod kiosk;
mod order;
mod secrets;
