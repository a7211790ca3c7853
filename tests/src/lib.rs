//! What the tests of the whole product share: browsers, their camera, the accessibility checker.
//!
//! - [`browser`]: real Chromium by WebDriver, asked for facts with a deadline, never with a sleep.
//! - [`camera`]: a picture of a screen becomes what a phone's camera sees of it.
//! - [`axe`]: the accessibility checker, injected into pages.
//! - [`checker`]: whether what happened keeps the eight invariants, whoever drove it.
//! - [`server`]: the real backend in this process, with a demo shop and a clock one can push on.
//! - [`line`]: a line between one device and the server, to be cut.
//! - [`native`]: the native apps on pretended devices, with a screen, a keychain and a camera.
//! - [`passcodes`]: a gateway for SMS and a mail server, where one-time codes arrive.
//! - [`push`]: a push service, and a browser's keys to read what is left there.
//! - [`raw`]: requests as no well-behaved app would send them.
//! - [`seam`]: what holds on both sides of the host seam, as cases for both.
//! - [`people`]: those who need no browser, by the API; [`stage`]: those who look at a screen.

pub mod axe;
pub mod browser;
pub mod camera;
pub mod checker;
pub mod line;
pub mod native;
pub mod passcodes;
pub mod people;
pub mod pins;
pub mod push;
pub mod raw;
pub mod seam;
pub mod server;
pub mod stage;
