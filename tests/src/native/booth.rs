//! A booth: a server in this process, and native apps on devices around it.

use super::{Device, is_possible, program};
use crate::{
    browser::Screen,
    camera::{Aim, Film, Hand, Picture},
    server::{self, Server},
    stage::{Phone, Tablet, Tv},
};
use presso_core::{api::LinkFor, settings::Settings};
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};
use tempfile::TempDir;

/// A server, and the devices so far.
pub struct Booth {
    /// The server.
    pub server: Server,
    devices: RefCell<Vec<Rc<Device>>>,
    films: TempDir,
}

/// Plays with native windows. On a machine that cannot show any it says so and returns. A picture
/// of each window is left in `target/test/native/`, of failures too.
///
/// # Panics
/// When the play does; when something is missing that `cargo xtask test native` provides.
pub fn play(settings: Settings, act: impl AsyncFnOnce(&Booth)) {
    play_with(program, settings, act);
}

/// No play takes longer, however busy the machine is.
const WHOLE: Duration = Duration::from_secs(180);

/// The same with other programs than those that `cargo xtask app` builds.
///
/// # Panics
/// As [`play`].
pub fn play_with(programs: fn(&str) -> PathBuf, settings: Settings, act: impl AsyncFnOnce(&Booth)) {
    if let Err(lack) = is_possible(programs) {
        return println!("skipped: {lack}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let booth = Booth {
        server: runtime.block_on(Server::start(settings)),
        devices: RefCell::default(),
        films: TempDir::new().expect("the system has a folder for temporary things"),
    };
    server::screens_are_there().unwrap_or_else(|lack| panic!("{lack}"));
    let acted = async {
        let acted = tokio::time::timeout(WHOLE, act(&booth)).await;
        acted.expect("a play has an end: something waits that nobody bounds");
    };
    let played = catch_unwind(AssertUnwindSafe(|| runtime.block_on(acted)));
    if let Err(panic) = played {
        // Evidence is taken from windows that may be in any state: it is a bonus.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(booth.is_photographed("failed"));
        }));
        resume_unwind(panic);
    }
}

impl Booth {
    /// A device, ready to be switched on.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn device(&self, name: &str, app: &'static str, size: Screen) -> Rc<Device> {
        let device = Device::new(name, app, size);
        self.keep(device.unwrap_or_else(|lack| panic!("{name}: {lack}")))
    }

    /// A customer's phone with a camera that sees this film.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn phone_with_camera(&self, name: &str, film: &Path) -> Rc<Device> {
        let device = Device::new(name, "customer", Screen::PHONE);
        let device = device.unwrap_or_else(|lack| panic!("{name}: {lack}"));
        self.keep(device.seeing(film))
    }

    /// A device made otherwise.
    pub fn keep(&self, device: Device) -> Rc<Device> {
        let device = Rc::new(device);
        self.devices.borrow_mut().push(Rc::clone(&device));
        device
    }

    /// The shop's television, let in by a link.
    pub async fn tv(&self) -> (Rc<Device>, Tv) {
        let device = self.device("the display", "display", Screen::TV);
        let link = self.server.link(LinkFor::Display, "").await;
        let tv = Tv(device.starts(&["--windowed", &link]).await);
        tv.shows("[data-test=wall]").await;
        (device, tv)
    }

    /// A barista's tablet, let in by a link.
    pub async fn tablet(&self, name: &str) -> (Rc<Device>, Tablet) {
        let device = self.device(name, "barista", Screen::TABLET);
        let link = self.server.link(LinkFor::Barista, name).await;
        let tablet = Tablet(device.starts(&[&link]).await);
        tablet.shows("[data-test=lane-to-make]").await;
        (device, tablet)
    }

    /// A customer who came by the link that the television's code carries: at the menu.
    pub async fn arrives(&self, name: &str, tv: &Tv) -> (Rc<Device>, Phone) {
        let device = self.device(name, "customer", Screen::PHONE);
        let link = format!("{}#c={}", self.server.front_door(), tv.code().await);
        let phone = Phone(device.starts(&[&link]).await);
        phone.screen("menu").await;
        (device, phone)
    }

    /// What a phone's camera sees when it is pointed at the television's code.
    ///
    /// # Panics
    /// When the film cannot be written.
    pub async fn film(&self, tv: &Tv) -> PathBuf {
        self.film_of(tv, "[data-test=qr]").await
    }

    /// What it sees when it is pointed at the tickets beside it: the same file with other pictures,
    /// which a camera reads when it is opened.
    ///
    /// # Panics
    /// When the film cannot be written.
    pub async fn film_of_nothing(&self, tv: &Tv) -> PathBuf {
        self.film_of(tv, "[data-test=ready]").await
    }

    /// What it sees when it is pointed at a poster whose code says this.
    ///
    /// # Panics
    /// As [`Booth::film`].
    #[must_use]
    pub fn film_of_poster(&self, text: &str) -> PathBuf {
        let poster = Picture::of_code(text, 12);
        let aim = Aim {
            centre: (poster.width as f32 / 2.0, poster.height as f32 / 2.0),
            side: poster.width as f32,
        };
        self.filmed(&poster, aim)
    }

    async fn film_of(&self, tv: &Tv, css: &str) -> PathBuf {
        let [left, top, width, height] = tv.place_of(css).await;
        let devices = self.devices.borrow().clone();
        let shows = |device: &&Rc<Device>| device.window().is_some_and(|it| Rc::ptr_eq(&it, &tv.0));
        let device = devices.iter().find(shows);
        // Its window begins where its screen does: there is nothing around it.
        let picture = device.expect("it is one of ours").picture().await;
        let aim = Aim {
            centre: ((left + width / 2.0) as f32, (top + height / 2.0) as f32),
            side: width.max(height) as f32,
        };
        self.filmed(&picture, aim)
    }

    fn filmed(&self, picture: &Picture, aim: Aim) -> PathBuf {
        let file = self.films.path().join("code.yuyv");
        let written = Film::of(picture, aim, Hand::default()).write_raw(&file);
        written.expect("the film can be written");
        file
    }

    /// Takes a picture of every screen on which an app runs, with whatever lies over its window.
    ///
    /// Of the screen and not by the driver: that waits for the page to be drawn once more, and on a
    /// page on which nothing moves has been seen to wait for ever.
    ///
    /// # Panics
    /// When one cannot be taken.
    pub async fn is_photographed(&self, moment: &str) {
        let devices = self.devices.borrow().clone();
        for device in devices {
            if device.window().is_some() {
                keep(&device, moment, &device.picture().await);
            }
        }
    }
}

fn keep(device: &Device, moment: &str, picture: &Picture) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test/native");
    std::fs::create_dir_all(&folder).expect("cargo's folder can be written to");
    let test = std::thread::current().name().map(str::to_owned);
    let test = test.unwrap_or_default().replace("::", "-");
    let name = device.name.replace(' ', "-");
    let file = folder.join(format!("{test}-{moment}-{name}.png"));
    let png = picture.to_png().expect("a screen fits into a PNG");
    std::fs::write(&file, png).expect("as above");
    println!("{}: {}", device.name, file.display());
}
