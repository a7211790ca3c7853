//! Signing in: a number or an address, then the six digits that came there.

use crate::{actions, phone::Phone, state::Place};
use leptos::{ev, prelude::*, task::spawn_local};
use presso_core::api::{AskPasscodeBody, GetShop, PASSCODE_DIGITS, Problem, SignInBy};
use presso_core::board::OrderView;
use presso_core::contact::{BadContact, Contact};
use presso_core::order::OrderState;
use presso_core::time::Timestamp;
use presso_ui::{Button, ButtonKind, Countdown, Heading, clock, host, sms, t, words};

/// The digits, and blanks that somebody puts between them.
const LONGEST_CODE: usize = PASSCODE_DIGITS + 2;

/// A code that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    to: String,
    resend_at: Timestamp,
}

/// Signing in.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let phone = Phone::here();
    let sent = RwSignal::new(None::<Sent>);
    let to = RwSignal::new(String::new());
    let waits = Memo::new(move |_| sent.with(Option::is_some));
    let leave = move |()| phone.state.update(|s| s.place = Place::Here);
    let order = phone.order();
    // The place is kept as long as that.
    let choosing = |order: &OrderView| order.state == OrderState::Choosing;
    let until = Signal::derive(move || order.get().filter(choosing).map(|order| order.submit_by));
    view! {
        <Show when=move || until.get().is_some()>
            <p class="pill brand-pill center-self">
                <span>{t!("order-within")}</span>" "<Countdown until=until/>
            </p>
        </Show>
        <Show when=move || waits.get() fallback=move || view! { <Where to=to sent=sent/> }>
            <Digits sent=sent/>
        </Show>
        <Button label=t!("back") kind=ButtonKind::Plain class="wide" on_press=leave test="back"/>
    }
}

/// Sends a code there; a refusal is said.
async fn ask(phone: Phone, to: String) -> Result<Sent, Problem> {
    let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) else {
        return Err(Problem::new(404, "shop_unknown", ""));
    };
    let body = AskPasscodeBody {
        shop,
        to: to.clone(),
    };
    let answer = host::ask_passcode(body).await?;
    let resend_at = answer.resend_at;
    Ok(Sent { to, resend_at })
}

/// Where to send it.
#[component]
fn Where(to: RwSignal<String>, sent: RwSignal<Option<Sent>>) -> impl IntoView {
    let phone = Phone::here();
    let (ways, by) = (RwSignal::new(Vec::new()), RwSignal::new(SignInBy::Sms));
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    if let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) {
        spawn_local(async move {
            // Without an answer a number is asked for, and the server says what it thinks of it.
            let Ok(shown) = host::call(GetShop { shop }).await else {
                return;
            };
            if let Some(first) = shown.sign_in_by.first() {
                let _ = by.try_set(*first);
            }
            let _ = ways.try_set(shown.sign_in_by);
        });
    }
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = to.get_untracked();
        if let Err(bad) = Contact::parse(&typed) {
            wrong.set(Some(rule(bad)));
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let asked = ask(phone, typed).await;
            let _ = busy.try_set(false);
            match asked {
                Ok(waiting) => drop(sent.try_set(Some(waiting))),
                Err(problem) => drop(wrong.try_set(Some(words::problem(&problem)))),
            }
        });
    };
    let type_in = move |event: ev::Event| {
        to.set(event_target_value(&event));
        wrong.set(None);
    };
    let by_mail = Memo::new(move |_| by.get() == SignInBy::Mail);
    let label = move || {
        if by_mail.get() {
            t!("sign-in-mail")
        } else {
            t!("sign-in-number")
        }
    };
    let other = Signal::derive(move || {
        if by_mail.get() {
            t!("sign-in-by-number")
        } else {
            t!("sign-in-by-mail")
        }
    });
    let turn = move |()| {
        to.set(String::new());
        wrong.set(None);
        by.update(|by| {
            *by = match by {
                SignInBy::Sms => SignInBy::Mail,
                SignInBy::Mail => SignInBy::Sms,
            }
        });
    };
    view! {
        <Heading text=t!("sign-in-title")/>
        <p class="soft">{t!("sign-in-text")}</p>
        <form class="stack loose" novalidate on:submit=send>
            <div class="field">
                <label for="contact">{label}</label>
                <input
                    id="contact" class="input" required data-test="contact" spellcheck="false" autocapitalize="off"
                    type=move || if by_mail.get() { "email" } else { "tel" }
                    inputmode=move || if by_mail.get() { "email" } else { "tel" }
                    autocomplete=move || if by_mail.get() { "email" } else { "tel" }
                    placeholder=move || (!by_mail.get()).then_some("+49 170 1234567")
                    maxlength="254" enterkeyhint="send"
                    aria-describedby="contact-wrong" aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=move || to.get() on:input=type_in
                />
                <p id="contact-wrong" class="wrong-text" role="alert">{move || wrong.get()}</p>
            </div>
            <button type="submit" class="button accent wide large" data-test="send" disabled=move || busy.get()>{t!("sign-in-send")}</button>
        </form>
        <Show when=move || ways.with(|ways| ways.len() > 1)>
            <Button label=other kind=ButtonKind::Quiet class="wide" on_press=turn test="other-way"/>
        </Show>
    }
}

/// What came there.
#[component]
fn Digits(sent: RwSignal<Option<Sent>>) -> impl IntoView {
    let phone = Phone::here();
    let code = RwSignal::new(String::new());
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let to = move || sent.with(|s| s.as_ref().map(|s| s.to.clone()).unwrap_or_default());
    let now = clock::now();
    let left = Memo::new(move |_| {
        sent.with(|s| {
            s.as_ref()
                .map(|s| clock::seconds_until(s.resend_at, now.get()))
        })
        .unwrap_or_default()
    });
    let verify = move |digits: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        let to = sent.with_untracked(|s| s.as_ref().map(|s| s.to.clone()).unwrap_or_default());
        spawn_local(async move {
            let result = actions::sign_in(phone, to, digits).await;
            // The screen is gone when all went well.
            let _ = busy.try_set(false);
            if let Err(problem) = result {
                let _ = wrong.try_set(Some(words::problem(&problem)));
            }
        });
    };
    sms::next_code(move |digits| {
        if code.try_set(digits.clone()).is_none() {
            verify(digits);
        }
    });
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        verify(code.get_untracked());
    };
    let type_in = move |event: ev::Event| {
        code.set(event_target_value(&event));
        wrong.set(None);
    };
    let again = move |()| {
        busy.set(true);
        wrong.set(None);
        let to = sent.with_untracked(|s| s.as_ref().map(|s| s.to.clone()).unwrap_or_default());
        spawn_local(async move {
            let asked = ask(phone, to).await;
            let _ = busy.try_set(false);
            match asked {
                Ok(waiting) => drop(sent.try_set(Some(waiting))),
                Err(problem) => drop(wrong.try_set(Some(words::problem(&problem)))),
            }
        });
    };
    let again_label = Signal::derive(move || match left.get() {
        0 => t!("sign-in-again"),
        seconds => t!("sign-in-again-in", seconds = seconds),
    });
    view! {
        <Heading text=t!("sign-in-digits-title")/>
        <p class="soft">{move || t!("sign-in-digits-text", to = to())}</p>
        <form class="stack loose" novalidate on:submit=send>
            <div class="field">
                <label for="passcode">{t!("sign-in-digits")}</label>
                <input
                    id="passcode" class="input code-input" type="text" required data-test="passcode"
                    inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength=LONGEST_CODE
                    spellcheck="false" enterkeyhint="go"
                    aria-describedby="passcode-wrong" aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=move || code.get() on:input=type_in
                />
                <p id="passcode-wrong" class="wrong-text" role="alert">{move || wrong.get()}</p>
            </div>
            <button type="submit" class="button accent wide large" data-test="verify" disabled=move || busy.get()>{t!("sign-in-go")}</button>
        </form>
        <Button
            label=again_label kind=ButtonKind::Quiet class="wide" test="again"
            disabled=Signal::derive(move || left.get() > 0 || busy.get()) on_press=again
        />
        <Button label=t!("sign-in-elsewhere") kind=ButtonKind::Plain class="wide" on_press=move |()| sent.set(None) test="elsewhere"/>
    }
}

/// The rule that was broken, in a person's words.
fn rule(bad: BadContact) -> String {
    match bad {
        BadContact::Empty => t!("contact-empty"),
        BadContact::NoCountry => t!("contact-no-country"),
        BadContact::CountryZero => t!("contact-country-zero"),
        BadContact::NotADigit => t!("contact-not-a-digit"),
        BadContact::Length => t!("contact-length"),
        BadContact::Address | BadContact::AddressSign | BadContact::AddressLength => {
            t!("contact-address")
        }
    }
}
