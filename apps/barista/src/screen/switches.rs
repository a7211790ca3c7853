//! The menu's panel: what is available, drink by drink and option by option.

use super::desk::Desk;
use super::switch::{Switch, Wire};
use leptos::prelude::*;
use presso_core::menu::Menu;
use presso_core::workflow::ShopOffer;
use presso_ui::{Button, ButtonKind, Dialog, Loading, t};

/// The button in the header, with how much is off, and the panel.
#[component]
pub(super) fn MenuSwitches() -> impl IntoView {
    let desk = Desk::here();
    let may = desk.may(ShopOffer::SwitchMenu);
    let open = RwSignal::new(false);
    let off = Memo::new(move |_| desk.menu.with(|menu| menu.as_ref().map_or(0, count_off)));
    let label = Signal::derive(move || match off.get() {
        0 => t!("barista-menu"),
        count => t!("barista-menu-some-off", count = count),
    });
    view! {
        <Show when=move || may.get()>
            <Button label=label kind=ButtonKind::Quiet on_press=move |()| open.set(true) test="menu"/>
            <Dialog open=open title=t!("barista-menu-title")>
                <Panel/>
            </Dialog>
        </Show>
    }
}

#[component]
fn Panel() -> impl IntoView {
    let desk = Desk::here();
    let refused = RwSignal::new(None::<String>);
    // The switches themselves follow the menu; the list is drawn anew only when names change.
    let shape = Memo::new(move |_| desk.menu.with(|menu| menu.as_ref().map(groups)));
    let list = move || {
        match shape.get() {
        None => view! { <Loading/> }.into_any(),
        Some(groups) => groups
            .into_iter()
            .map(|(title, switches)| view! { <Group title=title switches=switches refused=refused/> })
            .collect_view()
            .into_any(),
    }
    };
    view! {
        <p class="soft">{t!("barista-menu-hint")}</p>
        {move || refused.get().map(|sentence| view! { <p class="refused" role="alert">{sentence}</p> })}
        <div class="switches">{list}</div>
    }
}

type Named = (Wire, String);

#[component]
fn Group(title: String, switches: Vec<Named>, refused: RwSignal<Option<String>>) -> impl IntoView {
    let one =
        move |(wire, name): Named| view! { <li><Switch wire=wire name=name refused=refused/></li> };
    view! {
        <section class="switch-group">
            <h3>{title}</h3>
            <ul>{switches.into_iter().map(one).collect_view()}</ul>
        </section>
    }
}

/// Names and switches: the drinks, then each group of options.
fn groups(menu: &Menu) -> Vec<(String, Vec<Named>)> {
    let drinks = menu.drinks.iter();
    let drinks = drinks.map(|d| (Wire::Drink(d.id.clone()), d.name.clone()));
    let options = menu.groups.iter().map(|group| {
        let options = group.options.iter();
        let options = options.map(|o| (Wire::Option(o.id.clone()), o.name.clone()));
        (group.name.clone(), options.collect())
    });
    std::iter::once((t!("barista-menu-drinks"), drinks.collect()))
        .chain(options)
        .collect()
}

fn count_off(menu: &Menu) -> usize {
    let options = menu.groups.iter().flat_map(|g| &g.options);
    menu.drinks.iter().filter(|d| !d.available).count() + options.filter(|o| !o.available).count()
}
