//! Starts the customer's page.

fn main() {
    presso_ui::host::start(presso_ui::host::App::Customer, || {
        presso_ui::attention::prepare_sound();
        leptos::mount::mount_to_body(presso_customer::App);
    });
}
