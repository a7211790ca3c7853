//! Phones: what their projects, half of them written by hand, ask of a system is what the apps'
//! configuration says and no more. Nobody here can run them, so they are read.

use crate::source::{self, Broken, hold};
use serde_json::Value;
use std::fs;

/// The apps that phones and tablets have, and whether one of them looks through a camera.
const APPS: [(&str, bool); 2] = [("customer", true), ("barista", false)];

/// Everything that an app may ask of Android.
const PERMISSIONS: [&str; 3] = ["INTERNET", "POST_NOTIFICATIONS", "CAMERA"];

/// An app's folder, and what is read of it.
struct App {
    name: &'static str,
    camera: bool,
    config: Value,
    manifest: String,
    gradle: String,
    plist: String,
}

impl App {
    fn read((name, camera): (&'static str, bool)) -> Self {
        let folder = source::root().join("apps").join(name).join("src-tauri");
        let text = |path: &str| {
            let text = fs::read_to_string(folder.join(path));
            text.unwrap_or_else(|error| panic!("{path} of the {name}'s app: {error}"))
        };
        Self {
            name,
            camera,
            config: serde_json::from_str(&text("tauri.conf.json")).expect("JSON"),
            manifest: text("gen/android/app/src/main/AndroidManifest.xml"),
            gradle: text("gen/android/app/build.gradle.kts"),
            plist: text("Info.ios.plist"),
        }
    }

    fn broken(&self) -> Vec<Broken> {
        let mut found = Vec::new();
        let mut demand = |holds: bool, what: String| {
            if !holds {
                found.push(Broken::at(format!("apps/{}/src-tauri", self.name), what));
            }
        };
        let asked = values(&self.manifest, "android:name=\"android.permission.");
        for permission in PERMISSIONS {
            let wanted = permission != "CAMERA" || self.camera;
            let is = asked.contains(&permission);
            demand(is == wanted, format!("{permission} on Android: {is}"));
        }
        let more = asked.iter().filter(|name| !PERMISSIONS.contains(name));
        for name in more {
            demand(false, format!("asks Android for {name}"));
        }
        let told = self.plist.contains("<key>NSCameraUsageDescription</key>");
        demand(
            told == self.camera,
            format!("says why the camera on iOS: {told}"),
        );
        let schemes = &self.config["plugins"]["deep-link"]["mobile"][0]["scheme"];
        let opened = values(&self.manifest, "android:scheme=\"");
        demand(
            *schemes == Value::from(opened),
            format!("opens {schemes} on Android"),
        );
        let id = self.config["identifier"].as_str().unwrap_or_default();
        for line in [
            format!("applicationId = \"{id}\""),
            format!("namespace = \"{id}\""),
        ] {
            demand(
                self.gradle.contains(&line),
                format!("Gradle does not say {line}"),
            );
        }
        let stays = self.manifest.contains("android:allowBackup=\"false\"");
        demand(stays, "a session would be in the phone's backup".into());
        found
    }
}

/// What stands between `start` and the next quotation mark.
fn values<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.split(start)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn a_phones_app_asks_for_what_it_needs_and_opens_its_own_links() {
    for app in APPS {
        hold(
            "a missing permission is found out on a phone only, a needless one by its owner",
            &App::read(app).broken(),
        );
    }
}

#[test]
fn a_needless_permission_and_a_foreign_link_are_seen() {
    let mut app = App::read(APPS[0]);
    app.camera = false;
    assert_eq!(app.broken().len(), 2, "on Android and on iOS");
    let mut app = App::read(APPS[1]);
    app.manifest = app.manifest.replace("\"presso-barista\"", "\"presso\"");
    app.manifest += "<uses-permission android:name=\"android.permission.READ_CONTACTS\" />";
    assert_eq!(app.broken().len(), 2);
}
