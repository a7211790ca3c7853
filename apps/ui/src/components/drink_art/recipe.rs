//! What is in the cup.

/// What a drink is served in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vessel {
    /// The smallest cup, on a saucer.
    Demitasse,
    /// A wide cup, on a saucer.
    Cup,
    /// A short glass.
    Glass,
    /// A tall glass.
    Tall,
    /// A straight mug.
    Mug,
    /// A tall glass for cold drinks.
    Tumbler,
}

/// A layer of a drink; its name is its class in the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Liquid {
    Espresso,
    Coffee,
    Cold,
    Crema,
    Milk,
    White,
    Foam,
    Chocolate,
    Tea,
}

impl Liquid {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Espresso => "espresso",
            Self::Coffee => "coffee",
            Self::Cold => "cold",
            Self::Crema => "crema",
            Self::Milk => "milk",
            Self::White => "white",
            Self::Foam => "foam",
            Self::Chocolate => "chocolate",
            Self::Tea => "tea",
        }
    }
}

/// What rises above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topping {
    /// Nothing.
    Nothing,
    /// It is hot.
    Steam,
    /// Foam or cream above the rim.
    Dome,
    /// Ice, and a straw.
    Ice,
    /// A tea bag's thread and tag; it is hot, too.
    Tag,
}

/// A drink as it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    pub(super) vessel: Vessel,
    /// From the bottom: what, and how much of the inner height.
    layers: &'static [(Liquid, f64)],
    pub(super) topping: Topping,
    /// Cocoa on the foam.
    pub(super) dusted: bool,
}

impl Recipe {
    /// Each layer with its lower and upper level, as parts of the inner height.
    pub(super) fn levels(&self) -> Vec<(Liquid, f64, f64)> {
        let mut level = 0.0;
        let stack = |(liquid, height): &(Liquid, f64)| {
            let from = level;
            level += height;
            (*liquid, from, level)
        };
        self.layers.iter().map(stack).collect()
    }
}

/// The recipe of an icon; a plain cup for names that are not known.
pub(super) fn recipe(icon: &str) -> Recipe {
    use Liquid::{Chocolate, Coffee, Cold, Crema, Espresso, Foam, Milk, Tea, White};
    use Topping::{Dome, Ice, Nothing, Steam, Tag};
    use Vessel::{Cup, Demitasse, Glass, Mug, Tall, Tumbler};
    let (vessel, layers, topping, dusted): (_, &[(Liquid, f64)], _, _) =
        match icon.replace('_', "-").as_str() {
            "espresso" => (Demitasse, &[(Espresso, 0.5), (Crema, 0.12)], Steam, false),
            "macchiato" => (
                Demitasse,
                &[(Espresso, 0.42), (Milk, 0.12), (Foam, 0.3)],
                Steam,
                false,
            ),
            "cortado" => (
                Glass,
                &[(Espresso, 0.4), (Milk, 0.36), (Foam, 0.1)],
                Steam,
                false,
            ),
            "flat-white" => (
                Cup,
                &[(Espresso, 0.34), (Milk, 0.42), (Foam, 0.09)],
                Steam,
                false,
            ),
            "cappuccino" => (
                Cup,
                &[(Espresso, 0.32), (Milk, 0.3), (Foam, 0.38)],
                Dome,
                true,
            ),
            "latte" => (
                Tall,
                &[(White, 0.3), (Espresso, 0.16), (Milk, 0.3), (Foam, 0.14)],
                Steam,
                false,
            ),
            "americano" => (Mug, &[(Coffee, 0.74), (Crema, 0.06)], Steam, false),
            "mocha" => (
                Tall,
                &[
                    (Chocolate, 0.24),
                    (Espresso, 0.2),
                    (Milk, 0.36),
                    (Foam, 0.2),
                ],
                Dome,
                true,
            ),
            "tea" => (Mug, &[(Tea, 0.8)], Tag, false),
            "hot-chocolate" => (Mug, &[(Chocolate, 0.8), (Foam, 0.2)], Dome, true),
            "cold-brew" => (Tumbler, &[(Cold, 0.8)], Ice, false),
            "empty" => (Cup, &[(Coffee, 0.07)], Nothing, false),
            _ => (Cup, &[(Coffee, 0.72), (Crema, 0.08)], Steam, false),
        };
    Recipe {
        vessel,
        layers,
        topping,
        dusted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_drink_overflows_and_an_unknown_one_is_a_plain_cup() {
        for icon in [
            "espresso",
            "macchiato",
            "cortado",
            "flat-white",
            "cappuccino",
            "latte",
            "americano",
            "mocha",
            "tea",
            "hot-chocolate",
            "cold-brew",
            "",
        ] {
            let top = recipe(icon).levels().last().map_or(0.0, |l| l.2);
            assert!((0.5..=1.0001).contains(&top), "{icon}: {top}");
        }
        assert_eq!(recipe("moon-milk").vessel, Vessel::Cup);
        assert_eq!(recipe("flat_white").levels(), recipe("flat-white").levels());
    }
}
