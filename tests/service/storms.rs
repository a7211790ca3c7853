//! The apps' own client behind lines that are cut, slow, late, mute, or forgotten. After each storm
//! every screen shows what the server has, within two seconds of the network's return.

use crate::reach;
use presso_core::board::{Topic, View};
use presso_core::client::{Client, Config, InMemory, Seen, Watch};
use presso_core::settings::Settings;
use presso_core::workflow::Verb;
use presso_tests::line::{Line, Weather};
use presso_tests::people::Person;
use presso_tests::server::{self, Server};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long after the network's return a screen may show something else.
const WITHIN: Duration = Duration::from_secs(2);
/// How many screens there are of each kind.
const SCREENS: usize = 3;

/// A device behind a line of its own.
struct Screen {
    line: Line,
    client: Client,
    watch: Watch,
    shown: Option<View>,
}

impl Screen {
    async fn new(server: &Server, topic: Topic) -> Self {
        let line = Line::to(&server.address).await;
        let client = Client::new(Config {
            base_url: line.address.clone(),
            app: "test/0.1.0".into(),
            tokens: Arc::new(InMemory::default()),
        });
        if matches!(topic, Topic::Queue(_)) {
            reach::lets_in(server, &client).await;
        }
        let mut screen = Self {
            line,
            watch: client.watch(topic),
            client,
            shown: None,
        };
        screen.looks().await;
        screen
    }

    async fn looks(&mut self) {
        match reach::within(self.watch.next()).await {
            Some(Seen::View { view, .. }) => self.shown = Some(view),
            other => panic!("{other:?}"),
        }
    }

    /// Looks until it shows this.
    async fn shows(&mut self, truth: &View) {
        while self.shown.as_ref() != Some(truth) {
            self.looks().await;
        }
    }
}

/// What the server has, as somebody sees it who has just come, without a line between.
async fn truth(client: &Client, topic: &Topic) -> View {
    match reach::within(client.watch(topic.clone()).next()).await {
        Some(Seen::View { view, .. }) => view,
        other => panic!("{other:?}"),
    }
}

/// A shop at work.
struct Shop {
    server: Server,
    bo: Person,
    guests: usize,
}

impl Shop {
    async fn open() -> Self {
        let settings = Settings {
            code_places: 1000,
            capacity: 1000,
            ..server::settings()
        };
        let server = Server::start(settings).await;
        let bo = server.barista("Bo").await;
        Self {
            server,
            bo,
            guests: 0,
        }
    }

    /// Some come, one is served, one waits.
    async fn works(&mut self) {
        let code = self.bo.code().await;
        for step in 0..2 {
            self.guests += 1;
            let guest = self.server.guest(&format!("guest {}", self.guests)).await;
            let order = guest.orders(&code, "espresso", &[]).await.order;
            self.bo.does(Verb::Claim, order).await;
            if step == 0 {
                self.bo.does(Verb::Complete, order).await;
                self.bo.does(Verb::Collect, order).await;
            }
        }
    }

    async fn screens(&self) -> Vec<Screen> {
        let shop = || self.server.shop.clone();
        let mut screens = Vec::new();
        for _ in 0..SCREENS {
            screens.push(Screen::new(&self.server, Topic::Board(shop())).await);
            screens.push(Screen::new(&self.server, Topic::Queue(shop())).await);
        }
        screens
    }

    /// Waits until every screen shows what is so; answers how long that took since then.
    async fn is_shown_by(&self, screens: &mut [Screen], since: Instant) -> Duration {
        let direct = reach::watcher(&self.server).await;
        for screen in screens {
            let truth = truth(&direct, screen.watch.topic()).await;
            screen.shows(&truth).await;
        }
        since.elapsed()
    }
}

#[tokio::test(flavor = "current_thread")]
async fn after_every_storm_all_screens_show_what_is_so_within_two_seconds() {
    let mut shop = Shop::open().await;
    let mut screens = shop.screens().await;
    let fair = Weather::default();
    let late = Weather {
        delay: Duration::from_millis(120),
        ..fair
    };
    let slow = Weather {
        bytes_a_second: 1_000,
        ..fair
    };
    let mute = Weather {
        is_mute: true,
        ..fair
    };
    for round in 0..2 {
        for storm in [Some(late), Some(slow), Some(mute), None] {
            for screen in &screens {
                match storm {
                    Some(weather) => screen.line.set(weather),
                    None => screen.line.cut(),
                }
            }
            shop.works().await;
            let back = Instant::now();
            for screen in &screens {
                screen.line.set(fair);
                screen.line.mend();
                // As a browser tells a page, and a system an app.
                screen.client.nudge();
            }
            let took = shop.is_shown_by(&mut screens, back).await;
            println!("round {round}, {storm:?}: all screens after {took:?}");
            assert!(took < WITHIN, "{storm:?}: {took:?}");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_connection_that_the_way_has_forgotten_is_noticed_and_another_made() {
    let mut shop = Shop::open().await;
    let mut screens = shop.screens().await;
    for screen in &screens {
        screen.line.forget();
    }
    shop.works().await;
    let back = Instant::now();
    for screen in &screens {
        screen.client.nudge();
    }
    // It is asked whether it is still there, and has five seconds to say so.
    let took = shop.is_shown_by(&mut screens, back).await;
    println!("all screens after {took:?}");
    assert!(took < Duration::from_secs(5) + WITHIN, "{took:?}");
}
