//! The contract of the host seam, in a browser.

use presso_tests::{
    both_hosts,
    browser::{Browser, Eye, Screen},
    seam::Host,
    server::{Server, settings},
    stage::{Stage, play},
};
use std::rc::Rc;

struct InBrowser<'a>(&'a Stage);

impl Host for InBrowser<'_> {
    type Seat = Rc<Browser>;
    fn server(&self) -> &Server {
        &self.0.server
    }
    async fn opens(&self, name: &str, _: &'static str, size: Screen, link: &str) -> Rc<Browser> {
        let page = self.0.open(name, size, Eye::None).await;
        page.goto(link).await;
        page
    }
    async fn follows(&self, page: &Rc<Browser>, link: &str) {
        page.goto(link).await;
    }
    async fn begins_anew(&self, page: &mut Rc<Browser>) {
        page.reload().await;
    }
    fn page(page: &Rc<Browser>) -> &Rc<Browser> {
        page
    }
}

fn in_browser(case: impl AsyncFnOnce(&InBrowser<'_>)) {
    play(settings(), async |stage| case(&InBrowser(stage)).await);
}

both_hosts!(in_browser);
