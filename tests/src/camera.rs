//! A phone's camera, pointed at a screen: a picture of the screen becomes the film that a browser
//! plays as its camera's.
//!
//! What is imitated: distance (the code fills about half of the height), a hand that is not quite
//! straight and not quite still, a lens that is a little soft, a sensor that is a little noisy, and
//! the dark frame and wall around the screen.

mod film;
mod picture;
mod pose;

pub use film::Film;
pub use picture::Picture;
pub use pose::{Aim, Hand};
