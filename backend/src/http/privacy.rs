//! Erasing: by customers what is theirs, by who runs a shop what its people left there.

use super::body::{Answer, Json};
use super::failure::too_often;
use super::leave::Leave;
use super::refusal::Refusal;
use super::roles::{Customers, Leads};
use super::who::{At, By, known_as, renew};
use crate::app::App;
use crate::identity::{
    self, Erased, KnownAs, end_these, erase_customer, sessions_as, staff_ids_of, whose,
};
use axum::extract::State;
use axum::http::StatusCode;
use presso_core::api::{ErasedRows, MeErased, Nothing, Proof, ShopErased, Who};
use presso_core::id::{ShopId, StaffId};
use presso_core::workflow::Rejection;
use rusqlite::Connection;
use std::sync::Arc;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

/// One shop is erased at a time, since the database is written anew; how long others wait, seconds.
const BUSY_S: u32 = 10;

/// What went and has not been looked for yet.
type Unproven = OwnedMutexGuard<Vec<Vec<u8>>>;

pub(super) async fn erase_me(
    State(app): State<App>,
    by: By<Customers>,
) -> Result<Answer<MeErased>, Refusal> {
    let family = by.0.family.ok_or_else(renew)?;
    let (own, now) = (app.clone(), app.clock.now());
    // In one commit, so that nobody is signed out of what is not erased yet.
    let write = move |db: &Connection| {
        // As it is on disk: the token may be older than the last sign-in.
        let Some(who) = whose(db, family, now)? else {
            return Ok(None);
        };
        let Who::Guest { account, verified } = &who else {
            return Ok(None);
        };
        let of_shop = |shop: ShopId| {
            let known = known_as(&own, &who, &shop);
            known.map(move |(account, customer)| (shop.clone(), account, customer))
        };
        let known: Vec<KnownAs> = own.hub.shops().into_iter().flat_map(of_shop).collect();
        let families = sessions_as(db, (*account, verified), now)?;
        // Before the sessions end, which takes their subscriptions along uncounted.
        let erased = erase_customer(db, &known, &families)?;
        end_these(db, &families, now)?;
        Ok(Some((erased, families)))
    };
    let told = app.clone();
    let tell = move |done: &Option<(Erased, Vec<Uuid>)>| {
        if let Some((erased, families)) = done {
            told.are_over(families);
            told.hub.forget_names(&erased.orders);
        }
    };
    let done = app.engine.write_and_tell(write, tell).await?;
    let (erased, families) = done.ok_or_else(renew)?;
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
    let Ok(unproven) = Arc::clone(&app.erasing).try_lock_owned() else {
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
    // To its end, whether or not anybody waits for it: what went is looked for.
    let work = tokio::spawn(prove(app.clone(), at.leave, shop, unproven));
    let proof = work.await.map_err(|_| Refusal::internal())?;
    proof.map(Answer)
}

async fn prove(
    app: App,
    leave: Leave,
    shop: ShopId,
    mut unproven: Unproven,
) -> Result<ShopErased, Refusal> {
    let now = app.clock.now();
    let (erased, _) = app.erase_shop(leave, shop).await?;
    // Asked again after a failure here, nothing more goes, and this is still looked for.
    unproven.extend(erased.values);
    let (scrubber, values) = (app.reader.scrubber().clone(), unproven.clone());
    let scrubbed = tokio::task::spawn_blocking(move || scrubber.scrub(&values)).await;
    let scrubbed = scrubbed.map_err(|_| Refusal::internal())??;
    unproven.clear();
    Ok(ShopErased {
        at: now,
        erased: rows(erased.rows),
        proof: Proof {
            bytes: scrubbed.bytes,
            searched: scrubbed.searched as u64,
            too_short: scrubbed.too_short as u64,
            left: scrubbed.left as u64,
            elsewhere: rows(scrubbed.elsewhere),
        },
    })
}

fn rows<T: Into<String>>(all: Vec<(T, usize)>) -> Vec<ErasedRows> {
    let one = |(table, rows): (T, usize)| ErasedRows {
        table: table.into(),
        rows: rows as u64,
    };
    all.into_iter().map(one).collect()
}

impl App {
    async fn erase_shop(&self, leave: Leave, shop: ShopId) -> Result<(Erased, Vec<Uuid>), Refusal> {
        let write = move |db: &Connection| {
            let staff = staff_ids_of(db, &shop)?;
            Ok((identity::erase_shop(db, &shop)?, staff))
        };
        let tell = |app: &Self, (erased, staff): &(Erased, Vec<Uuid>)| {
            // What was to be delivered is counted anew.
            app.bus.somebody_changed_it();
            for staff in staff {
                app.hub.name_staff(StaffId(*staff), None);
            }
            app.hub.forget_names(&erased.orders);
        };
        self.rows_as(leave, write, tell).await
    }
}
