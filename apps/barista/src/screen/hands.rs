//! Changing hands: whoever comes to the tablet says who they are by their PIN, and a tablet that
//! nobody touched for a while asks. What a lock keeps from whom: docs/decisions/0013-pins.md.

mod choose;
mod locked;
mod own;

pub(super) use locked::Locked;

use super::desk::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use presso_core::api::{ListColleagues, Who};
use presso_core::client::seam::Hand;
use presso_core::id::{ShopId, StaffId};
use presso_core::order::{Actor, StaffRole};
use presso_ui::{Dialog, host, idle, page, t};

/// Under which key it is kept that the tablet is locked.
const LOCKED: &str = "locked";
/// After how long without a touch a tablet locks itself, milliseconds.
const IDLE_MS: f64 = 5.0 * 60_000.0;

/// Somebody who may come in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) staff: StaffId,
    pub(super) name: String,
}

/// Who may be at this tablet; the parts find it in their context.
#[derive(Clone, Copy)]
pub(super) struct Hands {
    /// Whoever goes on says who they are first.
    pub(super) locked: RwSignal<bool>,
    /// Who comes next is being asked.
    asking: RwSignal<bool>,
    /// Who may come in, by name; whoever is at it among them once they have a PIN.
    people: RwSignal<Vec<Person>>,
    /// Who of them was chosen.
    chosen: RwSignal<Option<Person>>,
    /// Who is at it may do so without having said who they are.
    expected: StoredValue<Option<Who>>,
}

impl Hands {
    /// For as long as the page lives.
    pub(super) fn set_up() -> Self {
        let hands = Self {
            locked: RwSignal::new(false),
            asking: RwSignal::new(false),
            people: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            expected: StoredValue::new(None),
        };
        spawn_local(async move {
            let kept = host::recall(LOCKED).await.is_some();
            if kept && host::who().get_untracked().is_some() {
                hands.locked.set(true);
            }
        });
        let who = host::who();
        Effect::new(move |_| hands.sees(who.get()));
        idle::when_idle_for(IDLE_MS, move || hands.locks_itself());
        hands
    }
    pub(super) fn here() -> Self {
        expect_context()
    }
    /// Somebody else is signed in. When a shift is over, the tablet's own session is at it again,
    /// and whoever stands there need not be its owner.
    fn sees(self, who: Option<Who>) {
        let before = self.expected.get_value();
        let tablet = |who: &Who| who.member().map(|(_, tablet)| tablet);
        let (fell_back, anew) = match (&before, &who) {
            (Some(before), Some(who)) => {
                let same = tablet(before) == tablet(who);
                (same && before.by_pin() && !who.by_pin(), !same)
            }
            (_, who) => (false, who.is_none()),
        };
        // Nobody is in, or somebody who came by a link.
        if anew {
            self.unlock();
        }
        self.expected.set_value(who);
        if fell_back {
            self.lock();
        }
    }
    /// Locks, if that can be undone here without a network.
    fn locks_itself(self) {
        spawn_local(async move {
            let at = host::hands().await.into_iter().next();
            if at.is_some_and(|hand| hand.knows_pin) {
                self.lock();
            }
        });
    }
    /// Asks whoever comes next, and shows nothing until then.
    fn lock(self) {
        page::close_dialogs();
        self.chosen.set(None);
        self.locked.set(true);
        spawn_local(async move {
            // Where it cannot be kept, it is locked until the page is loaded anew.
            let _ = host::keep(LOCKED, Some("yes")).await;
        });
    }
    fn unlock(self) {
        self.chosen.set(None);
        self.asking.set(false);
        self.locked.set(false);
        spawn_local(async move {
            let _ = host::keep(LOCKED, None).await;
        });
    }
    /// Somebody typed a PIN; what is wrong with it comes back as a problem's code.
    async fn comes(self, staff: StaffId, pin: String) -> Result<(), String> {
        let before = self.expected.get_value();
        // Whoever it will be says so by this, also when the tablet's own session is theirs.
        self.expected.set_value(None);
        match host::switch(staff, pin).await {
            Ok(who) => {
                self.expected.set_value(Some(who));
                self.unlock();
                Ok(())
            }
            Err(problem) => {
                self.expected.set_value(before);
                self.sees(host::who().get_untracked());
                Err(problem.code)
            }
        }
    }
    /// Reads who may come in: of the server, and without one whose sessions are here.
    fn reads_people(self, shop: ShopId) {
        spawn_local(async move {
            let here = host::hands().await;
            let known = |hand: Hand| {
                let (staff, _) = hand.who.member().filter(|_| hand.knows_pin)?;
                let name = hand.name.unwrap_or_else(|| t!("manage-unnamed"));
                Some(Person { staff, name })
            };
            let here = here.into_iter().filter_map(known);
            self.people.update(|people| {
                for person in here {
                    if !people.contains(&person) {
                        people.push(person);
                    }
                }
            });
            let Ok(answer) = host::call(ListColleagues { shop }).await else {
                return;
            };
            let all = answer.colleagues.into_iter().map(|one| Person {
                staff: one.staff,
                name: one.name.unwrap_or_else(|| t!("manage-unnamed")),
            });
            self.people.set(all.collect());
        });
    }
}

/// The button in the bar: who is at the tablet, and who comes next.
#[component]
pub(super) fn HandsButton() -> impl IntoView {
    let (desk, hands) = (Desk::here(), use_context::<Hands>()?);
    // Organisers are of no shop, and come in by their own link.
    if matches!(
        desk.actor,
        Actor::Staff {
            role: StaffRole::Organiser,
            ..
        }
    ) {
        return None;
    }
    let name = desk.hand.with_value(|hand| hand.name.clone());
    let name = name.unwrap_or_else(|| t!("manage-unnamed"));
    let open = move |_| {
        hands.chosen.set(None);
        hands.reads_people(desk.shop.get_value());
        hands.asking.set(true);
    };
    let label = t!("hands-button-full", name = name.clone());
    Some(view! {
        <button type="button" class="button quiet hands-button" aria-label=label data-test="hands" on:click=open>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
                <circle cx="12" cy="8" r="4"/><path d="M4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6"/>
            </svg>
            <span class="hands-name">{name}</span>
        </button>
        <Dialog open=hands.asking title=t!("hands-title")>
            <choose::Choose but=Some(desk.hand.with_value(|hand| hand.staff))/>
            <own::Own/>
        </Dialog>
    })
}
