//! Configures and builds the barista's app.

#[path = "../../shell/build/app.rs"]
mod app;

fn main() {
    app::build("barista");
}
