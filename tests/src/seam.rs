//! The contract of the host seam: what a screen may rely on, wherever it runs. Each case is played
//! by the same words in a browser (`tests/journeys/seam.rs`) and in native windows
//! (`tests/native/seam.rs`); [`crate::both_hosts!`] lists them, so that neither leaves one out.

mod interpreter;

use crate::{
    browser::{Browser, Screen},
    server::Server,
    stage::Phone,
};
use interpreter::Interpreter;
use presso_core::api::{LinkFor, PROTOCOL};
use std::rc::Rc;

/// Where the apps run.
#[expect(async_fn_in_trait, reason = "one thread plays everything")]
pub trait Host {
    /// Whoever sits before an app, and what it runs on.
    type Seat;
    /// The server.
    fn server(&self) -> &Server;
    /// An app is opened by a link, on a device of its own.
    async fn opens(&self, name: &str, app: &'static str, size: Screen, link: &str) -> Self::Seat;
    /// A link is opened where the app is open already.
    async fn follows(&self, seat: &Self::Seat, link: &str);
    /// The app begins anew, as after a crash: a page is loaded again, a window's process killed.
    async fn begins_anew(&self, seat: &mut Self::Seat);
    /// What is seen.
    fn page(seat: &Self::Seat) -> &Rc<Browser>;
}

/// Makes a test of each case; `$play` runs one on a host.
#[macro_export]
macro_rules! both_hosts {
    ($play:path) => {
        $crate::both_hosts! { $play;
            a_refusal_is_told_in_its_own_words,
            what_changes_is_seen_without_asking,
            what_may_not_be_watched_is_said,
            a_link_lets_in_once_and_the_session_outlives_the_app,
            a_link_is_followed_where_the_app_is_open_already,
            an_app_that_begins_anew_is_where_it_was,
            an_app_that_is_too_old_says_so,
            an_app_whose_server_is_too_old_says_so,
        }
    };
    ($play:path; $($case:ident),+ $(,)?) => {$(
        #[test]
        fn $case() {
            $play(async |host| $crate::seam::$case(host).await);
        }
    )+};
}

async fn phone<H: Host>(host: &H, link: &str) -> (H::Seat, Phone) {
    let seat = host.opens("Ada", "customer", Screen::PHONE, link).await;
    let phone = Phone::of(Rc::clone(H::page(&seat)));
    (seat, phone)
}

/// `call`: the server's problem comes through with its code.
pub async fn a_refusal_is_told_in_its_own_words<H: Host>(host: &H) {
    let (_seat, ada) = phone(host, &host.server().front_door()).await;
    ada.types_code("ABCDEFGH23").await;
    ada.shows("[data-screen=refused]").await;
    ada.sees("code").await;
}

/// `watch`: a first view, and then news.
pub async fn what_changes_is_seen_without_asking<H: Host>(host: &H) {
    let (_seat, ada) = phone(host, &host.server().front_door()).await;
    ada.live(true).await;
    ada.sees("Scan the code").await;
    host.server().closes().await;
    ada.shows(".notice.closed").await;
}

/// `watch`: a refusal is news, too.
pub async fn what_may_not_be_watched_is_said<H: Host>(host: &H) {
    let elsewhere = format!("{}/s/nowhere", host.server().address);
    let (_seat, ada) = phone(host, &elsewhere).await;
    ada.screen("no-shop").await;
}

/// `redeem`, `who`: and a second use of the link is refused.
pub async fn a_link_lets_in_once_and_the_session_outlives_the_app<H: Host>(host: &H) {
    let link = host.server().link(LinkFor::Barista, "Bo").await;
    let size = Screen::TABLET;
    let mut first = host.opens("Bo", "barista", size, &link).await;
    H::page(&first).shows("[data-test=lane-to-make]").await;
    host.begins_anew(&mut first).await;
    H::page(&first).shows("[data-test=lane-to-make]").await;
    let second = host.opens("Cy", "barista", size, &link).await;
    H::page(&second).sees("This link has been used").await;
}

/// `ensure_guest`, and links that come while the app is open.
pub async fn a_link_is_followed_where_the_app_is_open_already<H: Host>(host: &H) {
    let (seat, ada) = phone(host, &host.server().front_door()).await;
    ada.screen("door").await;
    let code = host.server().operator().code().await;
    let link = format!("{}#c={code}", host.server().front_door());
    host.follows(&seat, &link).await;
    ada.screen("menu").await;
    let address = ada.address().await;
    assert!(
        !address.contains(code.as_str()),
        "the code is off the address: {address}"
    );
}

/// `remember`, `remembered`: the order that is followed, what was chosen, the name.
pub async fn an_app_that_begins_anew_is_where_it_was<H: Host>(host: &H) {
    let code = host.server().operator().code().await;
    let link = format!("{}#c={code}", host.server().front_door());
    let (mut seat, ada) = phone(host, &link).await;
    ada.screen("menu").await;
    ada.picks("Latte", &["Oat milk"]).await;
    host.begins_anew(&mut seat).await;
    let ada = Phone::of(Rc::clone(H::page(&seat)));
    ada.screen("review").await;
    ada.sees("Oat milk").await;
    let ticket = ada.places("Ada").await;
    host.begins_anew(&mut seat).await;
    let ada = Phone::of(Rc::clone(H::page(&seat)));
    ada.screen("waiting").await;
    assert_eq!(ada.ticket().await, ticket);
}

/// `behind`: the server speaks a newer protocol.
pub async fn an_app_that_is_too_old_says_so<H: Host>(host: &H) {
    another_protocol(host, PROTOCOL + 1, "app").await;
}

/// `behind`: the server speaks an older protocol.
pub async fn an_app_whose_server_is_too_old_says_so<H: Host>(host: &H) {
    another_protocol(host, PROTOCOL - 1, "server").await;
}

async fn another_protocol<H: Host>(host: &H, protocol: u32, behind: &str) {
    let server = host.server();
    let interpreter = Interpreter::between(&server.address, protocol).await;
    let link = server
        .front_door()
        .replace(&server.address, &interpreter.address);
    let (mut seat, ada) = phone(host, &link).await;
    let update = format!("[data-test=update][data-behind={behind}]");
    ada.shows(&update).await;
    // Once it was updated, beginning anew is all it takes.
    interpreter.is_not_needed_any_more();
    host.begins_anew(&mut seat).await;
    let ada = Phone::of(Rc::clone(H::page(&seat)));
    ada.screen("door").await;
    ada.live(true).await;
}
