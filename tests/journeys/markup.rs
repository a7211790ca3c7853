//! Names that are markup: of drinks, options, shops, customers and baristas. All are shown as the
//! text that they are, nothing of them runs, and no policy had to stop anything: a policy that is
//! broken fails every journey.

use presso_core::{api::PutMenu, menu::Menu, settings::Settings};
use presso_tests::{
    browser::{Browser, Eye, Screen},
    raw::post,
    server::{menu, settings},
    stage::{Phone, play},
};
use serde_json::json;

const PICTURE: &str = "<img src=x onerror=ran()>";
const SCRIPT: &str = "<script>ran()</script>";
const DRAWING: &str = "\"><svg onload=ran()>";
const LINK: &str = "<a href=javascript:ran()>Oat</a>";

/// A menu whose every name is one of these.
fn marked_up() -> Menu {
    let mut menu = menu();
    for drink in &mut menu.drinks {
        drink.name = match drink.id.as_str() {
            "latte" => PICTURE.into(),
            _ => format!("{} {SCRIPT}", drink.name),
        };
        drink.icon = DRAWING.into();
    }
    for group in &mut menu.groups {
        group.name = format!("{} {DRAWING}", group.name);
        for option in &mut group.options {
            option.name = match option.id.as_str() {
                "oat" => LINK.into(),
                _ => format!("{} {PICTURE}", option.name),
            };
        }
    }
    menu
}

/// Notes what runs, from the page's first line on.
async fn listens(page: &Browser) {
    let note = "window.runs = 0; window.ran = () => { window.runs += 1; };";
    page.begins_pages_with(note).await;
}

/// Nothing ran, and nothing of it became a part of the page.
async fn is_text(page: &Browser) {
    let parts = "return [window.runs, document.querySelectorAll(
        'img[src=x], [onerror], [onload], [href^=javascript], body script:not([src])').length]";
    assert_eq!(
        page.run(parts, vec![]).await,
        json!([0, 0]),
        "{}",
        page.name
    );
}

#[test]
fn markup_in_names_is_read_by_people_and_by_no_browser() {
    let shop = Settings {
        name: format!("Harbour {PICTURE}"),
        ..settings()
    };
    play(shop, async |stage| {
        let (shop, menu) = (stage.server.shop.clone(), marked_up());
        let put = PutMenu { shop, menu };
        stage.server.operator().call(put).await.expect("a menu");

        let tv = stage.tv().await;
        listens(&tv).await;
        tv.reload().await;
        tv.sees(PICTURE).await; // the shop's name
        let bo = stage.tablet(DRAWING).await;
        listens(&bo).await;
        bo.reload().await;
        bo.sees(PICTURE).await;

        let ada = Phone::of(stage.open("Ada", Screen::PHONE, Eye::None).await);
        listens(&ada).await;
        let link = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        ada.goto(&link).await;
        ada.screen("menu").await;
        ada.sees(SCRIPT).await;
        is_text(&ada).await;
        ada.press_in("main", PICTURE).await;
        ada.screen("options").await;
        ada.sees(DRAWING).await;
        is_text(&ada).await;
        ada.press(LINK).await;
        ada.press("Continue").await;
        ada.screen("review").await;
        ada.sees(LINK).await;
        let ticket = ada.places(PICTURE).await;
        is_text(&ada).await;

        bo.lane("to-make", &[ticket]).await;
        bo.sees(&format!("for {PICTURE}")).await;
        bo.sees(LINK).await;
        bo.starts(ticket).await;
        bo.finishes(ticket).await;
        bo.checked("names that are markup").await;
        is_text(&bo).await;
        tv.calls(&[ticket]).await;
        is_text(&tv).await;
        ada.screen("ready").await;
        ada.sees(PICTURE).await;
        ada.checked("names that are markup").await;
        is_text(&ada).await;

        // The list of shops is made by the server.
        let list = stage.open("the list", Screen::PHONE, Eye::None).await;
        listens(&list).await;
        list.goto(&stage.server.address).await;
        list.sees(PICTURE).await;
        is_text(&list).await;

        // A colleague's tablet shows whose the order is.
        let cy = stage.tablet("Cy").await;
        listens(&cy).await;
        cy.reload().await;
        let eve = stage.server.guest("Eve").await;
        let code = stage.server.barista("Dee").await.code().await;
        let order = eve.orders(&code, "espresso", &[]).await;
        let next = order.ticket.map(|t| t.0).expect("it was ordered");
        bo.starts(next).await;
        cy.sees(&format!("{DRAWING} has it")).await;
        is_text(&cy).await;
        // And a reason is one of a list.
        let cancel = format!("/v1/orders/{}/cancel", order.order);
        let forged = post(&eve, &cancel, &json!({ "reason": PICTURE }));
        let refused = forged.send(&stage.server).await;
        assert_eq!((refused.status, refused.text("field")), (422, "reason"));
    });
}

#[test]
fn markup_in_addresses_is_nothing_but_an_address() {
    play(settings(), async |stage| {
        let server = &stage.server.address;
        for place in [
            format!("/s/demo#c={PICTURE}"),
            "/s/demo?c=%3Cimg%20src=x%20onerror=ran()%3E".to_owned(),
            format!("/barista#k={DRAWING}"),
            format!("/display#k={SCRIPT}"),
        ] {
            let page = stage.open(&place, Screen::PHONE, Eye::None).await;
            listens(&page).await;
            page.goto(&format!("{server}{place}")).await;
            page.shows("body *").await;
            is_text(&page).await;
        }
    });
}
