//! Configures and builds the customer's app.

#[path = "../../shell/build/app.rs"]
mod app;

fn main() {
    app::build("customer");
}
