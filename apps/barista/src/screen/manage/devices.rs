//! Which devices are in: a display or a tablet is let in by the code that it shows, and put out.

use super::super::app::Scanned;
use super::super::desk::Desk;
use super::{Read, Refused};
use leptos::{ev, prelude::*};
use presso_core::api::{
    ApprovePairing, ApprovePairingBody, DeviceFor, EndShopSession, SessionView, SessionsAnswer,
    ShopSessions, Who,
};
use presso_ui::{Button, ButtonKind, Dialog, Loading, t};

#[derive(Clone, Copy)]
struct Devices {
    desk: Desk,
    list: Read<SessionsAnswer>,
    ending: RwSignal<Option<SessionView>>,
    asking: RwSignal<bool>,
}

impl Devices {
    fn reread(self) {
        let shop = self.desk.shop.get_value();
        self.list.read(ShopSessions { shop });
    }
}

/// Which devices are in.
#[component]
pub(super) fn DevicesTab() -> impl IntoView {
    let devices = Devices {
        desk: Desk::here(),
        list: Read::new(),
        ending: RwSignal::new(None),
        asking: RwSignal::new(false),
    };
    devices.reread();
    let list = move || match devices.list.answer.get() {
        None => view! { <Loading/> }.into_any(),
        Some(answer) => {
            let rows = answer.sessions.into_iter();
            view! { <ul class="rows" data-test="devices">{rows.map(|one| view! { <Device devices=devices one=one/> }).collect_view()}</ul> }
                .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="pair-title">
            <h2 id="pair-title">{t!("manage-pair")}</h2>
            <Pair devices=devices/>
        </section>
        <section class="panel" aria-labelledby="devices-title">
            <div class="panel-head">
                <h2 id="devices-title">{t!("manage-devices-in")}</h2>
                <Button label=t!("manage-reread") kind=ButtonKind::Quiet on_press=move |()| devices.reread() test="reread"/>
            </div>
            <Refused sentence=devices.list.refused/>
            {list}
        </section>
        <EndDialog devices=devices/>
    }
}

#[component]
fn Pair(devices: Devices) -> impl IntoView {
    // Once it stands here, it was looked at.
    let scanned = use_context::<Scanned>().and_then(|Scanned(code)| {
        let taken = code.get_untracked();
        code.set(None);
        taken
    });
    let code = RwSignal::new(scanned.unwrap_or_default());
    let name = RwSignal::new(String::new());
    let refused = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<String>);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        done.set(None);
        let called = name.get_untracked();
        let body = ApprovePairingBody {
            user_code: code.get_untracked(),
            name: (!called.trim().is_empty()).then_some(called),
        };
        let asks = Read::<()> {
            answer: RwSignal::new(None),
            refused,
        };
        let shop = devices.desk.shop.get_value();
        asks.does(ApprovePairing { shop, body }, move |paired| {
            code.set(String::new());
            name.set(String::new());
            done.set(Some(match paired.paired {
                DeviceFor::Display => t!("manage-paired-display"),
                DeviceFor::Barista => t!("manage-paired-tablet"),
            }));
        });
    };
    view! {
        <form class="line-form" on:submit=send>
            <div class="field">
                <label for="pair-code">{t!("manage-pair-code")}</label>
                <input
                    id="pair-code" class="input pair-code" type="text" maxlength="16" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" placeholder="BCDF-GHJK" data-test="pair-code"
                    aria-describedby="pair-refused" aria-invalid=move || refused.get().map(|_| "true")
                    prop:value=move || code.get() on:input=move |event| code.set(event_target_value(&event))
                />
            </div>
            <div class="field grow">
                <label for="pair-name">{t!("manage-pair-name")}</label>
                <input
                    id="pair-name" class="input" type="text" maxlength="40" autocomplete="off" data-test="pair-name"
                    prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <button type="submit" class="button" data-test="pair">{t!("manage-pair-do")}</button>
        </form>
        <p id="pair-refused" class="wrong-text" role="alert">{move || refused.get()}</p>
        <p class="good-text" role="status" data-test="paired">{move || done.get()}</p>
        <p class="soft small">{t!("manage-pair-hint")}</p>
    }
}

#[component]
fn Device(devices: Devices, one: SessionView) -> impl IntoView {
    let kind = kind(&one);
    let name = one.name.clone().unwrap_or_else(|| kind.clone());
    let minutes = devices.desk.now.get_untracked().ms_since(one.used_at) / 60_000;
    let used = if one.current {
        t!("manage-device-this")
    } else {
        // It renews every ten minutes while it is used.
        match minutes {
            ..=10 => t!("manage-device-now"),
            11..=119 => t!("manage-device-minutes", minutes = minutes),
            _ => t!("manage-device-hours", hours = minutes / 60),
        }
    };
    let end = {
        let one = one.clone();
        move |()| {
            devices.ending.set(Some(one.clone()));
            devices.asking.set(true);
        }
    };
    let of_end = t!(
        "manage-of",
        what = t!("manage-device-end"),
        name = name.clone()
    );
    let deeds = (!one.current).then(|| {
        view! { <Button label=t!("manage-device-end") kind=ButtonKind::DangerQuiet name=of_end on_press=end test="end-device"/> }
    });
    let pill = one
        .name
        .is_some()
        .then(|| view! { <span class="pill">{kind}</span>" " });
    view! {
        <li class="row-item" data-device=name.clone()>
            <div class="row-what">
                <span class="row-name">{name.clone()}</span>
                <span class="row-state">{pill}<span class="soft">{used}</span></span>
            </div>
            <div class="row-deeds">{deeds}</div>
        </li>
    }
}

fn kind(one: &SessionView) -> String {
    match &one.who {
        Who::Display { .. } => t!("manage-device-display"),
        _ => t!("manage-device-tablet"),
    }
}

#[component]
fn EndDialog(devices: Devices) -> impl IntoView {
    let title = Signal::derive(move || {
        let one = devices.ending.get();
        let name = one.as_ref().and_then(|one| one.name.clone());
        let name = name.or_else(|| one.as_ref().map(kind));
        t!("manage-device-end-title", name = name.unwrap_or_default())
    });
    let end = move |()| {
        devices.asking.set(false);
        let Some(one) = devices.ending.get_untracked() else {
            return;
        };
        let end = EndShopSession {
            shop: devices.desk.shop.get_value(),
            session: one.session,
        };
        devices.list.does(end, move |_| devices.reread());
    };
    view! {
        <Dialog open=devices.asking title=title dismiss=t!("manage-device-end-no")>
            <p>{t!("manage-device-end-body")}</p>
            <Button label=t!("manage-device-end-yes") kind=ButtonKind::Danger class="wide" on_press=end test="end-device-yes"/>
        </Dialog>
    }
}
