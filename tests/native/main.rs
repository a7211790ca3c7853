//! The same in native windows: real apps with their shell, a camera made of a film, a real
//! keychain, the real server behind them.

mod alert;
mod backend_away;
mod bundle;
mod enclosed;
mod first_run;
mod killed;
mod kiosk;
mod leaving;
mod offline;
mod order;
mod revive;
mod seam;
mod secrets;
