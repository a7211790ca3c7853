//! A screen without a session shows a code, and is let in once whoever runs the shop has typed it
//! (RFC 8628). Nobody stands at its keyboard: it asks by itself, and begins anew when time is up.

use crate::{host, page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{BeginPairing, DeviceFor, PairingAnswer};
use presso_core::qr;
use presso_words::t;
use std::time::Duration;

/// How long to wait where the server cannot be reached, or lets nobody begin.
const AGAIN: Duration = Duration::from_secs(5);

/// What is shown, and whether anybody still looks.
#[derive(Clone, Copy)]
struct Pairing {
    wants: DeviceFor,
    shown: RwSignal<Option<PairingAnswer>>,
    here: StoredValue<bool>,
}

/// The code.
#[component]
pub fn Pair(
    /// As what it wants to be let in.
    wants: DeviceFor,
) -> impl IntoView {
    let pairing = Pairing {
        wants,
        shown: RwSignal::new(None),
        here: StoredValue::new(true),
    };
    on_cleanup(move || pairing.here.set_value(false));
    pairing.begin();
    move || {
        let code = pairing.shown.get()?.user_code;
        // The manager's phone opens the devices with the code filled in; who has no session there
        // sees a page that lets nobody in.
        let link = format!("{}/barista#p={code}", page::origin());
        let picture = qr::svg_path(&link).ok().map(|(path, side)| {
            view! {
                <svg class="pair-qr" role="img" aria-label=t!("pair-qr") viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
                    <rect width="100%" height="100%" fill="#fff"/>
                    <path d=path fill="#000"/>
                </svg>
            }
        });
        Some(view! {
            <p class="pair-how">{t!("pair-how")}</p>
            <p class="pair-code" dir="ltr" data-test="pair-code">{code}</p>
            {picture}
            <p class="notice-text">{t!("pair-or")}</p>
        })
    }
}

impl Pairing {
    fn begin(self) {
        spawn_local(async move {
            let begun = host::call(BeginPairing { wants: self.wants });
            match begun.await {
                Ok(begun) if self.is_here() => {
                    let every = Duration::from_secs(begun.interval_s.into());
                    self.shown.set(Some(begun.clone()));
                    self.ask_after(every, begun.device_code);
                }
                Ok(_) => {}
                Err(_) => self.later(AGAIN, Self::begin),
            }
        });
    }
    fn ask_after(self, every: Duration, device_code: String) {
        self.later(every, move |pairing| {
            spawn_local(async move {
                match host::pair(device_code.clone()).await {
                    // Who is signed in changes, and this is gone.
                    Ok(_) => {}
                    Err(problem) if problem.code == "expired_token" && pairing.is_here() => {
                        pairing.begin();
                    }
                    Err(_) => pairing.ask_after(every, device_code),
                }
            });
        });
    }
    fn later(self, wait: Duration, does: impl FnOnce(Self) + 'static) {
        set_timeout(
            move || {
                if self.is_here() {
                    does(self);
                }
            },
            wait,
        );
    }
    /// What has left the page has no value any more.
    fn is_here(self) -> bool {
        self.here.try_get_value().unwrap_or(false)
    }
}
