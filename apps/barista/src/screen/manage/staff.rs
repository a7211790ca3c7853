//! Who works here: invited, promoted, sent another link, removed.

use super::super::desk::Desk;
use super::qr::LinkShown;
use super::{Read, Refused};
use leptos::{ev, prelude::*};
use presso_core::api::{
    ChangeStaff, ChangeStaffBody, ClearPin, InviteStaff, InviteStaffBody, LinkStaff, ListStaff,
    RemoveStaff, StaffAnswer, StaffView,
};
use presso_core::order::StaffRole;
use presso_core::time::Timestamp;
use presso_ui::{Button, ButtonKind, Dialog, Loading, t};

#[derive(Clone)]
struct Link {
    name: String,
    link: String,
    expires_at: Timestamp,
}

/// What the parts of this tab share.
#[derive(Clone, Copy)]
struct Staff {
    desk: Desk,
    list: Read<StaffAnswer>,
    /// The link to show, and whether it is shown.
    link: RwSignal<Option<Link>>,
    linked: RwSignal<bool>,
    /// Who is about to be removed, and whether that is being asked.
    removing: RwSignal<Option<StaffView>>,
    asking: RwSignal<bool>,
}

impl Staff {
    fn reread(self) {
        let shop = self.desk.shop.get_value();
        self.list.read(ListStaff { shop });
    }
    fn shows(self, link: Link) {
        self.link.set(Some(link));
        self.linked.set(true);
        self.reread();
    }
}

/// Who works here.
#[component]
pub(super) fn StaffTab() -> impl IntoView {
    let staff = Staff {
        desk: Desk::here(),
        list: Read::new(),
        link: RwSignal::new(None),
        linked: RwSignal::new(false),
        removing: RwSignal::new(None),
        asking: RwSignal::new(false),
    };
    staff.reread();
    let people = move || match staff.list.answer.get() {
        None => view! { <Loading/> }.into_any(),
        Some(answer) => {
            let rows = answer.staff.into_iter();
            view! { <ul class="rows" data-test="people">{rows.map(|one| view! { <Person staff=staff one=one/> }).collect_view()}</ul> }
                .into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="invite-title">
            <h2 id="invite-title">{t!("manage-invite")}</h2>
            <Invite staff=staff/>
        </section>
        <section class="panel" aria-labelledby="people-title">
            <h2 id="people-title">{t!("manage-people")}</h2>
            <Refused sentence=staff.list.refused/>
            {people}
        </section>
        <LinkDialog staff=staff/>
        <RemoveDialog staff=staff/>
    }
}

#[component]
fn Invite(staff: Staff) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let manager = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let role = role(manager.get_untracked());
        let body = InviteStaffBody {
            name: name.get_untracked(),
            role,
        };
        let asks = Read::<()> {
            answer: RwSignal::new(None),
            refused,
        };
        let called = body.name.trim().to_owned();
        let shop = staff.desk.shop.get_value();
        asks.does(InviteStaff { shop, body }, move |invited| {
            name.set(String::new());
            staff.shows(Link {
                name: called,
                link: invited.link,
                expires_at: invited.expires_at,
            });
        });
    };
    view! {
        <form class="line-form" on:submit=send>
            <div class="field grow">
                <label for="invite-name">{t!("manage-invite-name")}</label>
                <input
                    id="invite-name" class="input" type="text" maxlength="40" autocomplete="off" data-test="invite-name"
                    aria-describedby="invite-refused" aria-invalid=move || refused.get().map(|_| "true")
                    prop:value=move || name.get() on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <div class="field">
                <label for="invite-role">{t!("manage-invite-role")}</label>
                <select id="invite-role" class="input" data-test="invite-role" on:change=move |event| manager.set(event_target_value(&event) == "manager")>
                    <option value="barista">{title(StaffRole::Barista)}</option>
                    <option value="manager">{title(StaffRole::Manager)}</option>
                </select>
            </div>
            <button type="submit" class="button" data-test="invite">{t!("manage-invite-do")}</button>
        </form>
        <p id="invite-refused" class="wrong-text" role="alert">{move || refused.get()}</p>
        <p class="soft small">{t!("manage-invite-hint")}</p>
    }
}

#[component]
fn Person(staff: Staff, one: StaffView) -> impl IntoView {
    let name = one.name.clone().unwrap_or_else(|| t!("manage-unnamed"));
    let state = match (one.current, one.joined, one.link_until) {
        (true, ..) => t!("manage-person-you"),
        (false, true, None) => t!("manage-person-in"),
        (false, true, Some(_)) => t!("manage-person-another"),
        (false, false, Some(_)) => t!("manage-person-invited"),
        (false, false, None) => t!("manage-person-expired"),
    };
    let (id, shop) = (one.staff, staff.desk.shop);
    let other = role(one.role == StaffRole::Barista);
    let promote = {
        let body = ChangeStaffBody { role: other };
        move |()| {
            let shop = shop.get_value();
            let change = ChangeStaff {
                shop,
                staff: id,
                body,
            };
            staff.list.does(change, move |_| staff.reread());
        }
    };
    let link = {
        let name = name.clone();
        move |()| {
            let (shop, name) = (shop.get_value(), name.clone());
            let link = LinkStaff { shop, staff: id };
            staff.list.does(link, move |answer| {
                staff.shows(Link {
                    name,
                    link: answer.link,
                    expires_at: answer.expires_at,
                });
            });
        }
    };
    let remove = {
        let one = one.clone();
        move |()| {
            staff.removing.set(Some(one.clone()));
            staff.asking.set(true);
        }
    };
    let clear = move |()| {
        let shop = shop.get_value();
        let clear = ClearPin { shop, staff: id };
        staff.list.does(clear, move |_| staff.reread());
    };
    let label = match other {
        StaffRole::Manager => t!("manage-promote"),
        _ => t!("manage-demote"),
    };
    let longer = |label: &str| t!("manage-of", what = label.to_owned(), name = name.clone());
    let (of_promote, of_link) = (longer(&label), longer(&t!("manage-relink")));
    let of_clear = longer(&t!("manage-clear-pin"));
    let pin = one.has_pin.then(|| {
        view! { <Button label=t!("manage-clear-pin") kind=ButtonKind::Quiet name=of_clear on_press=clear test="clear-pin"/> }
    });
    let of_remove = longer(&t!("manage-remove"));
    let others = (!one.current).then(|| {
        view! {
            <Button label=label kind=ButtonKind::Quiet name=of_promote on_press=promote test="promote"/>
            <Button label=t!("manage-remove") kind=ButtonKind::DangerQuiet name=of_remove on_press=remove test="remove"/>
        }
    });
    view! {
        <li class="row-item" data-person=name.clone()>
            <div class="row-what">
                <span class="row-name">{name.clone()}</span>
                <span class="row-state"><span class="pill">{title(one.role)}</span>" "<span class="soft">{state}</span></span>
            </div>
            <div class="row-deeds">
                <Button label=t!("manage-relink") kind=ButtonKind::Quiet name=of_link on_press=link test="relink"/>
                {pin}
                {others}
            </div>
        </li>
    }
}

#[component]
fn LinkDialog(staff: Staff) -> impl IntoView {
    let title = Signal::derive(move || {
        let name = staff
            .link
            .with(|link| link.as_ref().map(|l| l.name.clone()));
        t!("manage-link-title", name = name.unwrap_or_default())
    });
    view! {
        <Dialog open=staff.linked title=title dismiss=t!("manage-link-done")>
            {move || staff.link.get().map(|l| view! { <LinkShown name=l.name link=l.link expires_at=l.expires_at/> })}
        </Dialog>
    }
}

#[component]
fn RemoveDialog(staff: Staff) -> impl IntoView {
    let title = Signal::derive(move || {
        let removing = staff.removing.get().and_then(|one| one.name);
        let name = removing.unwrap_or_else(|| t!("manage-unnamed"));
        t!("manage-remove-title", name = name)
    });
    let remove = move |()| {
        staff.asking.set(false);
        let Some(one) = staff.removing.get_untracked() else {
            return;
        };
        let (shop, staff_id) = (staff.desk.shop.get_value(), one.staff);
        let remove = RemoveStaff {
            shop,
            staff: staff_id,
        };
        staff.list.does(remove, move |_| staff.reread());
    };
    view! {
        <Dialog open=staff.asking title=title dismiss=t!("manage-remove-no")>
            <p>{t!("manage-remove-body")}</p>
            <Button label=t!("manage-remove-yes") kind=ButtonKind::Danger class="wide" on_press=remove test="remove-yes"/>
        </Dialog>
    }
}

const fn role(manager: bool) -> StaffRole {
    if manager {
        StaffRole::Manager
    } else {
        StaffRole::Barista
    }
}

fn title(role: StaffRole) -> String {
    match role {
        StaffRole::Barista => t!("manage-role-barista"),
        StaffRole::Manager => t!("manage-role-manager"),
        StaffRole::Organiser => t!("manage-role-organiser"),
    }
}
