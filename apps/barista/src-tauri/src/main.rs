//! Starts the barista's app on a desktop.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    presso_barista_app::run();
}
