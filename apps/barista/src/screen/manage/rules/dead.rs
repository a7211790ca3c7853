//! What a rule gave up: looked at, and sent again.

use super::super::{Read, Refused};
use super::Rules;
use leptos::prelude::*;
use presso_core::api::{DeadAnswer, DeadLetter, ListDead, Redrive, RedriveBody};
use presso_core::id::RuleName;
use presso_ui::{Button, ButtonKind, Dialog, Loading, clock, t, toast};

#[component]
pub(super) fn DeadDialog(rules: Rules) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(rules.dead.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && rules.dead.with_untracked(Option::is_some) {
            rules.dead.set(None);
        }
    });
    let title = Signal::derive(move || {
        let name = rules.dead.get().map(|name| name.to_string());
        t!("rules-dead-title", name = name.unwrap_or_default())
    });
    view! {
        <Dialog open=open title=title>
            {move || rules.dead.get().map(|rule| view! { <Letters rules=rules rule=StoredValue::new(rule)/> })}
        </Dialog>
    }
}

#[component]
fn Letters(rules: Rules, rule: StoredValue<RuleName>) -> impl IntoView {
    let list: Read<DeadAnswer> = Read::new();
    let read = move || {
        let (scope, rule) = (rules.scope(), rule.get_value());
        let after = None;
        list.read(ListDead { scope, rule, after });
    };
    read();
    let again = move |dead: Option<u64>| {
        let (scope, rule) = (rules.scope(), rule.get_value());
        let body = RedriveBody { dead };
        list.does(Redrive { scope, rule, body }, move |answer| {
            toast(t!("rules-redriven", count = answer.redriven));
            read();
            rules.reread();
        });
    };
    let letter = move |letter: DeadLetter| {
        let number = letter.dead;
        let kind = letter
            .envelope
            .get("type")
            .or(letter.envelope.get("detail-type"));
        let kind = kind.and_then(|kind| kind.as_str()).unwrap_or_default();
        let name = t!(
            "manage-of",
            what = t!("rules-redrive"),
            name = number.to_string()
        );
        view! {
            <li class="row-item" data-dead=number>
                <div class="row-what">
                    <span class="row-name" dir="ltr">{kind.to_owned()}</span>
                    <span class="soft small digits">{clock::day_and_time(letter.at)}", "{t!("rules-tries", count = letter.tries)}</span>
                    <span class="small">{letter.why}</span>
                </div>
                <div class="row-deeds">
                    <Button label=t!("rules-redrive") name=name kind=ButtonKind::Quiet on_press=move |()| again(Some(number)) test="redrive"/>
                </div>
            </li>
        }
    };
    let body = move || {
        match list.answer.get() {
        None => view! { <Loading/> }.into_any(),
        Some(answer) if answer.dead.is_empty() => {
            view! { <p class="soft">{t!("rules-dead-none")}</p> }.into_any()
        }
        Some(answer) => view! {
            <p>{t!("rules-dead-body")}</p>
            <ul class="rows" data-test="dead">{answer.dead.into_iter().map(letter).collect_view()}</ul>
            <Button label=t!("rules-redrive-all") class="wide" on_press=move |()| again(None) test="redrive-all"/>
        }
        .into_any(),
    }
    };
    view! {
        <Refused sentence=list.refused/>
        {body}
    }
}
