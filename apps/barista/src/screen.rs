//! All that is drawn. [`app`] lets in, [`desk`] holds what the screen knows and does, the others
//! are the parts of the screen from top to bottom.

mod alone;
mod app;
mod banners;
mod cancel;
mod card;
mod deeds;
mod desk;
mod door;
mod enter;
mod hands;
mod header;
mod journey;
mod keeping;
mod keys;
mod lane;
mod leave;
mod manage;
mod meter;
mod news;
mod notes;
mod phone_tabs;
mod post;
mod shops;
mod switch;
mod switches;
mod undo_strip;
mod waits;
mod work;

/// Draws the screen.
pub(crate) fn start() {
    presso_ui::host::start(presso_ui::host::App::Barista, || {
        presso_ui::attention::prepare_sound();
        leptos::mount::mount_to_body(app::App);
    });
}
