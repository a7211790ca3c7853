//! The `presso` command.
mod menu;
