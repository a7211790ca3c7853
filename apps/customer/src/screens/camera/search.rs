//! Looking, again and again, until a code of ours is found or the camera is gone.

use crate::{actions, phone::Phone, scanner, scanner::Found};
use leptos::{prelude::*, task::spawn_local};
use presso_ui::camera::{self, Camera, Device, NoCamera, Seen, Video};
use presso_ui::{clock, host};
use std::rc::Rc;
use std::time::Duration;

/// Time from look to look: ten a second, less what a look takes.
const EVERY: Duration = Duration::from_millis(100);
/// After this long without a code there is a hint.
const HINT_AFTER: Duration = Duration::from_secs(20);
/// The outline around the found code stands for a moment before the screen changes, so that one
/// sees what was found.
const OUTLINED: Duration = Duration::from_millis(250);
/// A code of somebody else's is spoken of until it was out of sight for so many looks.
const OUT_OF_SIGHT: u32 = 10;

/// What there is to say about the looking.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Look {
    Starting,
    Looking,
    /// A code of ours.
    Found,
    /// Nothing found for a while.
    Long,
    /// A code, but not one of this shop.
    NotOurs,
    None(NoCamera),
}

/// The looking of one screen.
#[derive(Clone, Copy)]
pub(super) struct Search {
    phone: Phone,
    pub(super) look: RwSignal<Look>,
    /// The code in sight.
    pub(super) seen: RwSignal<Option<Seen>>,
    pub(super) devices: RwSignal<Vec<Device>>,
    pub(super) chosen: RwSignal<Option<String>>,
    /// Counts the starts: what an earlier one began stops by itself.
    turn: StoredValue<u32>,
    camera: StoredValue<Option<Rc<Camera>>, LocalStorage>,
    hint: StoredValue<Option<TimeoutHandle>>,
}

impl Search {
    pub(super) fn new(phone: Phone) -> Self {
        Self {
            phone,
            look: RwSignal::new(Look::Starting),
            seen: RwSignal::new(None),
            devices: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            turn: StoredValue::new(0),
            camera: StoredValue::new_local(None),
            hint: StoredValue::new(None),
        }
    }

    /// Starts the camera, the chosen one if there is one, in place of what runs.
    pub(super) fn start(self, video: Video) {
        self.end();
        let turn = self.turn.get_value();
        self.look.set(Look::Starting);
        let chosen = self.chosen.get_untracked();
        spawn_local(async move {
            let started = Camera::start(video, chosen.as_deref()).await;
            if !self.is_still(turn) {
                return; // left before the camera came up: it is dropped, and with that stops
            }
            match started {
                Ok(camera) => {
                    let camera = Rc::new(camera);
                    self.camera.set_value(Some(camera.clone()));
                    self.look.set(Look::Looking);
                    self.hint_later();
                    let devices = camera::devices().await;
                    if self.is_still(turn) {
                        if let Some(device) = camera.device() {
                            self.chosen.set(Some(device));
                        }
                        self.devices.set(devices);
                        self.search(turn, &camera).await;
                    }
                }
                Err(why) => {
                    // The next try takes whichever there is.
                    self.chosen.set(None);
                    self.look.set(Look::None(why));
                }
            }
        });
    }

    /// Stops everything.
    pub(super) fn end(self) {
        self.turn.update_value(|turn| *turn += 1);
        let hint = self.hint.try_update_value(Option::take).flatten();
        if let Some(hint) = hint {
            hint.clear();
        }
        let camera = self.camera.try_update_value(Option::take).flatten();
        if let Some(camera) = camera {
            camera.stop();
        }
        self.seen.try_set(None);
    }

    /// False when the screen was left, or the camera started anew.
    fn is_still(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    async fn search(self, turn: u32, camera: &Camera) {
        let Some(shop) = self.phone.state.with_untracked(|s| s.shop.clone()) else {
            return;
        };
        let own = host::server();
        let mut unseen = 0;
        while self.is_still(turn) {
            let looked = camera.look().await;
            if !self.is_still(turn) {
                return; // left while the scanner was looking
            }
            let seen = match looked {
                Ok(seen) => seen,
                Err(why) => {
                    self.end();
                    return self.look.set(Look::None(why));
                }
            };
            let found = seen
                .as_ref()
                .map(|seen| scanner::meaning(&seen.text, &shop, own.as_deref()));
            unseen = if found.is_some() { 0 } else { unseen + 1 };
            self.show(seen);
            match found {
                Some(Found::NotOurs) => {
                    self.say(Look::NotOurs);
                    self.hint_later();
                }
                Some(ours) => {
                    self.say(Look::Found);
                    clock::wait(OUTLINED).await;
                    if self.is_still(turn) {
                        self.end();
                        actions::follow(self.phone, ours);
                    }
                    return;
                }
                None if unseen == OUT_OF_SIGHT && self.look.get_untracked() == Look::NotOurs => {
                    self.say(Look::Looking);
                }
                None => {}
            }
            clock::wait(EVERY).await;
        }
    }

    /// Says it once: what is said again is read out again.
    fn say(self, look: Look) {
        if self.look.get_untracked() != look {
            self.look.set(look);
        }
    }

    fn show(self, seen: Option<Seen>) {
        if self.seen.with_untracked(|now| *now != seen) {
            self.seen.set(seen);
        }
    }

    /// The hint comes when nothing is found from now on.
    fn hint_later(self) {
        let hint = move || {
            // The screen may be gone by then.
            if self.look.try_get_untracked() == Some(Look::Looking) {
                self.look.set(Look::Long);
            } else if self.look.try_get_untracked() == Some(Look::NotOurs) {
                self.hint_later();
            }
        };
        let next = set_timeout_with_handle(hint, HINT_AFTER).ok();
        let before = self
            .hint
            .try_update_value(|hint| std::mem::replace(hint, next));
        if let Some(Some(before)) = before {
            before.clear();
        }
    }
}
