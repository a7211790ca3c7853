//! The shop's rules of the event bus: which events go to which webhook, how that fares, and what was
//! given up. A new rule's secret is shown once.

mod dead;
mod edit;

use super::super::desk::Desk;
use super::{Read, Refused};
use dead::DeadDialog;
use edit::{Draft, Edit};
use leptos::prelude::*;
use presso_core::api::{
    DeleteRule, ListRules, RuleScope, RuleView, RulesAnswer, SwitchRule, Target,
};
use presso_core::id::RuleName;
use presso_ui::{Button, ButtonKind, Dialog, Loading, t};

/// What the parts of this tab share.
#[derive(Clone, Copy)]
struct Rules {
    desk: Desk,
    list: Read<RulesAnswer>,
    /// What is being written.
    draft: RwSignal<Draft>,
    /// The secret that is told this once, and whether it is shown.
    secret: RwSignal<Option<String>>,
    told: RwSignal<bool>,
    /// Which rule is about to be deleted, and whether that is being asked.
    deleting: RwSignal<Option<RuleName>>,
    asking: RwSignal<bool>,
    /// Whose dead letters are shown.
    dead: RwSignal<Option<RuleName>>,
}

impl Rules {
    fn scope(self) -> RuleScope {
        RuleScope::Shop(self.desk.shop.get_value())
    }
    fn reread(self) {
        let scope = self.scope();
        self.list.read(ListRules { scope });
    }
}

/// The rules.
#[component]
pub(super) fn RulesTab() -> impl IntoView {
    let rules = Rules {
        desk: Desk::here(),
        list: Read::new(),
        draft: RwSignal::new(Draft::default()),
        secret: RwSignal::new(None),
        told: RwSignal::new(false),
        deleting: RwSignal::new(None),
        asking: RwSignal::new(false),
        dead: RwSignal::new(None),
    };
    rules.reread();
    let rows = move || match rules.list.answer.get() {
        None => view! { <Loading/> }.into_any(),
        Some(answer) if answer.rules.is_empty() => {
            view! { <p class="soft">{t!("rules-none")}</p> }.into_any()
        }
        Some(answer) => {
            let rows = answer.rules.into_iter();
            view! { <ul class="rows" data-test="rules">{rows.map(|rule| view! { <Row rules=rules rule=rule/> }).collect_view()}</ul> }
                .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="rules-title">
            <h2 id="rules-title">{t!("rules-title")}</h2>
            <Refused sentence=rules.list.refused/>
            {rows}
            <Button label=t!("manage-reread") kind=ButtonKind::Quiet on_press=move |()| rules.reread() test="rules-reread"/>
        </section>
        <Edit rules=rules/>
        <SecretDialog rules=rules/>
        <DeleteDialog rules=rules/>
        <DeadDialog rules=rules/>
    }
}

#[component]
fn Row(rules: Rules, rule: RuleView) -> impl IntoView {
    let name = rule.rule.to_string();
    let longer = |what: String| t!("manage-of", what = what, name = name.clone());
    let to = match &rule.body.target {
        Target::Webhook { url } => url.clone(),
        Target::File { name } => name.clone(),
        Target::Log => t!("rules-target-log"),
    };
    let enabled = rule.body.enabled;
    let switch_label = if enabled {
        t!("rules-disable")
    } else {
        t!("rules-enable")
    };
    let (id, waiting, dead) = (rule.rule.clone(), rule.waiting, rule.dead);
    let switch = move |()| {
        let (scope, rule) = (rules.scope(), id.clone());
        let enabled = !enabled;
        let switch = SwitchRule {
            scope,
            rule,
            enabled,
        };
        rules.list.does(switch, move |_| rules.reread());
    };
    let id = rule.rule.clone();
    let delete = move |()| {
        rules.deleting.set(Some(id.clone()));
        rules.asking.set(true);
    };
    let id = rule.rule.clone();
    let look = move |()| rules.dead.set(Some(id.clone()));
    let own = matches!(rule.body.target, Target::Webhook { .. });
    let of_edit = longer(t!("rules-edit"));
    let of_switch = longer(switch_label.clone());
    let of_delete = longer(t!("rules-delete"));
    let of_dead = longer(t!("rules-dead-look"));
    let edit = move |()| rules.draft.set(Draft::of(&rule));
    view! {
        <li class="row-item" data-rule=name.clone()>
            <div class="row-what">
                <span class="row-name">{name.clone()}</span>
                <span class="row-state">
                    <span class="pill" class:good=enabled>{if enabled { t!("rules-on") } else { t!("rules-off") }}</span>" "
                    <span class="soft digits">{t!("rules-waiting", count = waiting)}</span>
                    {(dead > 0).then(|| view! { " "<span class="pill bad digits">{t!("rules-dead", count = dead)}</span> })}
                </span>
                <span class="soft small rule-to" dir="ltr">{to}</span>
            </div>
            <div class="row-deeds">
                {(dead > 0).then(|| view! { <Button label=t!("rules-dead-look") kind=ButtonKind::Quiet name=of_dead on_press=look test="rule-dead"/> })}
                {own.then(|| view! { <Button label=t!("rules-edit") kind=ButtonKind::Quiet name=of_edit on_press=edit test="rule-edit"/> })}
                <Button label=switch_label kind=ButtonKind::Quiet name=of_switch on_press=switch test="rule-switch"/>
                <Button label=t!("rules-delete") kind=ButtonKind::DangerQuiet name=of_delete on_press=delete test="rule-delete"/>
            </div>
        </li>
    }
}

#[component]
fn SecretDialog(rules: Rules) -> impl IntoView {
    view! {
        <Dialog open=rules.told title=t!("rules-secret-title") dismiss=t!("rules-secret-done")>
            <p>{t!("rules-secret-body")}</p>
            {move || rules.secret.get().map(|secret| view! {
                <code class="command link-text" dir="ltr" data-test="rule-secret">{secret}</code>
            })}
        </Dialog>
    }
}

#[component]
fn DeleteDialog(rules: Rules) -> impl IntoView {
    let title = Signal::derive(move || {
        let name = rules.deleting.get().map(|name| name.to_string());
        t!("rules-delete-title", name = name.unwrap_or_default())
    });
    let delete = move |()| {
        rules.asking.set(false);
        if let Some(rule) = rules.deleting.get_untracked() {
            let scope = rules.scope();
            rules
                .list
                .does(DeleteRule { scope, rule }, move |_| rules.reread());
        }
    };
    view! {
        <Dialog open=rules.asking title=title dismiss=t!("rules-delete-no")>
            <p>{t!("rules-delete-body")}</p>
            <Button label=t!("rules-delete") kind=ButtonKind::Danger class="wide" on_press=delete test="rule-delete-yes"/>
        </Dialog>
    }
}
