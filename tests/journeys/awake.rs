//! A tablet that nobody touches: its screen stays on, and says from afar how much there is to do.

use presso_tests::{browser::PATIENCE, server::settings, stage::play};
use serde_json::{Value, json};

/// Notes what the page asks of the device.
const ASKED: &str = "window.locks = []; window.badges = [];
    navigator.wakeLock.request = kind => { locks.push(kind); return Promise.resolve({ release() {} }); };
    navigator.setAppBadge = count => { badges.push(count); return Promise.resolve(); };
    navigator.clearAppBadge = () => { badges.push(0); return Promise.resolve(); };";

#[test]
fn a_tablet_stays_awake_and_counts_its_open_orders_in_its_title_and_on_its_icon() {
    play(settings(), async |stage| {
        let bo = stage.tablet("Bo").await;
        bo.prepares(ASKED).await;
        bo.reload().await;
        bo.lane("to-make", &[]).await;
        let equals = async |script: &str, wanted: Value| {
            bo.fact(script, PATIENCE, async || {
                let seen = bo.run(script, vec![]).await;
                (seen == wanted).then_some(()).ok_or(seen.to_string())
            })
            .await;
        };
        equals("return locks", json!(["screen"])).await;
        equals("return document.title", json!("Harbour Coffee · Presso")).await;
        let ada = stage.server.guest("Ada").await;
        let code = stage.server.barista("Cy").await.code().await;
        let order = ada.orders(&code, "espresso", &[]).await;
        equals(
            "return document.title",
            json!("(1) Harbour Coffee · Presso"),
        )
        .await;
        equals("return badges.at(-1)", json!(1)).await;
        ada.cancels(order.order, None).await;
        equals("return badges.at(-1)", json!(0)).await;
        // The lock is lost whenever the page is hidden; seen again, it asks again.
        bo.run(
            "document.dispatchEvent(new Event('visibilitychange'))",
            vec![],
        )
        .await;
        equals("return locks.length", json!(2)).await;
    });
}
