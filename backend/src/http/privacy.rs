//! Erasing: by customers what is theirs, by who runs a shop what its people left there.

use super::body::{Answer, Json};
use super::failure::too_often;
use super::refusal::Refusal;
use super::who::{At, By, Customers, Leads, pseudonyms};
use crate::app::App;
use crate::identity::{self, Erased, Write, Written, erase_customer, staff_ids_of};
use axum::extract::State;
use axum::http::StatusCode;
use presso_core::api::{ErasedRows, MeErased, Nothing, Proof, ShopErased, Who};
use presso_core::id::{ShopId, StaffId};
use presso_core::workflow::Rejection;

/// One shop is erased at a time, since the database is written anew; how long others wait, seconds.
const BUSY_S: u32 = 10;

pub(super) async fn erase_me(
    State(app): State<App>,
    by: By<Customers>,
) -> Result<Answer<MeErased>, Refusal> {
    let who = by.0.who;
    let Who::Guest { account, verified } = &who else {
        return Err(Refusal::not_allowed());
    };
    let account = *account;
    let mut accounts = vec![account];
    accounts.extend(verified.iter().map(|one| one.account));
    let mut known_as = Vec::new();
    for shop in app.hub.shops() {
        known_as.extend(pseudonyms(&app, &who, &shop).map(|own| (shop.clone(), own)));
    }
    let now = app.clock.now();
    // In one commit, so that nobody is signed out of what is not erased yet.
    let write = move |db: &rusqlite::Connection| {
        // Before the sessions end, which takes their subscriptions along uncounted.
        let erased = erase_customer(db, &accounts, &known_as)?;
        match identity::apply(db, &Write::EndAll { account }, now)? {
            Written::EndedAll(families) => Ok((erased, families)),
            _ => Ok((erased, Vec::new())),
        }
    };
    let (erased, families) = app.engine.write(write).await?;
    for family in &families {
        app.sessions.end(*family, now);
    }
    app.hub.forget_names(&erased.orders);
    let mut erased = rows(erased.rows);
    erased.push(ErasedRows {
        table: "family".into(),
        rows: families.len() as u64,
    });
    Ok(Answer(MeErased { erased }))
}

pub(super) async fn erase_shop(
    State(app): State<App>,
    at: At<Leads>,
    Json(Nothing {}): Json<Nothing>,
) -> Result<Answer<ShopErased>, Refusal> {
    let Ok(mut unproven) = app.erasing.try_lock() else {
        return Err(too_often(BUSY_S));
    };
    let shop = at.shop;
    let stands = app.hub.committed(&shop).ok_or(Rejection::ShopUnknown)?;
    if stands.open || stands.has_live_orders() {
        return Err(Refusal::new(
            StatusCode::CONFLICT,
            "shop_open",
            "close the shop and let its orders end first: their names are still needed",
        ));
    }
    let now = app.clock.now();
    let (erased, staff) = app.erase_shop(shop).await?;
    // What was to be delivered is counted anew.
    app.bus.somebody_changed_it();
    for staff in staff {
        app.hub.name_staff(StaffId(staff), None);
    }
    app.hub.forget_names(&erased.orders);
    // Asked again after a failure here, nothing more goes, and this is still looked for.
    unproven.extend(erased.values);
    let (scrubber, values) = (app.reader.scrubber().clone(), unproven.clone());
    let scrubbed = tokio::task::spawn_blocking(move || scrubber.scrub(&values)).await;
    let scrubbed = scrubbed.map_err(|_| Refusal::internal())??;
    unproven.clear();
    Ok(Answer(ShopErased {
        at: now,
        erased: rows(erased.rows),
        proof: Proof {
            bytes: scrubbed.bytes,
            searched: scrubbed.searched as u64,
            too_short: scrubbed.too_short as u64,
            left: scrubbed.left as u64,
            elsewhere: rows(scrubbed.elsewhere),
        },
    }))
}

fn rows<T: Into<String>>(all: Vec<(T, usize)>) -> Vec<ErasedRows> {
    let one = |(table, rows): (T, usize)| ErasedRows {
        table: table.into(),
        rows: rows as u64,
    };
    all.into_iter().map(one).collect()
}

impl App {
    async fn erase_shop(&self, shop: ShopId) -> Result<(Erased, Vec<uuid::Uuid>), Refusal> {
        let write = move |db: &rusqlite::Connection| {
            let staff = staff_ids_of(db, &shop)?;
            Ok((identity::erase_shop(db, &shop)?, staff))
        };
        Ok(self.engine.write(write).await?)
    }
}
