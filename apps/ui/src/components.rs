//! The shared parts of the screens, one a file.
#![expect(
    unreachable_pub,
    reason = "the component macro repeats a component's visibility inside its own module"
)]

mod banner;
mod button;
mod countdown;
mod dialog;
mod drink_art;
mod heading;
mod journey;
mod live_badge;
mod loading;
mod logo;
mod notice;
mod pair;
mod server_line;
mod toast;

pub use banner::OfflineBanner;
pub use button::{Button, ButtonKind};
pub use countdown::Countdown;
pub use dialog::Dialog;
pub use drink_art::DrinkArt;
pub use heading::Heading;
pub use journey::{Followed, JourneyView, follow_journey, state_name};
pub use live_badge::LiveBadge;
pub use loading::Loading;
pub use logo::Logo;
pub use notice::Notice;
pub use pair::Pair;
pub use server_line::ServerLine;
pub use toast::{Toasts, toast, toast_problem, toast_undo};
