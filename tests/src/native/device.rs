//! One pretended phone, tablet or television, and the native app that runs on it.

use super::{
    bus::Bus,
    processes, program,
    screen::{Key, Screen},
    vcam,
};
use crate::{
    browser::{self, Browser, Driver, PATIENCE, until},
    camera::Picture,
};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    process::Command,
    rc::Rc,
    time::Duration,
};
use tempfile::TempDir;

/// For so long a picture waits for what moves.
const MOVES: Duration = Duration::from_secs(1);

/// A device. Its home, and with it what its app keeps, lasts until it is dropped; its app may be
/// started and killed meanwhile.
pub struct Device {
    /// Whose it is: for messages and file names.
    pub name: String,
    app: &'static str,
    film: Option<PathBuf>,
    driver: RefCell<Option<Rc<Driver>>>,
    window: RefCell<Option<Rc<Browser>>>,
    // In this order: bus and screen end before their folder is removed.
    bus: Bus,
    screen: Screen,
    home: TempDir,
}

impl Device {
    /// A device for one of the apps, with an unlocked keychain.
    ///
    /// # Errors
    /// Says what this machine lacks.
    pub fn new(name: &str, app: &'static str, size: browser::Screen) -> Result<Self, String> {
        Self::with(name, app, size, true)
    }

    /// One on which there is no keychain.
    ///
    /// # Errors
    /// Says what this machine lacks.
    pub fn without_keychain(
        name: &str,
        app: &'static str,
        size: browser::Screen,
    ) -> Result<Self, String> {
        Self::with(name, app, size, false)
    }

    fn with(
        name: &str,
        app: &'static str,
        size: browser::Screen,
        keychain: bool,
    ) -> Result<Self, String> {
        let home = TempDir::new().map_err(|problem| problem.to_string())?;
        for folder in ["data", "config", "cache", "run"] {
            let made = std::fs::create_dir(home.path().join(folder));
            made.map_err(|problem| problem.to_string())?;
        }
        Ok(Self {
            name: name.to_owned(),
            app,
            film: None,
            driver: RefCell::default(),
            window: RefCell::default(),
            bus: Bus::start(home.path(), keychain)?,
            screen: Screen::start(size)?,
            home,
        })
    }

    /// With a camera that sees this film (raw YUYV, 640 × 480).
    #[must_use]
    pub fn seeing(mut self, film: &Path) -> Self {
        self.film = Some(film.to_owned());
        self
    }

    /// Its home.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The notifications that its app shows from now on.
    ///
    /// # Errors
    /// When the bus takes nobody for them.
    pub async fn notifications(&self) -> Result<super::Notifications, String> {
        super::Notifications::listen(&self.bus.address).await
    }

    /// Puts its app's window out of sight, as a person does who goes on to another one.
    ///
    /// # Errors
    /// When the screen has no such window.
    pub fn hides_the_window(&self) -> Result<(), String> {
        self.screen.hides_all()
    }

    /// Waits for a question of the system's own of this title, and answers it at the keyboard:
    /// with a yes, or by waving it away.
    ///
    /// # Panics
    /// When nobody asks.
    pub async fn answers(&self, title: &str, yes: bool) {
        let key = if yes { Key::Return } else { Key::Escape };
        let answered = until(title, PATIENCE, async || self.screen.strikes(title, key)).await;
        answered.unwrap_or_else(|problem| panic!("{}: {problem}", self.name));
    }

    /// Waits until the system itself asks something under this title.
    ///
    /// # Panics
    /// When nobody asks.
    pub async fn is_asked(&self, title: &str) {
        let asked = until(title, PATIENCE, async || {
            let titles = self.screen.titles()?;
            let asked = titles.iter().any(|one| one == title);
            asked.then_some(()).ok_or_else(|| format!("{titles:?}"))
        });
        asked
            .await
            .unwrap_or_else(|problem| panic!("{}: {problem}", self.name));
    }

    /// Waits until its app's window is all there is.
    ///
    /// # Panics
    /// When something is asked all the time.
    pub async fn is_asked_nothing(&self) {
        let alone = until("one window", PATIENCE, async || {
            let titles = self.screen.titles()?;
            (titles.len() == 1)
                .then_some(())
                .ok_or_else(|| format!("{titles:?}"))
        });
        alone
            .await
            .unwrap_or_else(|problem| panic!("{}: {problem}", self.name));
    }

    /// What is on its screen, questions of the system's own too, once it has come to rest.
    ///
    /// # Panics
    /// When the screen does not tell.
    pub async fn picture(&self) -> Picture {
        let take = || {
            let taken = self.screen.picture();
            taken.unwrap_or_else(|problem| panic!("{}: {problem}", self.name))
        };
        let mut last = take();
        let rest = until("it rests", MOVES, async || {
            let before = std::mem::replace(&mut last, take());
            (before == last).then_some(()).ok_or(String::new())
        });
        // What never rests is taken as it is.
        let _ = rest.await;
        last
    }

    /// Starts its app, as a person or a link does, and waits for its window.
    ///
    /// # Panics
    /// When there is no window.
    pub async fn starts(&self, arguments: &[&str]) -> Rc<Browser> {
        self.starts_program(&program(self.app), arguments).await
    }

    /// The same with another program, as an installed one.
    ///
    /// # Panics
    /// When there is no window.
    pub async fn starts_program(&self, program: &Path, arguments: &[&str]) -> Rc<Browser> {
        let window = self.opens(program, arguments).await;
        let window = Rc::new(window.unwrap_or_else(|problem| panic!("{problem}")));
        self.window.replace(Some(Rc::clone(&window)));
        window
    }

    async fn opens(&self, program: &Path, arguments: &[&str]) -> Result<Browser, String> {
        let driver = Driver::for_a_window(&self.environment())?;
        self.driver.replace(Some(Rc::clone(&driver)));
        // Through env, so that the camera's library is loaded by the app and by nothing before it.
        let mut words = Vec::new();
        if let Some(film) = &self.film {
            words.push(format!("LD_PRELOAD={}", vcam::library()?.display()));
            words.push(format!("VCAM_FILM={}", film.display()));
        }
        words.push(program.display().to_string());
        words.extend(arguments.iter().map(|word| (*word).to_owned()));
        Browser::window(&driver, &self.name, Path::new("/usr/bin/env"), &words).await
    }

    /// Opens a link as the system does while its app runs: by a second start, which hands the link
    /// over and ends.
    ///
    /// # Panics
    /// When the second start does not end well.
    pub async fn opens_link(&self, link: &str) {
        let mut second = tokio::process::Command::new(program(self.app));
        let second = second.arg(link).envs(self.environment()).status();
        let ended = tokio::time::timeout(PATIENCE, second).await;
        let ended = ended.unwrap_or_else(|_| panic!("{}: a second app stays open", self.name));
        assert!(ended.expect("it starts").success(), "{}: {link}", self.name);
    }

    /// Its window; none before the app was started, and after it was killed.
    #[must_use]
    pub fn window(&self) -> Option<Rc<Browser>> {
        self.window.borrow().clone()
    }

    /// Kills its app as a system does that runs out of memory, and waits until all of it is gone.
    ///
    /// # Panics
    /// When it does not run.
    pub async fn kills_the_app(&self) {
        let driver = self.driver.take().expect("it was started");
        let running = processes::below(driver.process());
        let app = self.process_below(&driver, "presso-").expect("it runs");
        let process = i32::try_from(app).ok().and_then(Pid::from_raw);
        let killed = kill_process(process.expect("a process's number"), Signal::KILL);
        killed.expect("it is ours");
        let gone = until("the app is gone", PATIENCE, async || {
            let left = processes::below(driver.process());
            let left: Vec<_> = left
                .iter()
                .filter(|(n, _)| running.contains_key(n))
                .collect();
            left.is_empty().then_some(()).ok_or(format!("{left:?}"))
        });
        gone.await
            .unwrap_or_else(|problem| panic!("{}: {problem}", self.name));
        self.window.take();
    }

    /// The number of its app's process.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn app_process(&self) -> u32 {
        let driver = self.driver.borrow();
        let driver = driver.as_ref().expect("it was started");
        self.process_below(driver, "presso-").expect("it runs")
    }

    /// The app's processes, the web view's among them.
    ///
    /// # Panics
    /// When it does not run.
    #[must_use]
    pub fn processes(&self) -> Vec<(u32, String)> {
        let app = self.app_process();
        let mut all: Vec<_> = processes::below(app).into_iter().collect();
        all.push((app, self.app.to_owned()));
        all
    }

    /// How often each of these texts stands in the memory of the web view's processes, and in that
    /// of the app itself.
    ///
    /// # Panics
    /// When the memory cannot be read.
    #[must_use]
    pub fn finds_in_memory(&self, texts: &[&str]) -> (Vec<usize>, Vec<usize>) {
        let mut web = vec![0; texts.len()];
        let app = self.app_process();
        let search = |process| {
            let found = processes::search(process, texts);
            found.unwrap_or_else(|problem| panic!("the memory of {process}: {problem}"))
        };
        let views = processes::below(app);
        assert!(
            views.values().any(|name| name.starts_with("WebKitWeb")),
            "the page has a process of its own: {views:?}"
        );
        for process in views.keys() {
            for (sum, count) in web.iter_mut().zip(search(*process)) {
                *sum += count;
            }
        }
        (web, search(app))
    }

    /// The session that its keychain holds for a server, read as another program would; none when
    /// it holds none.
    ///
    /// # Panics
    /// When the keychain cannot be asked.
    #[must_use]
    pub fn keychain(&self, server: &str) -> Option<String> {
        let service = format!("presso-{}", self.app);
        let asked = Command::new("secret-tool")
            .args(["lookup", "service", &service, "username", server])
            .envs(self.environment())
            .output();
        let answer = asked.expect("`cargo xtask test native` brings secret-tool");
        let text = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// Does its app keep this text on its disk?
    #[must_use]
    pub fn keeps(&self, text: &str) -> bool {
        let folders = std::fs::read_dir(self.home.path().join("data"));
        let folders = folders.into_iter().flatten().flatten();
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.path()));
        let mut files = files.flatten().flatten();
        // What is being replaced is looked at the next time.
        files.any(|file| std::fs::read_to_string(file.path()).is_ok_and(|kept| kept.contains(text)))
    }

    /// How many sessions of its app its keychain holds, of whatever server.
    ///
    /// # Panics
    /// When the keychain cannot be asked.
    #[must_use]
    pub fn keychain_entries(&self) -> usize {
        let service = format!("presso-{}", self.app);
        let asked = Command::new("secret-tool")
            .args(["search", "--all", "service", &service])
            .envs(self.environment())
            .output();
        let answer = asked.expect("`cargo xtask test native` brings secret-tool");
        String::from_utf8_lossy(&answer.stdout)
            .lines()
            .filter(|line| line.starts_with("secret = "))
            .count()
    }

    fn process_below(&self, driver: &Driver, start: &str) -> Option<u32> {
        let below = processes::below(driver.process());
        let mut found = below.iter().filter(|(_, name)| name.starts_with(start));
        found.next().map(|(process, _)| *process)
    }

    fn environment(&self) -> Vec<(String, String)> {
        let home = self.home.path();
        let inside = |folder: &str| home.join(folder).display().to_string();
        [
            ("HOME", home.display().to_string()),
            ("XDG_DATA_HOME", inside("data")),
            ("XDG_CONFIG_HOME", inside("config")),
            ("XDG_CACHE_HOME", inside("cache")),
            ("XDG_RUNTIME_DIR", inside("run")),
            ("DISPLAY", self.screen.display.clone()),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.address.clone()),
            ("LANG", "C.UTF-8".into()),
            ("GDK_BACKEND", "x11".into()),
            ("NO_AT_BRIDGE", "1".into()),
            // Newer WebKits draw nothing on screens without acceleration.
            ("WEBKIT_DISABLE_COMPOSITING_MODE", "1".into()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}
