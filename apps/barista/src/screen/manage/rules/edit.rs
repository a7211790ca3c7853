//! Writing a rule: its name, its pattern, its address. Format and transformer stay what they were.

use super::super::Read;
use super::Rules;
use leptos::{ev, prelude::*};
use presso_core::api::{PutRule, RuleBody, RuleView, Target};
use presso_core::bus::{Format, TransformBody};
use presso_core::id::RuleName;
use presso_ui::t;
use serde_json::Value;

/// Every event of an order.
const EXAMPLE: &str = r#"{"type": [{"prefix": "presso.order."}]}"#;

/// A rule as it is written.
#[derive(Clone, Default)]
pub(super) struct Draft {
    name: String,
    pattern: String,
    url: String,
    format: Format,
    transform: Option<TransformBody>,
    /// Is it off, and stays so?
    off: bool,
}

impl Draft {
    pub(super) fn of(rule: &RuleView) -> Self {
        let pattern = match &rule.body.pattern {
            Value::String(text) => text.clone(),
            other => serde_json::to_string_pretty(other).unwrap_or_default(),
        };
        let url = match &rule.body.target {
            Target::Webhook { url } => url.clone(),
            Target::File { .. } | Target::Log => String::new(),
        };
        Self {
            name: rule.rule.to_string(),
            pattern,
            url,
            format: rule.body.format,
            transform: rule.body.transform.clone(),
            off: !rule.body.enabled,
        }
    }
    fn body(&self) -> RuleBody {
        RuleBody {
            // As text, so that a refusal points at the place.
            pattern: Value::String(self.pattern.clone()),
            target: Target::Webhook {
                url: self.url.trim().to_owned(),
            },
            format: self.format,
            transform: self.transform.clone(),
            enabled: !self.off,
        }
    }
}

#[component]
pub(super) fn Edit(rules: Rules) -> impl IntoView {
    let draft = rules.draft;
    let asks: Read<RuleView> = Read::new();
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let written = draft.get_untracked();
        let Ok(rule) = RuleName::parse(written.name.trim()) else {
            asks.refused.set(Some(t!("rules-name-wrong")));
            return;
        };
        let (scope, body) = (rules.scope(), written.body());
        asks.does(PutRule { scope, rule, body }, move |view| {
            draft.set(Draft::default());
            if view.secret.is_some() {
                rules.secret.set(view.secret);
                rules.told.set(true);
            }
            rules.reread();
        });
    };
    view! {
        <section class="panel" aria-labelledby="rule-title">
            <h2 id="rule-title">{t!("rules-put")}</h2>
            <form class="stack" on:submit=send>
                <div class="field">
                    <label for="rule-name">{t!("rules-name")}</label>
                    <input
                        id="rule-name" class="input" type="text" maxlength="32" autocomplete="off" autocapitalize="none" spellcheck="false" data-test="rule-name"
                        prop:value=move || draft.with(|d| d.name.clone()) on:input=move |e| draft.update(|d| d.name = event_target_value(&e))
                    />
                </div>
                <div class="field">
                    <label for="rule-url">{t!("rules-url")}</label>
                    <input
                        id="rule-url" class="input" type="url" inputmode="url" autocomplete="off" dir="ltr" data-test="rule-url"
                        prop:value=move || draft.with(|d| d.url.clone()) on:input=move |e| draft.update(|d| d.url = event_target_value(&e))
                    />
                </div>
                <div class="field">
                    <label for="rule-pattern">{t!("rules-pattern")}</label>
                    <textarea
                        id="rule-pattern" class="input rule-pattern" rows="4" dir="ltr" spellcheck="false" autocapitalize="none" data-test="rule-pattern"
                        aria-describedby="rule-pattern-hint"
                        prop:value=move || draft.with(|d| d.pattern.clone()) on:input=move |e| draft.update(|d| d.pattern = event_target_value(&e))
                    ></textarea>
                    <p id="rule-pattern-hint" class="soft small">{t!("rules-pattern-hint", example = EXAMPLE)}</p>
                </div>
                <p class="wrong-text" role="alert">{move || asks.refused.get()}</p>
                <button type="submit" class="button" data-test="rule-put">{t!("rules-put-do")}</button>
            </form>
        </section>
    }
}
