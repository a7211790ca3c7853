//! How the shop works: every setting with its unit and range; what the server refuses is said at
//! its field.

use super::super::desk::Desk;
use super::new_tickets::NewTickets;
use super::{Read, Refused};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use presso_barista::setting::{FIELDS, Field, Unit, text, with};
use presso_core::api::{GetSettings, PutSettings};
use presso_core::settings::Settings;
use presso_ui::{Loading, host, page, t, toast, words};
use std::collections::BTreeMap;

/// The form while it is filled in.
#[derive(Clone, Copy)]
struct Form {
    /// As the server has them.
    base: StoredValue<Settings>,
    /// What was typed, by the field's key.
    typed: RwSignal<BTreeMap<&'static str, String>>,
    /// What cannot be, by the field's key, and why.
    wrong: RwSignal<Option<(String, String)>>,
    busy: RwSignal<bool>,
}

/// How the shop works.
#[component]
pub(super) fn ShopTab() -> impl IntoView {
    let desk = Desk::here();
    let settings = Read::new();
    let shop = desk.shop.get_value();
    settings.read(GetSettings { shop });
    let form = move || match settings.answer.get() {
        None => view! { <Loading/> }.into_any(),
        Some(settings) => view! { <SettingsForm settings=settings/> }.into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="settings-title">
            <h2 id="settings-title">{t!("manage-settings")}</h2>
            <Refused sentence=settings.refused/>
            {form}
        </section>
        <NewTickets/>
    }
}

#[component]
fn SettingsForm(settings: Settings) -> impl IntoView {
    let desk = Desk::here();
    let keys = ["name", "languages", "sign_in"].into_iter();
    let keys = keys.chain(FIELDS.iter().map(|field| field.key));
    let typed = keys.map(|key| (key, text(&settings, key))).collect();
    let form = Form {
        base: StoredValue::new(settings),
        typed: RwSignal::new(typed),
        wrong: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save(desk, form);
    };
    // What names no field of the form.
    let general = move || {
        let wrong = form.wrong.get();
        wrong.filter(|(key, _)| !form.typed.with(|typed| typed.contains_key(key.as_str())))
    };
    let number = |field: &'static Field| {
        let Field { low, high, .. } = *field;
        let hint = match field.key {
            "orders_per_customer_per_day" => t!("manage-setting-range-day", high = high),
            _ => t!("manage-setting-range", low = low, high = high),
        };
        view! { <One form=form key=field.key label=label(field.key) unit=unit(field.unit) hint=hint numeric=true/> }
    };
    view! {
        <form class="settings" on:submit=send>
            <One form=form key="name" label=t!("manage-setting-name") unit=String::new() hint=t!("manage-setting-name-hint") numeric=false/>
            <One form=form key="languages" label=t!("manage-setting-languages") unit=String::new() hint=t!("manage-setting-languages-hint") numeric=false/>
            <WhoOrders form=form/>
            {FIELDS.iter().map(number).collect_view()}
            <div class="settings-end">
                {move || general().map(|(_, why)| view! { <p class="refused" role="alert">{why}</p> })}
                <button
                    type="submit" class="button" data-test="save-settings"
                    aria-busy=move || form.busy.get().then_some("true")
                >
                    {t!("manage-save")}
                </button>
            </div>
        </form>
    }
}

/// May guests order, or only who has signed in?
#[component]
fn WhoOrders(form: Form) -> impl IntoView {
    let is = move |value: &'static str| {
        move || {
            form.typed
                .with(|typed| typed.get("sign_in").is_some_and(|typed| typed == value))
        }
    };
    let choose = move |event: ev::Event| {
        let value = event_target_value(&event);
        form.typed.update(|typed| {
            typed.insert("sign_in", value);
        });
    };
    let wrong = move || form.wrong.get().filter(|(at, _)| at == "sign_in");
    view! {
        <div class="field setting">
            <label for="setting-sign_in">{t!("manage-setting-sign-in")}</label>
            <select id="setting-sign_in" class="input" data-test="setting-sign_in" on:change=choose>
                <option value="guest" prop:selected=is("guest")>{t!("manage-setting-sign-in-guest")}</option>
                <option value="verified" prop:selected=is("verified")>{t!("manage-setting-sign-in-verified")}</option>
            </select>
            {move || wrong().map(|(_, why)| view! { <p class="small wrong-text">{why}</p> })}
        </div>
    }
}

#[component]
fn One(
    form: Form,
    key: &'static str,
    label: String,
    unit: String,
    hint: String,
    numeric: bool,
) -> impl IntoView {
    let wrong = Memo::new(move |_| {
        form.wrong.with(|wrong| {
            wrong
                .as_ref()
                .filter(|(at, _)| at == key)
                .map(|w| w.1.clone())
        })
    });
    let value = move || {
        form.typed
            .with(|typed| typed.get(key).cloned().unwrap_or_default())
    };
    let type_in = move |event: ev::Event| {
        let text = event_target_value(&event);
        form.typed.update(|typed| {
            typed.insert(key, text);
        });
    };
    let (id, hint_id) = (format!("setting-{key}"), format!("setting-{key}-hint"));
    view! {
        <div class="field setting">
            <label for=id.clone()>{label}</label>
            <div class="with-unit">
                <input
                    id=id class="input" type="text" inputmode=numeric.then_some("numeric") autocomplete="off" data-test=format!("setting-{key}")
                    aria-describedby=hint_id.clone() aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=value on:input=type_in
                />
                <span class="unit soft">{unit}</span>
            </div>
            <p id=hint_id class="small" class:soft=move || wrong.with(Option::is_none) class:wrong-text=move || wrong.with(Option::is_some)>
                {move || wrong.get().map_or_else(|| hint.clone(), |why| format!("{why} {hint}"))}
            </p>
        </div>
    }
}

fn save(desk: Desk, form: Form) {
    if form.busy.get_untracked() {
        return;
    }
    let typed = form.typed.get_untracked();
    let settings = match form.base.with_value(|base| with(base, typed)) {
        Ok(settings) => settings,
        Err(key) => {
            let why = t!("manage-setting-number");
            form.wrong.set(Some((key.to_owned(), why)));
            page::focus(&format!("setting-{key}"));
            return;
        }
    };
    form.busy.set(true);
    form.wrong.set(None);
    let shop = desk.shop.get_value();
    spawn_local(async move {
        let answer = host::call(PutSettings { shop, settings }).await;
        form.busy.set(false);
        match answer {
            Ok(settings) => {
                form.base.set_value(settings);
                toast(t!("manage-saved"));
            }
            Err(problem) => {
                let key = problem.field.clone().unwrap_or_default();
                form.wrong
                    .set(Some((key.clone(), words::problem(&problem))));
                page::focus(&format!("setting-{key}"));
            }
        }
    });
}

fn unit(unit: Unit) -> String {
    match unit {
        Unit::Seconds => t!("manage-unit-seconds"),
        Unit::Minutes => t!("manage-unit-minutes"),
        Unit::Days => t!("manage-unit-days"),
        Unit::Orders => t!("manage-unit-orders"),
    }
}

fn label(key: &str) -> String {
    match key {
        "capacity" => t!("manage-setting-capacity"),
        "orders_per_customer" => t!("manage-setting-per-customer"),
        "orders_per_customer_per_day" => t!("manage-setting-per-day"),
        "code_places" => t!("manage-setting-code-places"),
        "rotation_s" => t!("manage-setting-rotation"),
        "grace_s" => t!("manage-setting-grace"),
        "submit_within_s" => t!("manage-setting-submit"),
        "make_within_s" => t!("manage-setting-make"),
        "collect_within_s" => t!("manage-setting-collect"),
        "undo_within_s" => t!("manage-setting-undo"),
        "tablet_silent_s" => t!("manage-setting-silent"),
        "names_kept_days" => t!("manage-setting-names-kept"),
        _ => t!("manage-setting-offset"),
    }
}
