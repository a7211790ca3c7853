//! What happened: when, what, by whom, why, after what wait; and what is waited for now.

use crate::clock;
use crate::{t, words};
use leptos::prelude::*;
use presso_core::journey::{Awaited, Journey, Step, Waiting};
use presso_core::order::{Role, TimeOutCause};
use presso_core::workflow::Verb;

/// The timeline.
#[component]
pub(super) fn Timeline(
    /// Whose.
    journey: RwSignal<Option<Journey>>,
    /// Does its own customer look?
    own: bool,
) -> impl IntoView {
    let steps = move || journey.with(|j| j.as_ref().map(|j| j.steps.clone()).unwrap_or_default());
    let began = Memo::new(move |_| journey.with(|j| j.as_ref()?.steps.first().map(|s| s.at)));
    let waiting = Memo::new(move |_| journey.with(|j| j.as_ref()?.waiting));
    view! {
        <section class="timeline">
            <p class="soft small">{move || began.get().map(clock::day_and_time)}</p>
            <ol class="timeline-steps" aria-label=t!("journey-steps") data-test="steps">
                <For each=steps key=|step| step.version let(step)>
                    <Line step=step own=own/>
                </For>
            </ol>
            {move || waiting.get().map(|waiting| view! { <Now waiting=waiting/> })}
        </section>
    }
}

#[component]
fn Line(step: Step, own: bool) -> impl IntoView {
    let waited = step
        .waited_for
        .map(|awaited| waited(awaited, step.waited_ms));
    let why = why(&step, own);
    view! {
        <li class="timeline-step" data-to=step.to.name()>
            <span class="timeline-time digits">{clock::time_of_day(step.at)}</span>
            <div class="timeline-what">
                <p><strong>{what(&step)}</strong>" "<span class="soft">{t!("journey-by", who = who(&step, own))}</span></p>
                {why.map(|why| view! { <p class="timeline-why">{why}</p> })}
                {waited.map(|waited| view! { <p class="soft small digits">{waited}</p> })}
            </div>
        </li>
    }
}

/// What it waits for now. Its seconds go on, which a screen reader is not told each time.
#[component]
fn Now(waiting: Waiting) -> impl IntoView {
    let now = clock::now();
    let since = move || {
        let time = span(now.get().ms_since(waiting.since));
        t!("waits-since", time = time)
    };
    let until = waiting.until.map(|until| {
        let time = clock::time_of_day(until);
        t!("waits-until", time = time)
    });
    view! {
        <div class="timeline-now" data-test="waits">
            <span class="live-dot" aria-hidden="true"></span>
            <p>
                <strong>{waits(waiting.awaited)}</strong>" "
                <span class="soft digits">{since}{until.map(|until| format!(", {until}"))}</span>
            </p>
        </div>
    }
}

fn span(ms: i64) -> String {
    clock::minutes_and_seconds(u32::try_from(ms.max(0) / 1000).unwrap_or(u32::MAX))
}

fn waited(awaited: Awaited, ms: i64) -> String {
    let time = span(ms);
    match awaited {
        Awaited::Choice => t!("waited-choice", time = time),
        Awaited::Barista => t!("waited-barista", time = time),
        Awaited::Drink => t!("waited-drink", time = time),
        Awaited::Collection => t!("waited-collection", time = time),
    }
}

fn waits(awaited: Awaited) -> String {
    match awaited {
        Awaited::Choice => t!("waits-choice"),
        Awaited::Barista => t!("waits-barista"),
        Awaited::Drink => t!("waits-drink"),
        Awaited::Collection => t!("waits-collection"),
    }
}

/// What was done.
pub(super) fn what(step: &Step) -> String {
    match (step.verb, step.undid) {
        (Some(Verb::Undo), Some(undid)) => t!("step-undid", what = done(Some(undid))),
        (verb, _) => done(verb),
    }
}

fn done(verb: Option<Verb>) -> String {
    match verb {
        None => t!("step-scan"),
        Some(Verb::Submit) => t!("step-submit"),
        Some(Verb::Cancel) => t!("step-cancel"),
        Some(Verb::Claim) => t!("step-claim"),
        Some(Verb::Unclaim) => t!("step-unclaim"),
        Some(Verb::TakeOver) => t!("step-take-over"),
        Some(Verb::Complete) => t!("step-complete"),
        Some(Verb::Collect) => t!("step-collect"),
        Some(Verb::Undo) => t!("step-undo"),
        Some(Verb::TimeOut) => t!("step-time-out"),
        Some(Verb::Sweep) => t!("step-sweep"),
    }
}

fn who(step: &Step, own: bool) -> String {
    match (step.by, &step.name) {
        (_, Some(name)) => name.clone(),
        (Role::Customer, _) if own => t!("by-you"),
        (Role::Customer, _) => t!("by-customer"),
        (Role::Barista, _) => t!("by-barista"),
        (Role::Clock, _) => t!("by-clock"),
        (Role::Operator, _) => t!("by-operator"),
    }
}

fn why(step: &Step, own: bool) -> Option<String> {
    match (step.reason, step.cause) {
        // To the customer the shop says it as everywhere else.
        (Some(reason), _) if own && step.by == Role::Barista => {
            Some(words::cancelled_because(reason))
        }
        (Some(reason), _) => Some(t!("journey-because", reason = words::reason(reason))),
        (None, Some(TimeOutCause::Customer)) => Some(t!("step-late-choice")),
        (None, Some(TimeOutCause::Barista)) => Some(t!("step-late-drink")),
        (None, None) => None,
    }
}
