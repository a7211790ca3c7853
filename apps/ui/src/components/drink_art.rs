//! Drawings of drinks: one component, parametrised by vessel and layers, so that all of them are
//! of one hand. What a drink is made of stands in `recipe`, how a vessel is shaped in `shape`.

mod recipe;
mod shape;

use leptos::prelude::*;
use recipe::{Recipe, Topping, recipe};
use shape::Shape;

/// A drink's drawing by the name of its icon: espresso, macchiato, cortado, flat-white,
/// cappuccino, latte, americano, mocha, tea, hot-chocolate, cold-brew, and `empty` for what came to
/// nothing; anything else is a plain cup. Decoration: hidden from screen readers, the drink's name stands beside it.
#[component]
pub fn DrinkArt(
    /// The icon's name, as the menu has it.
    #[prop(into)]
    icon: Signal<String>,
) -> impl IntoView {
    move || drawing(&recipe(&icon.get()))
}

fn drawing(recipe: &Recipe) -> impl IntoView + use<> {
    let shape = Shape::of(recipe.vessel);
    let levels = recipe.levels();
    let layers: Vec<_> = levels
        .iter()
        .map(|(liquid, from, to)| {
            view! { <path class=liquid.class() d=shape.slice(*from, *to)/> }
        })
        .collect();
    let surface = levels.last().map_or(0.0, |(_, _, to)| *to);
    let ware = if shape.glass { "glass" } else { "ware" };
    let top = recipe.topping;
    let behind = (top == Topping::Ice).then(|| view! { <path class="line" d=shape.straw()/> });
    let saucer = shape
        .saucer
        .then(|| view! { <path class="line ware" d=shape.saucer_path()/> });
    let handle = shape
        .handle
        .then(|| view! { <path class="line" d=shape.handle_path()/> });
    let dome =
        (top == Topping::Dome).then(|| view! { <path class="line foam" d=shape.dome(surface)/> });
    let dust = recipe
        .dusted
        .then(|| view! { <path class="line thin" d=shape.dust(surface)/> });
    let ice =
        (top == Topping::Ice).then(|| view! { <path class="ice line thin" d=shape.ice(surface)/> });
    let tag = (top == Topping::Tag).then(|| {
        view! {
            <path class="line thin" d=shape.thread()/>
            <path class="line thin tag" d=shape.tag()/>
        }
    });
    let steam = (top == Topping::Steam || top == Topping::Tag)
        .then(|| view! { <path class="line thin steam" d=shape.steam()/> });
    view! {
        <svg class="art" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
            {behind}
            {saucer}
            {handle}
            {dome}
            <path class=ware d=shape.body()/>
            {layers}
            {ice}
            <path class="line" d=shape.outline()/>
            {dust}
            {tag}
            {steam}
        </svg>
    }
}
