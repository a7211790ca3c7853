//! Starts the customer's app on a desktop.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    presso_customer_app::run();
}
