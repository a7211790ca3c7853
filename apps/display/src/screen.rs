//! All that is drawn. [`app`] lets in; [`wall`] is the screen: its head, the code or why there is
//! none, and the two columns of tickets.

mod app;
mod before;
mod code_panel;
mod column;
mod enter;
mod fit;
mod head;
mod instead;
mod pointer;
mod preparing;
mod ready_column;
mod shop;
mod sound;
mod wall;

/// Draws the screen.
pub(crate) fn start() {
    presso_ui::host::start(presso_ui::host::App::Display, || {
        presso_ui::attention::prepare_sound();
        leptos::mount::mount_to_body(app::App);
    });
}
