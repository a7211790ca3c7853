//! The laws that are asked after every step; at the end the one checker is asked as well.

use crate::errand::{Errand, Wish, short};
use crate::server::Server;
use crate::shop;
use crate::world::World;
use presso_backend::engine::{Answer, Error};
use presso_core::board::{NoNames, Topic, View, snapshot};
use presso_core::shop::Shop;
use presso_core::workflow::{Event, EventKind, evolve};

/// The shop as the disk has it.
pub(crate) struct Truth {
    pub(crate) shop: Shop,
}

impl Truth {
    pub(crate) fn new() -> Self {
        let shop = Shop::new(shop::id());
        Self { shop }
    }

    /// Folds what is newly on disk; answers which law it breaks.
    fn take(&mut self, event: &Event) -> Option<String> {
        let shop = &mut self.shop;
        let (version, before) = (event.version, shop.in_progress);
        let due = event
            .kind
            .order()
            .and_then(|id| shop.orders.get(&id)?.deadline());
        let by_time = matches!(
            event.kind,
            EventKind::OrderTimedOut { .. } | EventKind::OrderSwept { .. }
        );
        if version != shop.version + 1 {
            return Some(format!("version {version} is there after {}", shop.version));
        }
        if by_time && due.is_none_or(|due| event.at < due) {
            let due = due.map(|due| due.ms_since(event.at));
            return Some(format!("version {version}: time acts {due:?} ms too early"));
        }
        evolve(shop, event);
        let (capacity, places) = (shop.settings.capacity, shop.settings.code_places);
        if shop.in_progress > before && shop.in_progress > capacity {
            let now = shop.in_progress;
            return Some(format!(
                "version {version}: {now} orders in progress of {capacity}"
            ));
        }
        if let EventKind::OrderStarted { window, .. } = &event.kind
            && shop.places.get(window).is_some_and(|taken| *taken > places)
        {
            return Some(format!("version {version}: more than {places} places"));
        }
        None
    }
}

impl World {
    /// Whatever is new on disk keeps the limits, and time did not act early.
    pub(crate) fn law_journal(&mut self) {
        let now = self.now();
        let disk = self.journal.disk.clone();
        let mut disk = disk.lock();
        disk.settle(now);
        let known = usize::try_from(self.truth.shop.version).unwrap_or(usize::MAX);
        let mut broken = Vec::new();
        for event in disk.store.events.get(known..).unwrap_or_default() {
            self.laws += 1;
            broken.extend(self.truth.take(event));
            self.story.tell(|| {
                let order = event.kind.order().map(|order| short(order.0));
                let (version, name) = (event.version, event.kind.name());
                format!("  on disk: {version} {name} {}", order.unwrap_or_default())
            });
        }
        drop(disk);
        for why in broken {
            self.hold(false, || why);
        }
    }

    /// Nothing is shown that is not on disk.
    pub(crate) fn law_hub(&mut self) {
        let Server::Up(node) = &self.server else {
            return;
        };
        let shown = node
            .hub
            .facts(&shop::id())
            .map_or(0, |(version, _)| version);
        let there = self.truth.shop.version;
        self.hold(shown <= there, || {
            format!("the hub shows version {shown}, the disk has {there}")
        });
    }

    /// Whoever is answered is answered with what is on disk.
    pub(crate) fn law_answer(&mut self, errand: &Errand, answer: &Result<Answer, Error>) {
        let Ok(answer) = answer else {
            return;
        };
        let there = self.truth.shop.version;
        let said = answer.version;
        self.hold(said <= there, || {
            let name = errand.name();
            format!("{name} is answered at version {said}, the disk has {there}")
        });
        if let Wish::Scan(_) = errand.wish {
            let known = errand.read(Ok(answer.clone()));
            let text = format!("{:?}", known.came);
            self.hold(text.contains("Started"), || {
                format!("a scan is answered {text}")
            });
        }
    }

    /// What a screen shows of the newest version is what the journal says.
    pub(crate) fn law_shown(&mut self, at: usize, topic: &Topic, version: u64, view: &View) {
        if version != self.truth.shop.version {
            return; // the checker looks at every version, when all is over
        }
        let Some((head, truth)) = snapshot(&self.truth.shop, topic, &NoNames) else {
            return;
        };
        let holds = head != version || truth == *view;
        let name = self.devices[at].name.clone();
        self.hold(holds, || {
            format!("{name} shows {topic} at {version} as {view:?}, the journal has {truth:?}")
        });
    }
}
