//! A window that belongs to no server yet: asks for its address.

mod scan;

use crate::host::{self, App};
use crate::{Logo, Toasts, page};
use leptos::{ev, prelude::*, task::spawn_local};
use presso_words::t;

/// Shown instead of the app's screens.
pub(crate) fn mount(app: App) {
    leptos::mount::mount_to_body(move || view! { <FirstRun app=app/> });
}

/// Asks for the server.
#[component]
fn FirstRun(
    /// Whose link would say it, too.
    app: App,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let asking = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    page::set_title(&t!("first-run-title"));
    let go = move |address: String| {
        if asking.get_untracked() {
            return;
        }
        asking.set(true);
        wrong.set(None);
        spawn_local(async move {
            // Where it works, the page begins anew.
            if let Err(problem) = host::go(&address).await {
                wrong.set(Some(presso_words::problem(&problem)));
                asking.set(false);
            }
        });
    };
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        go(text.get_untracked());
    };
    let scans = app == App::Customer;
    let type_in = move |event: ev::Event| {
        text.set(event_target_value(&event));
        wrong.set(None);
    };
    let link = match app {
        App::Customer => t!("first-run-customer"),
        App::Barista => t!("first-run-barista"),
        App::Display => t!("first-run-display"),
    };
    view! {
        <div class="page">
            <header class="page-bar"><Logo/></header>
            <main class="page-main first-run" data-test="first-run">
                <h1>{t!("first-run-title")}</h1>
                <p>{t!("first-run-text")}</p>
                <form class="stack loose" on:submit=send>
                    <div class="field">
                        <label for="server">{t!("first-run-server")}</label>
                        <input
                            id="server" class="input" type="text" inputmode="url" required dir="ltr" data-test="server"
                            autocomplete="url" autocapitalize="none" spellcheck="false" enterkeyhint="go"
                            placeholder="coffee.example" aria-describedby="server-wrong"
                            aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                            prop:value=move || text.get() on:input=type_in
                        />
                        <p id="server-wrong" class="wrong-text" role="alert">{move || wrong.get()}</p>
                    </div>
                    <button
                        type="submit" class="button accent wide large" data-test="go"
                        aria-busy=move || asking.get().then_some("true")
                    >{t!("first-run-go")}</button>
                </form>
                {scans.then(|| view! { <scan::Scan found=Callback::new(go)/> })}
                <p class="soft">{link}</p>
            </main>
        </div>
        <Toasts/>
    }
}
