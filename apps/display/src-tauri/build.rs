//! Configures and builds the display's app.

#[path = "../../shell/build/app.rs"]
mod app;

fn main() {
    app::build("display");
}
