//! `presso shop`.

use super::door::Door;
use super::menu;
use super::{Error, print, shop_id};
use clap::Subcommand;
use presso_core::api::{
    CloseShop, CreateShop, CreateShopBody, EraseShop, ErasedRows, GetSettings, GetShop, ListShops,
    OpenShop, Proof, PutSettings, ShopAnswer, ShopErased,
};
use presso_core::id::ShopId;
use presso_core::settings::Settings;
use serde_json::{Map, Value};
use std::path::PathBuf;

#[derive(Subcommand)]
pub(super) enum Shop {
    /// Sets up a shop, closed: presso shop create demo name="Demo Coffee" --menu menu.toml
    Create {
        /// Its identifier: small letters, digits and dashes
        shop: String,
        /// Settings, as capacity=30
        settings: Vec<String>,
        /// Its menu, a .toml or .csv file
        #[arg(long)]
        menu: Option<PathBuf>,
    },
    /// Changes settings: presso shop set demo capacity=30 rotation_s=60
    Set {
        /// Which
        shop: String,
        /// Settings, as capacity=30
        #[arg(required = true)]
        settings: Vec<String>,
    },
    /// Admits scans
    Open {
        /// Which
        shop: String,
    },
    /// Admits no more scans; orders already started go on
    Close {
        /// Which
        shop: String,
    },
    /// Shows a shop's settings
    Show {
        /// Which
        shop: String,
    },
    /// Erases the names of a closed shop's customers and staff and how their browsers are reached,
    /// and proves it: presso shop erase demo --yes
    Erase {
        /// Which
        shop: String,
        /// It cannot be taken back
        #[arg(long)]
        yes: bool,
    },
    /// Lists all shops
    List,
}

pub(super) async fn run(door: &Door, command: Shop, json: bool) -> Result<(), Error> {
    match command {
        Shop::Create {
            shop,
            settings,
            menu,
        } => {
            let menu = menu
                .map(|path| menu::read(&path))
                .transpose()?
                .unwrap_or_default();
            let shop = shop_id(&shop)?;
            let settings = with(&Settings::default(), &settings)?;
            let body = CreateShopBody {
                shop,
                settings,
                menu,
            };
            facts(json, &door.send(&CreateShop { body }).await?);
        }
        Shop::Set { shop, settings } => {
            let shop = shop_id(&shop)?;
            let now = door.send(&GetSettings { shop: shop.clone() }).await?;
            let settings = with(&now, &settings)?;
            show_settings(json, &door.send(&PutSettings { shop, settings }).await?);
        }
        Shop::Open { shop } => facts(
            json,
            &door
                .send(&OpenShop {
                    shop: shop_id(&shop)?,
                })
                .await?,
        ),
        Shop::Close { shop } => {
            facts(
                json,
                &door
                    .send(&CloseShop {
                        shop: shop_id(&shop)?,
                    })
                    .await?,
            );
        }
        Shop::Show { shop } => show(door, shop_id(&shop)?, json).await?,
        Shop::Erase { shop, yes } => erase(door, shop_id(&shop)?, yes, json).await?,
        Shop::List => list(door, json).await?,
    }
    Ok(())
}

async fn show(door: &Door, shop: ShopId, json: bool) -> Result<(), Error> {
    let answer = door.send(&GetShop { shop: shop.clone() }).await?;
    let settings = door.send(&GetSettings { shop }).await?;
    if json {
        let whole = serde_json::json!({
            "version": answer.version, "facts": answer.facts, "settings": settings,
        });
        print::answer(true, &whole, |_| ());
    } else {
        facts(false, &answer);
        show_settings(false, &settings);
    }
    Ok(())
}

async fn erase(door: &Door, shop: ShopId, yes: bool, json: bool) -> Result<(), Error> {
    if !yes {
        let ask = "what is erased is gone for good: say --yes";
        return Err(Error::Input(ask.into()));
    }
    let answer = door.send(&EraseShop { shop }).await?;
    print::answer(json, &answer, |ShopErased { erased, proof, .. }| {
        let row = |of: &ErasedRows| vec![of.table.clone(), of.rows.to_string()];
        print::columns(&erased.iter().map(row).collect::<Vec<_>>());
        let Proof {
            bytes,
            searched,
            too_short,
            left,
            elsewhere,
        } = proof;
        println!("looked for {searched} erased values in {bytes} bytes: {left} left");
        if *too_short > 0 {
            println!("{too_short} are too short to be looked for");
        }
        for ErasedRows { table, rows } in elsewhere {
            println!("{rows} are also in rows of {table}, which stay");
        }
        println!("copies of the data folder that were made before now still hold all of it");
    });
    if answer.proof.left > 0 {
        let left = "some of what was erased can still be read in the files: this is a defect";
        return Err(Error::Input(left.into()));
    }
    Ok(())
}

async fn list(door: &Door, json: bool) -> Result<(), Error> {
    let answer = door.send(&ListShops).await?;
    print::answer(json, &answer, |answer| {
        let rows: Vec<_> = answer.shops.iter().map(row).collect();
        print::columns(&rows);
    });
    Ok(())
}

fn row(facts: &presso_core::board::ShopFacts) -> Vec<String> {
    let state = match (facts.open, facts.full) {
        (false, _) => "closed",
        (true, true) => "open, full",
        (true, false) => "open",
    };
    vec![facts.shop.to_string(), state.into(), facts.name.clone()]
}

fn facts(json: bool, answer: &ShopAnswer) {
    print::answer(json, answer, |answer| print::columns(&[row(&answer.facts)]));
}

fn show_settings(json: bool, settings: &Settings) {
    print::answer(json, settings, |settings| {
        let rows = object(settings).into_iter().map(|(name, value)| {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            vec![name, value]
        });
        print::columns(&rows.collect::<Vec<_>>());
    });
}

fn object(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// These settings, with some of them said anew as `name=value`.
pub(super) fn with(settings: &Settings, changes: &[String]) -> Result<Settings, Error> {
    let mut map = object(settings);
    for change in changes {
        let (name, text) = change.split_once('=').ok_or_else(|| {
            Error::Input(format!("{change:?} is no setting: write it as name=value"))
        })?;
        let Some(old) = map.get(name) else {
            let names: Vec<&str> = map.keys().map(String::as_str).collect();
            let names = names.join(", ");
            return Err(Error::Input(format!(
                "there is no setting {name}; there are {names}"
            )));
        };
        let value = match old {
            Value::String(_) => Value::from(text),
            Value::Array(_) => text
                .split(',')
                .map(|part| Value::from(part.trim()))
                .collect(),
            _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
        };
        let mut one = Map::new();
        one.insert(name.to_owned(), value.clone());
        // Alone first, so that the sentence is about this one.
        serde_json::from_value::<Settings>(Value::Object(one))
            .map_err(|error| Error::Input(format!("{name}: {error}")))?;
        map.insert(name.to_owned(), value);
    }
    let settings: Settings = serde_json::from_value(Value::Object(map))
        .map_err(|error| Error::Input(error.to_string()))?;
    settings
        .validate()
        .map_err(|bad| Error::Input(bad.to_string()))?;
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(changes: &[&str]) -> Result<Settings, String> {
        let changes: Vec<String> = changes.iter().map(|c| (*c).to_owned()).collect();
        with(&Settings::default(), &changes).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_are_changed_by_name_and_the_rest_stays() {
        let settings = set(&["capacity=30", "name=42", "languages=en, de"]).unwrap();
        assert_eq!((settings.capacity, settings.name.as_str()), (30, "42"));
        assert_eq!(settings.languages, ["en", "de"]);
        assert_eq!(settings.rotation_s, 300);
    }

    #[test]
    fn what_is_no_setting_or_out_of_range_is_told_by_its_name() {
        for (change, told) in [
            ("capacity", "\"capacity\" is no setting"),
            ("capcity=3", "there is no setting capcity"),
            ("capacity=many", "capacity:"),
            ("capacity=0", "capacity: from 1"),
        ] {
            let sentence = set(&[change]).unwrap_err();
            assert!(sentence.starts_with(told), "{sentence}");
        }
    }
}
