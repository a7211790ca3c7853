//! The scan screen: what it finds, what it cannot, and what it then says to do.

use presso_tests::{browser::Eye, server::settings, stage::play};
use serde_json::json;

#[test]
fn a_code_is_read_from_a_picture_and_what_is_no_code_says_so() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        tv.code().await;
        let picture = stage.file("tv.png", &tv.picture().await);
        let ada = stage.phone("Ada", Eye::None).await;
        let nothing = stage.file("phone.png", &ada.picture().await);
        let text = stage.file("list.png", b"milk, beans");
        ada.press("Scan the code").await;
        ada.sees("There is no camera").await;
        ada.chooses_file("[data-test=picture]", &text).await;
        ada.sees("not a picture we can open").await;
        ada.chooses_file("[data-test=picture]", &nothing).await;
        ada.sees("no code to be read in this picture").await;
        ada.checked("a picture without a code").await;
        ada.press("Type the code").await;
        ada.chooses_file("[data-test=picture]", &picture).await;
        ada.screen("menu").await;
        tv.sees("9 places left").await;
    });
}

#[test]
fn a_code_of_something_else_is_outlined_and_told_apart() {
    play(settings(), async |stage| {
        let poster = stage.film_of_poster("WIFI:S:guest;T:WPA;P:secret;;");
        let ada = stage.phone("Ada", poster).await;
        ada.press("Scan the code").await;
        ada.sees("This is another code").await;
        ada.shows("[data-test=found] polygon").await;
        // It lies over the code, which is in the middle of the picture.
        let [left, top, width, height] = ada.place_of("[data-test=found] polygon").await;
        let [frame_left, frame_top, frame_width, frame_height] = ada.place_of(".viewfinder").await;
        let across = (left + width / 2.0) - (frame_left + frame_width / 2.0);
        let down = (top + height / 2.0) - (frame_top + frame_height / 2.0);
        assert!(across.abs() < frame_width / 8.0 && down.abs() < frame_height / 8.0);
        assert!(width > frame_width / 4.0 && height > frame_height / 8.0);
        ada.checked("another code").await;
    });
}

#[test]
fn who_finds_nothing_for_long_is_told_how_to_hold_the_phone() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let ada = stage.phone("Ada", stage.film_of_nothing(&tv).await).await;
        ada.begins_impatient().await;
        ada.press("Scan the code").await;
        ada.sees("Go a little closer").await;
        ada.checked("nothing found for long").await;
        assert!(ada.offers("Type the code").await);
    });
}

#[test]
fn a_camera_that_is_pulled_out_says_so_and_can_be_started_again() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let ada = stage.phone("Ada", stage.film_of_nothing(&tv).await).await;
        ada.press("Scan the code").await;
        ada.sees("Point at the code").await;
        ada.camera_is_pulled_out().await;
        ada.sees("The camera is gone").await;
        ada.checked("the camera is gone").await;
        ada.press("Try again").await;
        ada.sees("Point at the code").await;
    });
}

#[test]
fn one_of_two_cameras_can_be_chosen() {
    play(settings(), async |stage| {
        let ada = stage.phone("Ada", Eye::Two).await;
        ada.press("Scan the code").await;
        ada.shows("[data-test=cameras]").await;
        ada.checked("two cameras").await;
        let used = "return document.querySelector('video').srcObject?.getVideoTracks()[0].label;";
        let first = ada.run(used, vec![]).await;
        let shown = "return document.querySelector('[data-test=cameras]').selectedOptions[0].text;";
        assert_eq!(ada.run(shown, vec![]).await, first);
        let other = ada
            .run(
                "const choice = document.querySelector('[data-test=cameras]');
                 const other = [...choice.options].find(o => o.text !== arguments[0]);
                 choice.value = other.value;
                 choice.dispatchEvent(new Event('change', { bubbles: true }));
                 return other.text;",
                vec![first.clone()],
            )
            .await;
        assert_ne!(first, other);
        let patience = presso_tests::browser::PATIENCE;
        ada.fact("uses the other camera", patience, async || {
            let label = ada.run(used, vec![]).await;
            (label == other).then_some(()).ok_or(label.to_string())
        })
        .await;
        assert_eq!(ada.run(shown, vec![]).await, other);
    });
}

#[test]
fn a_browser_that_reads_codes_itself_is_asked_first() {
    play(settings(), async |stage| {
        let tv = stage.tv().await;
        let link = format!("{}#c={}", stage.server.front_door(), tv.code().await);
        let ada = stage.phone("Ada", stage.film_of_nothing(&tv).await).await;
        let detector = format!(
            "window.BarcodeDetector = class {{
               static async getSupportedFormats() {{ return ['ean_13', 'qr_code']; }}
               async detect(source) {{
                 if (!(source instanceof HTMLVideoElement)) throw new TypeError('what is this');
                 const cornerPoints = [[9, 9], [90, 9], [90, 90], [9, 90]].map(([x, y]) => ({{ x, y }}));
                 return [{{ rawValue: {}, cornerPoints }}];
               }}
             }};",
            json!(link)
        );
        ada.begins_pages_with(&detector).await;
        ada.reload().await;
        ada.scans().await;
        tv.sees("9 places left").await;
        let loaded = "return performance.getEntriesByType('resource').filter(r => r.name.includes('scanner')).length;";
        assert_eq!(
            ada.run(loaded, vec![]).await,
            json!(0),
            "no download was needed"
        );
    });
}
