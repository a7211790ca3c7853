//! The contract of the host seam, in native windows.

use presso_tests::{
    both_hosts,
    browser::{Browser, Screen},
    native::{Booth, Device, play},
    seam::Host,
    server::{Server, settings},
};
use std::rc::Rc;

struct InWindow<'a>(&'a Booth);

impl Host for InWindow<'_> {
    type Seat = (Rc<Device>, Rc<Browser>);
    fn server(&self) -> &Server {
        &self.0.server
    }
    async fn opens(&self, name: &str, app: &'static str, size: Screen, link: &str) -> Self::Seat {
        let device = self.0.device(name, app, size);
        let window = device.starts(&[link]).await;
        (device, window)
    }
    async fn follows(&self, (device, _): &Self::Seat, link: &str) {
        device.opens_link(link).await;
    }
    async fn begins_anew(&self, (device, window): &mut Self::Seat) {
        device.kills_the_app().await;
        *window = device.starts(&[]).await;
    }
    fn page((_, window): &Self::Seat) -> &Rc<Browser> {
        window
    }
}

fn in_window(case: impl AsyncFnOnce(&InWindow<'_>)) {
    play(settings(), async |booth| case(&InWindow(booth)).await);
}

both_hosts!(in_window);
