//! What the shop sells: drinks and options are named, added, moved, taken off. Switching on and
//! off is the menu button's; whatever is switched meanwhile stays so.

use super::super::desk::Desk;
use super::table::Table;
use super::{Read, Refused};
use leptos::{ev, prelude::*};
use presso_barista::draft::{add_drink, add_option, ask, carry_switches, step};
use presso_core::api::PutMenu;
use presso_core::menu::Menu;
use presso_ui::{Button, ButtonKind, Loading, t, toast};

/// The menu while it is edited.
#[derive(Clone, Copy)]
struct Draft {
    menu: RwSignal<Menu>,
    /// Changes when lines come, go or move: names alone draw nothing anew.
    shape: RwSignal<u32>,
    asks: Read<()>,
}

impl Draft {
    fn reshape(self, change: impl FnOnce(&mut Menu)) {
        self.menu.update(change);
        self.shape.update(|shape| *shape += 1);
    }
}

/// What the shop sells.
#[component]
pub(super) fn MenuTab() -> impl IntoView {
    let desk = Desk::here();
    let there = Memo::new(move |_| desk.menu.with(Option::is_some));
    move || {
        if there.get() {
            view! { <Edit/> }.into_any()
        } else {
            view! { <Loading/> }.into_any()
        }
    }
}

#[component]
fn Edit() -> impl IntoView {
    let desk = Desk::here();
    let draft = Draft {
        menu: RwSignal::new(desk.menu.get_untracked().unwrap_or_default()),
        shape: RwSignal::new(0),
        asks: Read::new(),
    };
    let save = move |()| {
        let mut menu = draft.menu.get_untracked();
        desk.menu.with_untracked(|live| {
            if let Some(live) = live {
                carry_switches(&mut menu, live);
            }
        });
        let shop = desk.shop.get_value();
        let put = PutMenu { shop, menu };
        draft.asks.does(put, |_| toast(t!("manage-saved")));
    };
    let drinks = move || {
        draft.shape.track();
        let count = draft.menu.with_untracked(|menu| menu.drinks.len());
        (0..count)
            .map(|at| view! { <DrinkLine draft=draft at=at/> })
            .collect_view()
    };
    let groups = move || {
        draft.shape.track();
        let count = draft.menu.with_untracked(|menu| menu.groups.len());
        (0..count)
            .map(|at| view! { <GroupPanel draft=draft at=at/> })
            .collect_view()
    };
    view! {
        <section class="panel" aria-labelledby="drinks-title">
            <h2 id="drinks-title">{t!("manage-drinks")}</h2>
            <ol class="rows">{drinks}</ol>
            <Add label=t!("manage-drink-new") test="new-drink" on_add=Callback::new(move |name: String| draft.reshape(|menu| add_drink(menu, &name)))/>
        </section>
        {groups}
        <Table shop=desk.shop take=Callback::new(move |menu: Menu| draft.reshape(|own| *own = menu))/>
        <div class="save-bar">
            <Refused sentence=draft.asks.refused/>
            <Button label=t!("manage-save-menu") on_press=save test="save-menu"/>
        </div>
    }
}

#[component]
fn DrinkLine(draft: Draft, at: usize) -> impl IntoView {
    let (drink, groups) = draft.menu.with_untracked(|menu| {
        let groups = menu.groups.iter();
        let groups: Vec<_> = groups.map(|g| (g.id.clone(), g.name.clone())).collect();
        (menu.drinks.get(at).cloned(), groups)
    });
    let drink = drink?;
    let rename = Callback::new(move |name: String| {
        draft.menu.update(|menu| {
            if let Some(drink) = menu.drinks.get_mut(at) {
                drink.name = name;
            }
        });
    });
    let asked = groups.into_iter().map(|(id, name)| {
        let checked = drink.groups.contains(&id);
        let set = move |event: ev::Event| {
            let yes = event_target_checked(&event);
            draft.menu.update(|menu| ask(menu, at, &id, yes));
        };
        view! { <label class="check"><input type="checkbox" prop:checked=checked on:change=set/>{name}</label> }
    });
    Some(view! {
        <li class="row-item edit">
            <div class="edit-line">
                <Name label=t!("manage-drink-name") value=drink.name.clone() rename=rename/>
                <Moves
                    name=drink.name.clone() keep=false
                    step=Callback::new(move |up| draft.reshape(|menu| step(&mut menu.drinks, at, up)))
                    take=Callback::new(move |()| draft.reshape(|menu| drop(menu.drinks.remove(at))))
                />
            </div>
            <div class="checks" role="group" aria-label=t!("manage-drink-groups", name = drink.name.clone())>{asked.collect_view()}</div>
        </li>
    })
}

#[component]
fn GroupPanel(draft: Draft, at: usize) -> impl IntoView {
    let group = draft
        .menu
        .with_untracked(|menu| menu.groups.get(at).cloned())?;
    let rename = Callback::new(move |name: String| {
        draft.menu.update(|menu| {
            if let Some(group) = menu.groups.get_mut(at) {
                group.name = name;
            }
        });
    });
    let alone = group.options.len() == 1;
    let options = group.options.iter().enumerate().map(move |(place, option)| {
        let rename = Callback::new(move |name: String| {
            draft.menu.update(|menu| {
                let options = menu.groups.get_mut(at).map(|group| &mut group.options);
                if let Some(option) = options.and_then(|options| options.get_mut(place)) {
                    option.name = name;
                }
            });
        });
        view! {
            <li class="row-item edit">
                <div class="edit-line">
                    <Name label=t!("manage-option-name") value=option.name.clone() rename=rename/>
                    <Moves
                        name=option.name.clone() keep=alone
                        step=Callback::new(move |up| draft.reshape(|menu| step(&mut menu.groups[at].options, place, up)))
                        take=Callback::new(move |()| draft.reshape(|menu| drop(menu.groups[at].options.remove(place))))
                    />
                </div>
            </li>
        }
    });
    Some(view! {
        <section class="panel" aria-label=t!("manage-group-of", name = group.name.clone())>
            <h2>{t!("manage-group-of", name = group.name.clone())}</h2>
            <div class="edit-line"><Name label=t!("manage-group-name") value=group.name.clone() rename=rename/></div>
            <ol class="rows">{options.collect_view()}</ol>
            <Add label=t!("manage-option-new", group = group.name.clone()) test="new-option" on_add=Callback::new(move |name: String| draft.reshape(|menu| add_option(menu, at, &name)))/>
        </section>
    })
}

#[component]
fn Name(label: String, value: String, rename: Callback<String>) -> impl IntoView {
    view! {
        <input
            class="input grow" type="text" maxlength="60" autocomplete="off" aria-label=label prop:value=value
            on:input=move |event| rename.run(event_target_value(&event))
        />
    }
}

/// Up, down, off the menu. What is the last of its kind is kept.
#[component]
fn Moves(name: String, keep: bool, step: Callback<bool>, take: Callback<()>) -> impl IntoView {
    let of = |what: String| t!("manage-of", what = what, name = name.clone());
    let (up, down, off) = (
        of(t!("manage-up")),
        of(t!("manage-down")),
        of(t!("manage-take-off")),
    );
    let take_off = (!keep).then(|| {
        view! { <Button label=t!("manage-take-off") kind=ButtonKind::DangerQuiet name=off on_press=take test="take-off"/> }
    });
    view! {
        <div class="moves">
            <button type="button" class="button quiet icon-button" aria-label=up on:click=move |_| step.run(true)>
                <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M12 19V5M6 11l6-6 6 6"/></svg>
            </button>
            <button type="button" class="button quiet icon-button" aria-label=down on:click=move |_| step.run(false)>
                <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M12 5v14M6 13l6 6 6-6"/></svg>
            </button>
            {take_off}
        </div>
    }
}

#[component]
fn Add(label: String, test: &'static str, on_add: Callback<String>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let text = name.get_untracked().trim().to_owned();
        if !text.is_empty() {
            name.set(String::new());
            on_add.run(text);
        }
    };
    view! {
        <form class="edit-line" on:submit=send>
            <input
                class="input grow" type="text" maxlength="60" autocomplete="off" aria-label=label.clone() placeholder=label data-test=test
                prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))
            />
            <button type="submit" class="button quiet">{t!("manage-add")}</button>
        </form>
    }
}
