//! How a browser is started: its screen, its camera, and no calls home.

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What a page is looked at with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Fingers, no mouse.
    pub touch: bool,
}

impl Screen {
    /// A phone, upright.
    pub const PHONE: Self = Self::of(390, 844, true);
    /// A tablet, lying.
    pub const TABLET: Self = Self::of(1180, 820, true);
    /// A television.
    pub const TV: Self = Self::of(1920, 1080, false);

    const fn of(width: u32, height: u32, touch: bool) -> Self {
        Self {
            width,
            height,
            touch,
        }
    }

    pub(super) fn metrics(self) -> Value {
        json!({
            "width": self.width, "height": self.height, "deviceScaleFactor": 1,
            "mobile": self.touch,
        })
    }
}

/// What a page's camera sees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Eye {
    /// There is no camera.
    #[default]
    None,
    /// There is one, and the person lets the page use it: this film (`.y4m`), over and over.
    Film(PathBuf),
    /// There are two, neither of which sees a code.
    Two,
    /// There is one, and the person refuses.
    Refused,
}

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--force-prefers-reduced-motion",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
    "--lang=en-US",
];

pub(super) fn capabilities(profile: &Path, screen: Screen, eye: &Eye) -> Capabilities {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={},{}", screen.width, screen.height));
    let camera = "--use-fake-device-for-media-stream";
    let allow = "--use-fake-ui-for-media-stream".to_owned();
    match eye {
        Eye::None => {}
        // Without the flag that answers for the person, a headless browser refuses.
        Eye::Refused => flags.push(camera.into()),
        // Chromium plays a film as one camera; two show its own moving picture.
        Eye::Two => flags.extend([format!("{camera}=device-count=2"), allow]),
        Eye::Film(film) => {
            let played = format!("--use-file-for-fake-video-capture={}", film.display());
            flags.extend([camera.into(), allow, played]);
        }
    }
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "args": flags },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        "unhandledPromptBehavior": "ignore",
    });
    match wanted {
        Value::Object(capabilities) => capabilities,
        _ => unreachable!("written as an object above"),
    }
}

/// A native app, started with these arguments.
pub(super) fn window(program: &Path, arguments: &[String]) -> Capabilities {
    let wanted = json!({
        "webkitgtk:browserOptions": { "binary": program, "args": arguments },
        "timeouts": { "script": 60_000, "pageLoad": 60_000 },
    });
    match wanted {
        Value::Object(capabilities) => capabilities,
        _ => unreachable!("written as an object above"),
    }
}
