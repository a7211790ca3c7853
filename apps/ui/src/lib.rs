//! What the three screens share: the host seam, the words, the design system.
//!
//! - [`host`]: `start`, `call(endpoint)`, `watch_board|menu|queue|code|order`, `status`, `now`,
//!   `who`, `ensure_guest`, `redeem`; nothing else talks to the server. And the device: `keep` and
//!   `recall`, `stay_awake`, `badge`.
//! - [`t!`]: every sentence, from `apps/words/locales/*/*.ftl` (each app has its own file there;
//!   the house forbids sentences in code). [`words`] has the ones for problems and reasons.
//! - [`components`]: [`Button`], [`Dialog`], [`Notice`] (empty, refused, ended), [`Countdown`],
//!   [`LiveBadge`], [`OfflineBanner`], [`Toasts`] with `toast`, `toast_problem`, `toast_undo`,
//!   [`Heading`] (takes the focus, names the document), [`Loading`], [`Logo`],
//!   [`DrinkArt`] (drawings by icon name).
//! - [`clock`]: the server's time as a signal, and how spans are written.
//! - [`entry`]: coming in by a single-use link.
//! - [`idle`]: nobody has touched the page for a while.
//! - [`keys`]: single keys as shortcuts.
//! - [`page`]: title, path, `take_fragment`, remembering. [`sole`]: one tab at a time.
//! - [`push`]: alerts while the page is closed. [`keep_page`]: a page that opens without a network.
//! - [`attention`]: sounds, vibration. [`camera`]: a camera or a picture, and the codes in them
//!   (read by the browser itself, or by the worker `apps/scanner`).
//! - `static/theme.css`: tokens (`--paper`, `--ink`, `--brand`, `--ready`, `--warn`, `--danger`,
//!   `--gap-1…7`, `--tap`), layout (`.page`, `.page-bar`, `.page-main`, `.page-foot`, `.stack`,
//!   `.row`, `.grow`), parts (`.button`, `.card`, `.pill`, `.banner`, `.notice`, `.choice`,
//!   `.field`, `.input`, `.sr-only`, `.soft`, `.small`, `.digits`). Link it in `index.html` as
//!   `{{asset:theme.css}}`, an app's own sheet after it; `<html data-theme="dark">` for the TV.
//!
//! No `style="…"` attributes (the page's policy forbids them): classes, or Leptos's `style:name=`.
//! In an `index.html` an element `id="start-failed"` (hidden) is shown when the program cannot start.

pub mod attention;
pub mod camera;
pub mod clock;
pub mod components;
mod decoder;
mod detector;
pub mod entry;
mod first_run;
pub mod host;
pub mod idle;
pub mod keys;
pub mod page;
pub mod push;
pub mod sms;
pub mod sole;
mod update;
mod worker;

pub use components::*;
pub use presso_words as words;
pub use presso_words::t;
pub use worker::keep_page;
