//! A screen that nobody sees, and its keyboard.

use super::Beside;
use crate::{browser, camera::Picture};
use std::process::{Command, Stdio};
use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{
            AtomEnum, ConnectionExt, ImageFormat, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
            MapState, Window,
        },
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

/// Keys of a keyboard, as X names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Return = 0xff0d,
    Escape = 0xff1b,
}

/// The customer's window, which no window manager fits to a phone's screen here.
const WINDOW: (u32, u32) = (430, 880);

/// A screen, with nothing on it but what its device opens.
pub(super) struct Screen {
    /// Its number, as programs find it: `:7`.
    pub(super) display: String,
    _server: Beside,
}

impl Screen {
    /// Takes every window off the screen; their apps run on.
    pub(super) fn hides_all(&self) -> Result<(), String> {
        let line = self.line()?;
        let windows = seen(&line)?;
        for window in &windows {
            let unmapped = line.unmap_window(*window).map_err(told)?;
            unmapped.check().map_err(told)?;
        }
        let there = !windows.is_empty();
        there
            .then_some(())
            .ok_or_else(|| "there is no window".into())
    }

    /// Strikes a key in the window of this title, as somebody at a keyboard does; an error as long
    /// as there is none.
    pub(super) fn strikes(&self, title: &str, key: Key) -> Result<(), String> {
        let line = self.line()?;
        let mut titles = Vec::new();
        for window in seen(&line)? {
            let name = title_of(&line, window)?;
            if name != title {
                titles.push(name);
                continue;
            }
            // Nobody manages windows here: without this the keyboard is nobody's.
            let focus = line.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME);
            focus.map_err(told)?.check().map_err(told)?;
            let code = code_of(&line, key)?;
            for kind in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
                let struck = line.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, 0, 0, 0, 0);
                struck.map_err(told)?.check().map_err(told)?;
            }
            return Ok(());
        }
        Err(format!("the windows are {titles:?}"))
    }

    /// The titles of the windows that can be seen.
    pub(super) fn titles(&self) -> Result<Vec<String>, String> {
        let line = self.line()?;
        let windows = seen(&line)?;
        windows
            .into_iter()
            .map(|window| title_of(&line, window))
            .collect()
    }

    /// What is on it, all windows as they lie.
    pub(super) fn picture(&self) -> Result<Picture, String> {
        let line = self.line()?;
        let root = root(&line);
        let size = line.get_geometry(root).map_err(told)?;
        let size = size.reply().map_err(told)?;
        let (width, height) = (size.width, size.height);
        let all = line.get_image(ImageFormat::Z_PIXMAP, root, 0, 0, width, height, u32::MAX);
        let pixels = all.map_err(told)?.reply().map_err(told)?.data;
        Ok(Picture {
            width: width.into(),
            height: height.into(),
            // Blue, green, red and nothing.
            rgb: pixels
                .chunks_exact(4)
                .flat_map(|p| [p[2], p[1], p[0]])
                .collect(),
        })
    }

    fn line(&self) -> Result<RustConnection, String> {
        let (line, _) = x11rb::connect(Some(&self.display)).map_err(told)?;
        Ok(line)
    }

    /// Of this size, or what the app's window asks for where that is more.
    pub(super) fn start(size: browser::Screen) -> Result<Self, String> {
        let fits = size.width >= WINDOW.0;
        let (width, height) = if fits {
            (size.width, size.height)
        } else {
            WINDOW
        };
        let mut command = Command::new("Xvfb");
        command
            // It looks for a free number and says which.
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stderr(Stdio::null());
        let (server, said) = Beside::telling(&mut command)?;
        let number: u32 = said
            .parse()
            .map_err(|_| "Xvfb opens no screen".to_owned())?;
        Ok(Self {
            display: format!(":{number}"),
            _server: server,
        })
    }
}

/// The windows that can be seen.
fn seen(line: &RustConnection) -> Result<Vec<Window>, String> {
    let tree = line.query_tree(root(line)).map_err(told)?;
    let windows = tree.reply().map_err(told)?.children;
    let mut seen = Vec::new();
    for window in windows {
        let facts = line.get_window_attributes(window).map_err(told)?;
        // One that is gone meanwhile is as good as hidden.
        let Ok(facts) = facts.reply() else { continue };
        if facts.map_state == MapState::VIEWABLE {
            seen.push(window);
        }
    }
    Ok(seen)
}

fn title_of(line: &RustConnection, window: Window) -> Result<String, String> {
    let (name, text) = (AtomEnum::WM_NAME, AtomEnum::ANY);
    let title = line.get_property(false, window, name, text, 0, 64);
    let title = title.map_err(told)?.reply();
    // As above.
    let bytes = title.map(|title| title.value).unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Where a key is on the keyboard.
fn code_of(line: &RustConnection, key: Key) -> Result<u8, String> {
    let (first, last) = (line.setup().min_keycode, line.setup().max_keycode);
    let all = line.get_keyboard_mapping(first, last - first + 1);
    let all = all.map_err(told)?.reply().map_err(told)?;
    let mut rows = all
        .keysyms
        .chunks(usize::from(all.keysyms_per_keycode).max(1));
    let row = rows.position(|row| row.contains(&(key as u32)));
    let row = row.ok_or_else(|| format!("there is no {key:?} on this keyboard"))?;
    u8::try_from(row)
        .map(|row| first + row)
        .map_err(|_| "a keyboard has 255 keys at most".into())
}

fn root(line: &RustConnection) -> Window {
    line.setup().roots[0].root
}

fn told(problem: impl std::fmt::Display) -> String {
    problem.to_string()
}
