//! Finding things as a person does: by the words on them.

use super::{Browser, PATIENCE, answered, until};
use fantoccini::{Locator, elements::Element, error::CmdError};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

/// What a person can see, and how a thing is called. Fluent's marks around what it fills in are
/// taken out, so that tests read as people do. An open dialog hides everything behind it.
const EYES: &str = include_str!("find.js");

/// How WebDriver marks a reference to an element.
const REFERENCE: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// The words on the screen, those that only screen readers meet among them.
    pub async fn words(&self) -> String {
        let words = self.run(&format!("{EYES}; return words();"), vec![]).await;
        words.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until these words are on the screen (in whatever capitals).
    pub async fn sees(&self, text: &str) {
        self.sees_within(text, PATIENCE).await;
    }

    /// Waits until these words are on the screen, and no longer than this.
    pub async fn sees_within(&self, text: &str, patience: Duration) {
        let wanted = text.to_lowercase();
        self.fact(&format!("sees {text:?}"), patience, async || {
            let words = self.words().await;
            let found = words.to_lowercase().contains(&wanted);
            found.then_some(()).ok_or(words)
        })
        .await;
    }

    /// Waits until these words are gone from the screen.
    pub async fn sees_no(&self, text: &str) {
        self.sees_no_within(text, PATIENCE).await;
    }

    /// Waits until these words are gone from the screen, and no longer than this.
    pub async fn sees_no_within(&self, text: &str, patience: Duration) {
        let unwanted = text.to_lowercase();
        self.fact(&format!("sees no {text:?}"), patience, async || {
            let words = self.words().await;
            let found = words.to_lowercase().contains(&unwanted);
            (!found).then_some(()).ok_or(words)
        })
        .await;
    }

    /// Presses what is called so: a button, a link, a choice. Waits until it is there and can be
    /// pressed.
    pub async fn press(&self, name: &str) {
        self.press_in("body", name).await;
    }

    /// The same, inside the first thing that matches a CSS selector.
    pub async fn press_in(&self, scope: &str, name: &str) {
        let what = format!("presses {name:?} in {scope}");
        self.fact(&what, PATIENCE, async || {
            let element = self.called(scope, name).await?;
            answered(&what, element.click()).await
        })
        .await;
    }

    /// Is there something to press that is called so?
    pub async fn offers(&self, name: &str) -> bool {
        self.called("body", name).await.is_ok()
    }

    /// Types into the field that is called so, in place of what it held.
    pub async fn types(&self, name: &str, text: &str) {
        let what = format!("types into {name:?}");
        self.fact(&what, PATIENCE, async || {
            let script = format!("{EYES}; return field(arguments[0]);");
            let field = self.element(&script, vec![json!(name)]).await?;
            let told = async {
                field.clear().await?;
                field.send_keys(text).await
            };
            answered::<(), CmdError>(&what, told).await
        })
        .await;
    }

    /// Chooses a file in the field of files that matches this CSS selector; such fields are
    /// hidden behind a label.
    pub async fn chooses_file(&self, css: &str, file: &Path) {
        let what = format!("chooses a file in {css}");
        self.fact(&what, PATIENCE, async || {
            let chosen = async {
                let field = self.client.find(Locator::Css(css)).await?;
                field.send_keys(&file.display().to_string()).await
            };
            answered::<(), CmdError>(&what, chosen).await
        })
        .await;
    }

    /// Waits until something matches this CSS selector and can be seen.
    pub async fn shows(&self, css: &str) {
        self.fact(&format!("shows {css}"), PATIENCE, async || {
            let script = format!("{EYES}; return shown(arguments[0]).length;");
            let found = self.run(&script, vec![json!(css)]).await;
            (found != json!(0))
                .then_some(())
                .ok_or("nothing".to_owned())
        })
        .await;
    }

    /// The words of all that can be seen and match this CSS selector, in order.
    pub async fn texts(&self, css: &str) -> Vec<String> {
        let script = format!("{EYES}; return shown(arguments[0]).map(e => clean(e.innerText));");
        let texts = self.run(&script, vec![json!(css)]).await;
        let texts = texts.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        texts.iter().map(text).collect()
    }

    /// Where on the screen the first thing is that matches: left, top, width, height.
    pub async fn place_of(&self, css: &str) -> [f64; 4] {
        self.shows(css).await;
        let script = format!(
            "{EYES}; const r = shown(arguments[0])[0].getBoundingClientRect(); \
             return [r.left, r.top, r.width, r.height];"
        );
        let rect = self.run(&script, vec![json!(css)]).await;
        std::array::from_fn(|i| rect[i].as_f64().unwrap_or_default())
    }

    /// Waits for a fact of this browser.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn fact<T>(
        &self,
        what: &str,
        patience: Duration,
        ask: impl AsyncFnMut() -> Result<T, String>,
    ) -> T {
        match until(what, patience, ask).await {
            Ok(answer) => answer,
            Err(problem) => panic!("{}: {problem}", self.name),
        }
    }

    async fn called(&self, scope: &str, name: &str) -> Result<Element, String> {
        let script = format!("{EYES}; return called(arguments[0], arguments[1]);");
        self.element(&script, vec![json!(scope), json!(name)]).await
    }

    async fn element(&self, script: &str, args: Vec<Value>) -> Result<Element, String> {
        let answer = answered("find something", self.client.execute(script, args)).await?;
        // A script answers with a reference to an element, or with the names that it saw instead.
        match answer[REFERENCE].as_str() {
            Some(id) => Ok(Element::from_element_id(
                self.client.clone(),
                id.to_owned().into(),
            )),
            None => Err(format!("there are {answer}")),
        }
    }
}
