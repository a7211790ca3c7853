//! Every request: method, path, body, and whether it takes an idempotency key; and the answers.

use super::{AT, ORDER, is, uuid};
use presso_core::api::*;
use presso_core::code::Code;
use presso_core::id::OrderId;
use presso_core::menu::Menu;
use presso_core::order::{CancelReason, OrderState, Role, StaffRole};
use presso_core::settings::Settings;
use presso_core::workflow::Verb;
use serde_json::{Value, json};

#[track_caller]
fn asks(endpoint: &impl Endpoint, line: &str, body: Option<Value>, keyed: bool) {
    let call = endpoint.call();
    let method = serde_json::to_value(call.method).unwrap();
    let written = format!("{} {}", method.as_str().unwrap(), call.path);
    assert_eq!(
        (written.as_str(), call.body, call.keyed),
        (line, body, keyed)
    );
}

fn shop() -> presso_core::id::ShopId {
    "demo".parse().unwrap()
}
fn order() -> OrderId {
    OrderId(uuid())
}

#[test]
fn what_everybody_asks() {
    asks(&ListShops, "GET /v1/shops", None, false);
    asks(&GetShop { shop: shop() }, "GET /v1/shops/demo", None, false);
    asks(
        &GetMenu { shop: shop() },
        "GET /v1/shops/demo/menu",
        None,
        false,
    );
}

#[test]
fn what_a_customer_asks() {
    let code = Code::parse("abcde-12345").unwrap();
    asks(
        &Scan { shop: shop(), code },
        "POST /v1/shops/demo/scans",
        Some(json!({"code": "ABCDE12345"})),
        true,
    );
    let submit = |options: &[&str], name: Option<&str>| Submit {
        order: order(),
        body: SubmitBody {
            drink: "latte".parse().unwrap(),
            options: options.iter().map(|o| o.parse().unwrap()).collect(),
            name: name.map(Into::into),
        },
    };
    let line = format!("POST /v1/orders/{ORDER}/submit");
    asks(
        &submit(&["oat"], Some("Ada")),
        &line,
        Some(json!({"drink": "latte", "options": ["oat"], "name": "Ada"})),
        true,
    );
    asks(
        &submit(&[], None),
        &line,
        Some(json!({"drink": "latte", "options": []})),
        true,
    );
    let cancel = |reason| Cancel {
        order: order(),
        reason,
    };
    let line = format!("POST /v1/orders/{ORDER}/cancel");
    asks(&cancel(None), &line, Some(json!({})), true);
    asks(
        &cancel(Some(CancelReason::ChangedMind)),
        &line,
        Some(json!({"reason": "changed_mind"})),
        true,
    );
    let order = order();
    asks(
        &GetOrder { order },
        &format!("GET /v1/orders/{ORDER}"),
        None,
        false,
    );
    let line = format!("GET /v1/orders/{ORDER}/journey");
    asks(&GetJourney { order }, &line, None, false);
    let shares = format!("/v1/orders/{ORDER}/share");
    let line = format!("POST {shares}");
    asks(&ShareJourney { order }, &line, Some(json!({})), false);
    let line = format!("DELETE {shares}");
    asks(&UnshareJourney { order }, &line, None, false);
    let (secret, body) = ("abc".to_owned(), json!({"secret": "abc"}));
    asks(&ReadShared { secret }, "POST /v1/shared", Some(body), false);
    let find = FindOrders {
        shop: shop(),
        ending: EndedHow::CancelledBy(Role::Barista),
        search: Some("7 & x".into()),
        after: None,
    };
    let line = "GET /v1/shops/demo/orders?ending=cancelled_by_barista&search=7___x";
    asks(&find, line, None, false);
    asks(&MyOrders::default(), "GET /v1/me/orders", None, false);
    let after = Some("abc".into());
    asks(
        &MyOrders { after },
        "GET /v1/me/orders?after=abc",
        None,
        false,
    );
}

#[test]
fn what_who_runs_a_shop_asks_about_its_staff() {
    let (shop, staff) = (shop(), ORDER.parse().unwrap());
    let of_shop = "/v1/shops/demo/staff";
    let one = format!("{of_shop}/{ORDER}");
    let list = ListStaff { shop: shop.clone() };
    asks(&list, &format!("GET {of_shop}"), None, false);
    let body = InviteStaffBody {
        name: "Bo".into(),
        role: StaffRole::Barista,
    };
    asks(
        &InviteStaff {
            shop: shop.clone(),
            body,
        },
        &format!("POST {of_shop}"),
        Some(json!({"name": "Bo", "role": "barista"})),
        false,
    );
    let change = ChangeStaff {
        shop: shop.clone(),
        staff,
        body: ChangeStaffBody {
            role: StaffRole::Manager,
        },
    };
    let role = Some(json!({"role": "manager"}));
    asks(&change, &format!("PUT {one}"), role, false);
    let remove = RemoveStaff {
        shop: shop.clone(),
        staff,
    };
    asks(&remove, &format!("DELETE {one}"), None, false);
    let link = LinkStaff { shop, staff };
    asks(&link, &format!("POST {one}/link"), Some(json!({})), false);
    let body = InviteOrganiserBody { name: "Olu".into() };
    asks(
        &InviteOrganiser { body },
        "POST /v1/organisers",
        Some(json!({"name": "Olu"})),
        false,
    );
    asks(&ListOrganisers, "GET /v1/organisers", None, false);
    let one = format!("/v1/organisers/{ORDER}");
    asks(
        &RemoveOrganiser { staff },
        &format!("DELETE {one}"),
        None,
        false,
    );
    let link = LinkOrganiser { staff };
    asks(&link, &format!("POST {one}/link"), Some(json!({})), false);
}

#[test]
fn a_menu_as_a_table() {
    let (shop, line) = (shop(), "/v1/shops/demo/menu/table");
    let get = GetMenuTable { shop: shop.clone() };
    asks(&get, &format!("GET {line}"), None, false);
    let table = MenuTable { csv: "x".into() };
    let read = ReadMenuTable { shop, table };
    let body = Some(json!({"csv": "x"}));
    asks(&read, &format!("POST {line}"), body, false);
}

#[test]
fn what_staff_ask() {
    for (verb, name) in [
        (Verb::Claim, "claim"),
        (Verb::Unclaim, "unclaim"),
        (Verb::TakeOver, "takeover"),
        (Verb::Complete, "complete"),
        (Verb::Collect, "collect"),
        (Verb::Undo, "undo"),
    ] {
        let order = order();
        let line = format!("POST /v1/orders/{ORDER}/{name}");
        asks(&StaffVerb { order, verb }, &line, Some(json!({})), true);
    }
    let list = |state, after: Option<&str>| ListOrders {
        shop: shop(),
        state,
        after: after.map(Into::into),
    };
    asks(&list(None, None), "GET /v1/shops/demo/orders", None, false);
    asks(
        &list(Some(OrderState::TimedOut), Some("abc")),
        "GET /v1/shops/demo/orders?state=timed_out&after=abc",
        None,
        false,
    );
    asks(
        &GetCode { shop: shop() },
        "GET /v1/shops/demo/code",
        None,
        false,
    );
    let empty = || Some(json!({}));
    asks(
        &OpenShop { shop: shop() },
        "POST /v1/shops/demo/open",
        empty(),
        true,
    );
    asks(
        &CloseShop { shop: shop() },
        "POST /v1/shops/demo/close",
        empty(),
        true,
    );
    asks(
        &SwitchDrink {
            shop: shop(),
            drink: "latte".parse().unwrap(),
            available: false,
        },
        "PUT /v1/shops/demo/menu/latte/availability",
        Some(json!({"available": false})),
        true,
    );
    asks(
        &SwitchOption {
            shop: shop(),
            option: "oat".parse().unwrap(),
            available: true,
        },
        "PUT /v1/shops/demo/menu/options/oat/availability",
        Some(json!({"available": true})),
        true,
    );
}

#[test]
fn what_managers_and_the_operator_ask() {
    let settings = json!({
        "name": "Coffee", "rotation_s": 300, "code_places": 10, "grace_s": 60, "capacity": 20,
        "orders_per_customer": 1, "orders_per_customer_per_day": 0, "submit_within_s": 300,
        "make_within_s": 900, "collect_within_s": 600, "undo_within_s": 10,
        "tablet_silent_s": 120, "utc_offset_minutes": 0, "names_kept_days": 30, "languages": ["en"], "sign_in": "guest",
    });
    let menu = json!({"drinks": [], "groups": []});
    let line = "PUT /v1/shops/demo/settings";
    let put = PutSettings {
        shop: shop(),
        settings: Settings::default(),
    };
    asks(&put, line, Some(settings.clone()), true);
    asks(
        &GetSettings { shop: shop() },
        "GET /v1/shops/demo/settings",
        None,
        false,
    );
    let put = PutMenu {
        shop: shop(),
        menu: Menu::default(),
    };
    asks(&put, "PUT /v1/shops/demo/menu", Some(menu.clone()), true);
    let period = StartPeriod { shop: shop() };
    asks(
        &period,
        "POST /v1/shops/demo/periods",
        Some(json!({})),
        true,
    );
    let body = CreateShopBody {
        shop: shop(),
        settings: Settings::default(),
        menu: Menu::default(),
    };
    let told = json!({"shop": "demo", "settings": settings, "menu": menu});
    asks(&CreateShop { body }, "POST /v1/shops", Some(told), true);
    let link = |link_for, name: Option<&str>| CreateLink {
        shop: shop(),
        body: LinkBody {
            link_for,
            name: name.map(Into::into),
        },
    };
    let line = "POST /v1/shops/demo/links";
    let told = json!({"for": "barista", "name": "Bo"});
    asks(&link(LinkFor::Barista, Some("Bo")), line, Some(told), false);
    asks(
        &link(LinkFor::Display, None),
        line,
        Some(json!({"for": "display"})),
        false,
    );
}

#[test]
fn sessions() {
    asks(
        &BeginGuest,
        "POST /v1/session/guest",
        Some(json!({})),
        false,
    );
    let secret = || "s3cret".to_owned();
    let redeem = RedeemLink { secret: secret() };
    let told = json!({"secret": "s3cret"});
    asks(&redeem, "POST /v1/session/link", Some(told), false);
    let told = || Some(json!({"refresh": "s3cret"}));
    let refresh = Refresh { refresh: secret() };
    asks(&refresh, "POST /v1/session/refresh", told(), false);
    let end = EndSession { refresh: secret() };
    asks(&end, "POST /v1/session/end", told(), false);
    is(
        &Tokens {
            access: "a".into(),
            access_expires_at: AT,
            refresh: "r".into(),
            who: Who::guest(uuid()),
            name: None,
        },
        json!({"access": "a", "access_expires_at": AT, "refresh": "r", "name": null,
               "who": {"kind": "guest", "account": ORDER}}),
    );
    is(
        &Who::Guest {
            account: uuid(),
            verified: vec![Verified {
                shop: shop(),
                account: uuid(),
            }],
        },
        json!({"kind": "guest", "account": ORDER,
               "verified": [{"shop": "demo", "account": ORDER}]}),
    );
    let to = || "+491701234567".to_owned();
    let body = AskPasscodeBody {
        shop: shop(),
        to: to(),
    };
    let told = json!({"shop": "demo", "to": to()});
    asks(
        &AskPasscode { body },
        "POST /v1/session/code",
        Some(told),
        false,
    );
    let body = VerifyPasscodeBody {
        shop: shop(),
        to: to(),
        code: "012345".into(),
    };
    let told = json!({"shop": "demo", "to": to(), "code": "012345"});
    asks(
        &VerifyPasscode { body },
        "POST /v1/session/verify",
        Some(told),
        false,
    );
    is(
        &PasscodeAnswer {
            expires_at: AT,
            resend_at: AT,
        },
        json!({"expires_at": AT, "resend_at": AT}),
    );
    is(
        &Who::Staff {
            shop: shop(),
            staff: ORDER.parse().unwrap(),
            role: StaffRole::Manager,
            tablet: ORDER.parse().unwrap(),
            by_pin: false,
        },
        json!({"kind": "staff", "shop": "demo", "staff": ORDER, "role": "manager",
               "tablet": ORDER}),
    );
    is(
        &Who::Display { shop: shop() },
        json!({"kind": "display", "shop": "demo"}),
    );
    is(&Who::Operator, json!({"kind": "operator"}));
}

#[test]
fn answers_with_little_in_them() {
    let answer = ScanAnswer {
        order: order(),
        expires_at: AT,
    };
    is(&answer, json!({"order": ORDER, "expires_at": AT}));
    let answer = MenuAnswer {
        version: 7,
        menu: Menu::default(),
    };
    is(
        &answer,
        json!({"version": 7, "menu": {"drinks": [], "groups": []}}),
    );
    let page = OrderPage {
        orders: vec![],
        next: Some("abc".into()),
    };
    is(&page, json!({"orders": [], "next": "abc"}));
    let answer = LinkAnswer {
        link: "https://coffee.example/barista#k=s3cret".into(),
        expires_at: AT,
    };
    let told = json!({"link": "https://coffee.example/barista#k=s3cret", "expires_at": AT});
    is(&answer, told);
    is(&Nothing {}, json!({}));
}

#[test]
fn web_push() {
    asks(&GetPushKey, "GET /v1/push/key", None, false);
    asks(&Unsubscribe, "DELETE /v1/push", None, false);
    let body = SubscribeBody {
        endpoint: "https://push.example/a".into(),
        p256dh: "B".into(),
        auth: "A".into(),
    };
    assert!(!format!("{body:?}").contains("push.example"), "not printed");
    let told = json!({"endpoint": "https://push.example/a", "p256dh": "B", "auth": "A"});
    let subscribe = Subscribe { shop: shop(), body };
    asks(&subscribe, "PUT /v1/shops/demo/push", Some(told), false);
    let message = |alert| PushMessage {
        shop: shop(),
        order: order(),
        alert,
    };
    let ticket = presso_core::order::Ticket(4);
    is(
        &message(presso_core::board::Alert::Ready { ticket }),
        json!({"shop": "demo", "order": ORDER, "alert": "ready", "ticket": 4}),
    );
    let reason = CancelReason::Closing;
    is(
        &message(presso_core::board::Alert::Cancelled { reason }),
        json!({"shop": "demo", "order": ORDER, "alert": "cancelled", "reason": "closing"}),
    );
}
