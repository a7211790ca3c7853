//! A journey's stage: a server, and people in front of real screens. What they look at is checked
//! for accessibility, and nothing may stand in a console at the end.

mod phone;
mod tablet;
mod tv;

pub use phone::Phone;
pub use tablet::Tablet;
pub use tv::Tv;

use crate::{
    axe::{self, Contrast},
    browser::{Browser, Driver, Eye, Screen},
    camera::{Aim, Film, Hand, Picture},
    line::Line,
    server::{self, Server},
};
use presso_backend::app::AppConfig;
use presso_core::{api::LinkFor, settings::Settings};
use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    rc::Rc,
};
use tempfile::TempDir;

/// A server, and the browsers opened so far.
pub struct Stage {
    /// The server.
    pub server: Server,
    driver: Rc<Driver>,
    browsers: RefCell<Vec<Rc<Browser>>>,
    films: TempDir,
    filmed: Cell<u32>,
}

/// Plays a journey on a stage of its own. On a machine without Chromium it says so and returns.
/// When it fails, a picture of each screen is left in `target/test/journeys/`.
///
/// # Panics
/// When the journey does; when something is missing that `cargo xtask test journeys` provides; when
/// a page's console complained.
pub fn play(settings: Settings, act: impl AsyncFnOnce(&Stage)) {
    play_with(settings, |_| (), act);
}

/// The same, before a server that is not as usual.
///
/// # Panics
/// As [`play`].
pub fn play_with(
    settings: Settings,
    unusual: impl Fn(&mut AppConfig) + 'static,
    act: impl AsyncFnOnce(&Stage),
) {
    let driver = match Driver::start() {
        Ok(driver) => driver,
        Err(lack) => return println!("skipped: {lack}"),
    };
    server::screens_are_there().unwrap_or_else(|lack| panic!("{lack}"));
    axe::program().unwrap_or_else(|lack| panic!("{lack}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let stage = runtime.block_on(Stage::set_up(driver, settings, unusual));
    let played = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            act(&stage).await;
            stage.is_calm().await;
        });
    }));
    if let Err(panic) = played {
        // Evidence is taken from browsers that may be in any state: it is a bonus.
        let _ = catch_unwind(AssertUnwindSafe(|| runtime.block_on(stage.take_evidence())));
        resume_unwind(panic);
    }
}

impl Stage {
    async fn set_up(
        driver: Rc<Driver>,
        settings: Settings,
        unusual: impl Fn(&mut AppConfig) + 'static,
    ) -> Self {
        Self {
            server: Server::start_with(settings, unusual).await,
            driver,
            browsers: RefCell::default(),
            films: TempDir::new().expect("the system has a folder for temporary things"),
            filmed: Cell::new(0),
        }
    }

    /// The shop's television, let in by a link.
    pub async fn tv(&self) -> Tv {
        let tv = self.open("the display", Screen::TV, Eye::None).await;
        tv.goto(&self.server.link(LinkFor::Display, "").await).await;
        tv.shows("[data-test=wall]").await;
        Tv(tv)
    }

    /// A barista's tablet, let in by a link.
    pub async fn tablet(&self, name: &str) -> Tablet {
        let tablet = self.open(name, Screen::TABLET, Eye::None).await;
        tablet
            .goto(&self.server.link(LinkFor::Barista, name).await)
            .await;
        tablet.shows("[data-test=lane-to-make]").await;
        Tablet(tablet)
    }

    /// The same by a line of its own, which can be cut.
    pub async fn tablet_by(&self, line: &Line, name: &str) -> Tablet {
        let tablet = self.open(name, Screen::TABLET, Eye::None).await;
        let link = self.server.link(LinkFor::Barista, name).await;
        tablet.goto(&line.by(&link)).await;
        tablet.shows("[data-test=lane-to-make]").await;
        Tablet(tablet)
    }

    /// A customer's phone, which has the shop's page open.
    pub async fn phone(&self, name: &str, eye: Eye) -> Phone {
        let phone = self.open(name, Screen::PHONE, eye).await;
        phone.goto(&self.server.front_door()).await;
        Phone(phone)
    }

    /// A customer who came by the link that the television's code carries, as a phone's own camera
    /// app opens it: at the menu.
    pub async fn arrives(&self, name: &str, tv: &Tv) -> Phone {
        let link = format!("{}#c={}", self.server.front_door(), tv.code().await);
        let phone = self.open(name, Screen::PHONE, Eye::None).await;
        phone.goto(&link).await;
        let phone = Phone(phone);
        phone.screen("menu").await;
        phone
    }

    /// A browser with an empty tab.
    pub async fn open(&self, name: &str, screen: Screen, eye: Eye) -> Rc<Browser> {
        let browser = Rc::new(Browser::open(&self.driver, name, screen, eye).await);
        self.browsers.borrow_mut().push(Rc::clone(&browser));
        browser
    }

    /// What a phone's camera sees when it is pointed at the television's code.
    pub async fn film(&self, tv: &Tv) -> Eye {
        self.film_at(tv, tv.place_of("[data-test=qr]").await).await
    }

    /// What it sees when it is pointed at the tickets beside it.
    pub async fn film_of_nothing(&self, tv: &Tv) -> Eye {
        self.film_at(tv, tv.place_of("[data-test=ready]").await)
            .await
    }

    /// What it sees when it is pointed at a poster whose code says this.
    pub fn film_of_poster(&self, text: &str) -> Eye {
        let poster = Picture::of_code(text, 12);
        let aim = Aim {
            centre: (poster.width as f32 / 2.0, poster.height as f32 / 2.0),
            side: poster.width as f32,
        };
        self.filmed_as(&poster, aim)
    }

    /// A file of this name that holds this, as long as the stage stands.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.films.path().join(name);
        std::fs::write(&file, bytes).expect("the file can be written");
        file
    }

    async fn film_at(&self, tv: &Tv, [left, top, width, height]: [f64; 4]) -> Eye {
        let picture = Picture::from_png(&tv.picture().await);
        let aim = Aim {
            centre: ((left + width / 2.0) as f32, (top + height / 2.0) as f32),
            side: width.max(height) as f32,
        };
        self.filmed_as(&picture, aim)
    }

    fn filmed_as(&self, picture: &Picture, aim: Aim) -> Eye {
        self.filmed.set(self.filmed.get() + 1);
        let file = self.films.path().join(format!("{}.y4m", self.filmed.get()));
        let written = Film::of(picture, aim, Hand::default()).write(&file);
        written.expect("the film can be written");
        Eye::Film(file)
    }

    /// Checks a screen that is nobody's in particular.
    pub async fn checked(&self, page: &Browser, what: &str) {
        is_accessible(page, what, Contrast::Double).await;
    }

    /// The server dies, and the pages may say that they cannot reach it.
    pub async fn server_goes_away(&self) {
        for browser in self.browsers.borrow().iter() {
            browser.expects_a_dead_server();
        }
        self.server.goes_away().await;
    }

    async fn is_calm(&self) {
        let browsers = self.browsers.borrow().clone();
        let mut all = Vec::new();
        for browser in browsers {
            let complaints = browser.complaints().await.into_iter();
            all.extend(complaints.map(|line| format!("{}: {line}", browser.name)));
        }
        assert!(all.is_empty(), "the consoles say:\n{}", all.join("\n"));
    }

    async fn take_evidence(&self) {
        let folder = evidence();
        let test = std::thread::current().name().map(str::to_owned);
        let test = test.unwrap_or_default().replace("::", "-");
        let browsers = self.browsers.borrow().clone();
        for browser in browsers {
            let file = folder.join(format!("{test}-{}.png", browser.name.replace(' ', "-")));
            let picture = browser.picture().await;
            match std::fs::write(&file, picture) {
                Ok(()) => println!("{} saw {}", browser.name, file.display()),
                Err(problem) => println!("no picture of {}: {problem}", browser.name),
            }
            for line in browser.complaints().await {
                println!("{}: {line}", browser.name);
            }
        }
    }
}

fn evidence() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/test/journeys");
    // What cannot be made shows when a picture cannot be written.
    let _ = std::fs::create_dir_all(&folder);
    folder
}

/// Fails when a screen has something that keeps people out.
///
/// # Panics
/// With every violation: its rule, its place, what mends it.
pub async fn is_accessible(page: &Browser, what: &str, contrast: Contrast) {
    let violations = axe::violations(page, contrast).await;
    assert!(
        violations.is_empty(),
        "{}, {what}: {} accessibility violations:\n{}",
        page.name,
        violations.len(),
        violations.join("\n")
    );
}
