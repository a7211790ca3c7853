//! The rig itself: what it is there to catch, it catches.

use presso_tests::{
    axe::{self, Contrast},
    browser::{Eye, Screen},
    server::settings,
    stage::play,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn what_keeps_people_out_of_a_page_is_seen() {
    play(settings(), async |stage| {
        let page = stage.open("a page", Screen::PHONE, Eye::None).await;
        page.goto(&stage.server.front_door()).await;
        page.shows("[data-screen=door]").await;
        assert_eq!(axe::violations(&page, Contrast::Double).await, [""; 0]);
        page.run(
            "const b = document.createElement('button'); b.className = 'button';
             document.querySelector('main').append(b);",
            vec![],
        )
        .await;
        let seen = axe::violations(&page, Contrast::Double).await;
        assert!(seen[0].starts_with("button-name:"), "{seen:?}");
        page.run(
            "const p = document.createElement('p'); p.textContent = 'hardly there';
             p.style.color = '#aaa'; document.querySelector('main').append(p);",
            vec![],
        )
        .await;
        let seen = axe::violations(&page, Contrast::Double).await.join(" ");
        assert!(seen.contains("color-contrast:"), "{seen}");
    });
}

#[test]
fn an_error_and_a_broken_policy_in_a_console_fail_the_journey() {
    let play_with = |script: &'static str| {
        catch_unwind(AssertUnwindSafe(|| {
            play(settings(), async |stage| {
                let page = stage.open("a page", Screen::PHONE, Eye::None).await;
                page.goto(&stage.server.front_door()).await;
                page.shows("[data-screen=door]").await;
                page.run(script, vec![]).await;
            });
        }))
    };
    let style = "const s = document.createElement('style'); s.textContent = 'p { color: red }';
                 document.head.append(s);";
    // Where there is no browser, both return in peace and say so.
    let calm = play_with("return 1").is_ok();
    assert!(
        calm,
        "a page that does nothing has nothing to complain about"
    );
    if presso_tests::browser::Driver::start().is_ok() {
        assert!(play_with("console.error('oh')").is_err());
        assert!(play_with(style).is_err());
    }
}
