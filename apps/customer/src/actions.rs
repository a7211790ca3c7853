//! What the phone asks of the server, and what it makes of the answers.

use crate::memory;
use crate::phone::Phone;
use crate::refusal::{Refusal, refusal};
use crate::scanner::Found;
use crate::state::{Knock, Place, State};
use leptos::{ev, prelude::*, task::spawn_local};
use presso_core::api::{
    Cancel, MyOrders, OrderAnswer, Problem, Scan, StaffVerb, Submit, SubmitBody, VerifyPasscodeBody,
};
use presso_core::code::Code;
use presso_core::order::CancelReason;
use presso_core::workflow::Verb;
use presso_ui::{host, page, toast_problem};

/// Takes the code out of the address (also when a link is opened where the page already stands),
/// or one that was not answered for before a reload; else looks for an order to come back to.
pub(crate) fn arrive(phone: Phone) {
    let by_link = move || {
        let code = page::take_fragment("c");
        let came = code.is_some();
        if let Some(code) = code {
            redeem(phone, &code);
        }
        came
    };
    let listener = window_event_listener(ev::hashchange, move |_| {
        by_link();
    });
    on_cleanup(move || listener.remove());
    if by_link() {
        return;
    }
    match memory::code() {
        Some(code) => redeem(phone, &code),
        None => come_back(phone),
    }
}

/// Goes where a scanned code leads.
pub(crate) fn follow(phone: Phone, found: Found) {
    match found {
        Found::Code(code) => redeem(phone, code.as_str()),
        Found::OtherShop(shop, code) => page::go_to(&format!("/s/{shop}#c={code}")),
        Found::Elsewhere(link) => go_elsewhere(phone, link),
        Found::NotOurs => {} // leads nowhere
    }
}

/// Asks to leave this server for the one that a code names; the system itself asks the person.
fn go_elsewhere(phone: Phone, link: String) {
    to_the_door(phone);
    spawn_local(async move {
        // After a yes the page begins anew there; a no has been said to the system already.
        if let Err(problem) = host::go(&link).await {
            toast_problem(&problem);
        }
    });
}

/// Redeems a code: makes sure of a session, then asks for a place.
pub(crate) fn redeem(phone: Phone, text: &str) {
    let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) else {
        return;
    };
    let Ok(code) = Code::parse(text) else {
        memory::keep_code(None);
        phone
            .state
            .update(|s| s.knock = Knock::Refused(Refusal::UnknownCode));
        return;
    };
    memory::keep_code(Some(code.as_str()));
    phone.state.update(|s| {
        s.place = Place::Here;
        s.knock = Knock::Asking;
    });
    spawn_local(async move {
        let asked = async {
            host::ensure_guest().await?;
            host::call(Scan { shop, code }).await
        };
        match asked.await {
            Ok(answer) => {
                memory::keep_code(None);
                phone.state.update(|s| s.follow(answer.order));
            }
            Err(problem) => {
                let why = refusal(&problem);
                if !why.same_code_again() {
                    memory::keep_code(None);
                }
                phone.state.update(|s| s.knock = Knock::Refused(why));
            }
        }
    });
}

/// Tries the code that is still to be redeemed once more.
pub(crate) fn redeem_again(phone: Phone) {
    match memory::code() {
        Some(code) => redeem(phone, &code),
        None => to_the_door(phone),
    }
}

/// Back to the door.
pub(crate) fn to_the_door(phone: Phone) {
    memory::keep_code(None);
    phone.state.update(|s| {
        s.knock = Knock::Idle;
        s.place = Place::Here;
    });
}

/// Somebody signed in without an order in hand may have one all the same: opened on another tab,
/// or forgotten by this one.
fn come_back(phone: Phone) {
    let (shop, followed) = phone.state.with_untracked(|s| (s.shop.clone(), s.followed));
    if followed.is_some() || host::who().get_untracked().is_none() {
        return;
    }
    spawn_local(async move {
        // Without an answer one just stands at the door.
        let Ok(page) = host::call(MyOrders::default()).await else {
            return;
        };
        let alive = |a: &&OrderAnswer| Some(&a.shop) == shop.as_ref() && !a.order.state.ended();
        if let Some(found) = page.orders.iter().find(alive) {
            phone.state.update(|s| {
                if s.followed.is_none() && s.knock == Knock::Idle {
                    s.follow(found.order.order);
                }
            });
        }
    });
}

/// Signs in with a one-time code, and goes back to where one was.
pub(crate) async fn sign_in(phone: Phone, to: String, code: String) -> Result<(), Problem> {
    let Some(shop) = phone.state.with_untracked(|s| s.shop.clone()) else {
        return Ok(()); // the screen is gone that could have asked
    };
    host::verify_passcode(VerifyPasscodeBody { shop, to, code }).await?;
    phone.state.update(|s| s.place = Place::Here);
    come_back(phone);
    Ok(())
}

/// Signs out: nothing of whoever was here stays on this phone.
pub(crate) async fn sign_out(phone: Phone) {
    // First what is here: without a network the server is told for a while.
    memory::keep_code(None);
    memory::keep_name("");
    phone.state.update(State::leave);
    memory::forget_orders();
    host::sign_out().await;
}

/// Orders what was chosen.
pub(crate) async fn submit(phone: Phone, name: String) -> Result<(), Problem> {
    let (order, draft) = phone
        .state
        .with_untracked(|s| (s.followed, s.draft.clone()));
    let (Some(order), Some(choice)) = (order, draft.choice()) else {
        return Ok(()); // the screen is gone that could have asked
    };
    memory::keep_name(&name);
    let body = SubmitBody {
        drink: choice.drink,
        options: choice.options,
        name: Some(name).filter(|name| !name.is_empty()),
    };
    let answer = host::call(Submit { order, body }).await?;
    phone.take(answer.order);
    Ok(())
}

/// Calls the followed order off.
pub(crate) async fn cancel(phone: Phone, reason: CancelReason) {
    let Some(order) = phone.state.with_untracked(|s| s.followed) else {
        return;
    };
    let reason = Some(reason);
    match host::call(Cancel { order, reason }).await {
        Ok(answer) => phone.take(answer.order),
        Err(problem) => toast_problem(&problem),
    }
}

/// Takes one's own last verb back.
pub(crate) async fn undo(phone: Phone) {
    let Some(order) = phone.state.with_untracked(|s| s.followed) else {
        return;
    };
    let verb = Verb::Undo;
    match host::call(StaffVerb { order, verb }).await {
        Ok(answer) => phone.take(answer.order),
        Err(problem) => toast_problem(&problem),
    }
}
