//! Pick the options of a drink: single groups as radio buttons, multiple ones as check boxes.

use super::{choosing_bar::ChoosingBar, summary};
use crate::{draft::group_of, phone::Phone};
use leptos::{html, prelude::*};
use presso_core::id::GroupId;
use presso_core::menu::{Choose, Menu, MenuOption, OffMenu, OptionGroup};
use presso_ui::{Button, ButtonKind, DrinkArt, Heading, t};

/// The options of the drink that was picked.
#[component]
pub(crate) fn Options() -> impl IntoView {
    let phone = Phone::here();
    let drink = phone.state.with_untracked(|s| s.draft.drink.clone());
    let of_menu = move |pick: fn(Option<&Menu>, &presso_core::id::DrinkId) -> String| {
        let drink = drink.clone();
        Signal::derive(move || {
            let name = |d| phone.menu.with(|menu| pick(menu.as_ref(), d));
            drink.as_ref().map(name).unwrap_or_default()
        })
    };
    let (name, icon) = (
        of_menu.clone()(summary::drink_name),
        of_menu(summary::drink_icon),
    );
    // Mistakes are pointed out only once somebody has tried to go on.
    let tries = RwSignal::new(0_u32);
    let wrong = Memo::new(move |_| {
        let wrong = phone.menu.with(|menu| {
            let menu = menu.as_ref()?;
            phone.state.with(|s| s.draft.wrong(menu))
        });
        wrong.filter(|_| tries.get() > 0)
    });
    let drink_off = move || matches!(wrong.get(), Some(OffMenu::DrinkOff | OffMenu::UnknownDrink));
    let next = move |()| {
        tries.update(|tries| *tries += 1);
        let fine = phone.menu.with_untracked(|menu| {
            menu.as_ref().is_some_and(|menu| {
                phone
                    .state
                    .with_untracked(|s| s.draft.wrong(menu).is_none())
            })
        });
        if fine {
            phone.state.update(|s| s.draft.reviewing = true);
        }
    };
    let groups = Memo::new(move |_| groups_of_draft(phone));
    view! {
        <ChoosingBar back=true/>
        <div class="options-head">
            <DrinkArt icon=icon/>
            <Heading text=name/>
        </div>
        <For each=move || groups.get() key=|group| group.clone().id let(group)>
            <Group id=group.id.clone() wrong=wrong tries=tries/>
        </For>
        <div class="page-foot">
            <Show when=drink_off>
                <p class="banner bad" role="alert">{t!("drink-sold-out")}</p>
            </Show>
            <Button label=t!("options-next") kind=ButtonKind::Accent class="wide large" on_press=next test="next"/>
        </div>
    }
}

fn groups_of_draft(phone: Phone) -> Vec<OptionGroup> {
    let drink = phone.state.with(|s| s.draft.drink.clone());
    phone.menu.with(|menu| {
        let Some((menu, drink)) = menu.as_ref().zip(drink) else {
            return Vec::new();
        };
        let ids = menu
            .drink(&drink)
            .map(|d| d.groups.clone())
            .unwrap_or_default();
        ids.iter()
            .filter_map(|id| menu.group(id).cloned())
            .collect()
    })
}

/// One group, live: its options may sell out while it is looked at.
#[component]
fn Group(id: GroupId, wrong: Memo<Option<OffMenu>>, tries: RwSignal<u32>) -> impl IntoView {
    let phone = Phone::here();
    let group = {
        let id = id.clone();
        Memo::new(move |_| {
            phone
                .menu
                .with(|m| m.as_ref().and_then(|m| m.group(&id).cloned()))
        })
    };
    let is_wrong = {
        let id = id.clone();
        Memo::new(move |_| {
            let wrong = wrong.get()?;
            let of = phone
                .menu
                .with(|m| m.as_ref().and_then(|m| group_of(&wrong, m)))?;
            (of == id).then_some(wrong)
        })
    };
    let node = NodeRef::<html::Fieldset>::new();
    // Whoever pressed "next" is led to what is missing.
    Effect::new(move |_| {
        tries.track();
        if let (Some(fieldset), true) = (node.get(), is_wrong.get().is_some()) {
            fieldset.scroll_into_view();
        }
    });
    let sentence = move || {
        is_wrong.get().map(|wrong| match wrong {
            OffMenu::MissingOption { .. } => t!("group-missing"),
            wrong => presso_ui::words::problem_with_code(wrong.code()),
        })
    };
    let hint = move || {
        group.with(|g| {
            g.as_ref().map(|g| match (g.choose, g.required) {
                (_, true) => t!("group-required"),
                (Choose::Single, false) => t!("group-single"),
                (Choose::Multiple, false) => t!("group-multiple"),
            })
        })
    };
    let required = move || group.with(|g| g.as_ref().is_some_and(|g| g.required));
    view! {
        <fieldset class="choices" class:wrong=move || is_wrong.get().is_some() node_ref=node>
            <legend>
                <span class="row apart">
                    <span class="group-name">{move || group.with(|g| g.as_ref().map(|g| g.name.clone()))}</span>
                    <span class="pill" class:brand-pill=required>{hint}</span>
                </span>
            </legend>
            <p class="wrong-text" role="alert">{sentence}</p>
            <div class="choice-list">
                <For
                    each=move || group.get().map(|g| g.options).unwrap_or_default()
                    key=|option| (option.clone().id, option.available)
                    let(option)
                >
                    <OptionRow option=option group=id.clone()
                        single=group.with_untracked(|g| g.as_ref().is_some_and(|g| g.choose == Choose::Single))
                        required=required()
                    />
                </For>
            </div>
        </fieldset>
    }
}

#[component]
fn OptionRow(option: MenuOption, group: GroupId, single: bool, required: bool) -> impl IntoView {
    let phone = Phone::here();
    let id = option.id.clone();
    let test = format!("option-{id}");
    let chosen = {
        let id = id.clone();
        move || phone.state.with(|s| s.draft.options.contains(&id))
    };
    let set = move |on: bool| {
        if let Some(menu) = phone.menu.get_untracked() {
            phone.state.update(|s| s.draft.set_option(&menu, &id, on));
        }
    };
    // A radio button cannot be unchecked, but a choice that nobody requires can be given up.
    let give_up = {
        let (chosen, set) = (chosen.clone(), set.clone());
        move || {
            if single && !required && untrack(&chosen) {
                set(false);
            }
        }
    };
    // One that sold out after it was chosen can still be given up.
    let off = !option.available;
    let locked = {
        let chosen = chosen.clone();
        move || off && !chosen()
    };
    view! {
        <label class="choice" class:off=off>
            <input
                type=if single { "radio" } else { "checkbox" }
                name=group.to_string() data-test=test
                prop:checked=chosen disabled=locked
                on:click=move |_| give_up()
                on:change=move |event| set(event_target_checked(&event))
            />
            <span class="grow">{option.name}</span>
            {off.then(|| view! { <span class="pill">{t!("sold-out")}</span> })}
        </label>
    }
}
