//! Where a token is, and where it is not: looked for by a script in the page, and in the memory of
//! the processes of the web view.

use presso_tests::{
    browser::Browser,
    native::{Device, play},
    server::settings,
};
use serde_json::{Value, json};

/// Everything that a page can keep or reach, as one text.
const EVERYTHING: &str = r"
const answer = arguments[arguments.length - 1];
const seen = new Set();
const found = [];
const walk = (value, depth) => {
  if (typeof value === 'string') { found.push(value); return; }
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
  if (seen.has(value) || depth > 6 || seen.size > 200000) return;
  seen.add(value);
  if (value instanceof ArrayBuffer) { found.push(bytes(new Uint8Array(value))); return; }
  if (ArrayBuffer.isView(value)) { found.push(bytes(new Uint8Array(value.buffer))); return; }
  let keys = [];
  try { keys = Reflect.ownKeys(value); } catch { /* some of what a window has refuses */ }
  for (const key of keys) {
    if (typeof key === 'string') found.push(key);
    try { walk(value[key], depth + 1); } catch { /* as above */ }
  }
  if (value instanceof Map) for (const [k, v] of value) { walk(k, depth + 1); walk(v, depth + 1); }
  if (value instanceof Set) for (const v of value) walk(v, depth + 1);
};
const bytes = (array) => new TextDecoder('latin1').decode(array);
const databases = async () => {
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((ok, no) => {
      const open = indexedDB.open(name);
      open.onsuccess = () => ok(open.result);
      open.onerror = () => no(open.error);
    });
    for (const store of db.objectStoreNames) {
      const all = await new Promise((ok) => {
        const ask = db.transaction(store).objectStore(store).getAll();
        ask.onsuccess = () => ok(ask.result);
        ask.onerror = () => ok([]);
      });
      walk(all, 0);
    }
  }
};
(async () => {
  walk({ ...localStorage }, 0);
  walk({ ...sessionStorage }, 0);
  found.push(document.cookie, location.href, document.documentElement.outerHTML);
  await databases();
  if (globalThis.caches) for (const name of await caches.keys()) found.push(name);
  walk(globalThis, 0);
  return { text: found.join('\n'), things: seen.size };
})().then(answer, (problem) => answer({ problem: String(problem) }));
";

#[test]
fn no_token_is_in_the_storage_or_the_heap_of_any_page() {
    play(settings(), async |booth| {
        let ((wall, tv), (tablet, bo)) = tokio::join!(booth.tv(), booth.tablet("Bo"));
        let (phone, ada) = booth.arrives("Ada", &tv).await;
        ada.picks("Latte", &["Oat milk"]).await;
        let ticket = ada.places("Ada").await;
        bo.starts(ticket).await;
        ada.sees("Your drink is being made").await;

        for (device, window) in [(&wall, &*tv), (&tablet, &*bo), (&phone, &*ada)] {
            let secrets = secrets(device, &booth.server.address);
            assert!(!secrets.is_empty(), "{}: a session has tokens", device.name);
            page_has_none(device, window, &secrets).await;
            memory_has_none(device, window, &secrets).await;
        }
    });
}

async fn page_has_none(device: &Device, window: &Browser, secrets: &[String]) {
    // The search itself can find: what is put before it, it sees.
    let planted = format!("planted-{}", device.app_process());
    let plant = "globalThis.planted = { deep: [arguments[0]] }; \
                 sessionStorage.setItem('planted', 'stored-' + arguments[0]);";
    window.run(plant, vec![json!(planted)]).await;
    let all = window.run_async(EVERYTHING, vec![]).await;
    let text = all["text"].as_str();
    let text = text.unwrap_or_else(|| panic!("{}: {all}", device.name));
    assert!(
        text.contains(&format!("\n{planted}")),
        "the walk finds what is there"
    );
    assert!(
        text.contains(&format!("stored-{planted}")),
        "in the storage too"
    );
    assert!(text.contains("innerHTML") && all["things"].as_u64() > Some(500));
    for secret in secrets {
        assert!(
            !text.contains(secret.as_str()),
            "{}: a token is in the page",
            device.name
        );
    }
}

async fn memory_has_none(device: &Device, window: &Browser, secrets: &[String]) {
    let shown = format!("shown-{}", device.app_process());
    let plant = "globalThis.planted = { text: arguments[0] + '!' };";
    window.run(plant, vec![json!(shown)]).await;
    let mut sought: Vec<&str> = secrets.iter().map(String::as_str).collect();
    sought.push(&shown);
    let (web, app) = device.finds_in_memory(&sought);
    let name = &device.name;
    let (planted, web) = web.split_last().expect("one was pushed");
    assert!(*planted > 0, "{name}: the search finds what the page has");
    assert!(
        web.iter().all(|count| *count == 0),
        "{name}: a token is in the web view's memory: {web:?}"
    );
    // The app itself has them: what was looked for is what it uses.
    let (_, app) = app.split_last().expect("one was pushed");
    assert!(app.iter().any(|count| *count > 0), "{name}: {app:?}");
    println!("{name}: in the app {app:?}, in the web view {web:?}");
}

/// The parts of the session in the device's keychain that let somebody in.
pub(crate) fn secrets(device: &Device, server: &str) -> Vec<String> {
    let session = device.keychain(server);
    let session = session.unwrap_or_else(|| panic!("{}: nothing is kept", device.name));
    let session = serde_json::from_str(&session).expect("a session is kept as JSON");
    let mut secrets = Vec::new();
    collect(&session, &mut secrets);
    secrets
}

/// Long texts without spaces: tokens, and nothing else in a session.
fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() >= 40 && !text.contains(' ') => into.push(text.clone()),
        Value::Array(all) => all.iter().for_each(|one| collect(one, into)),
        Value::Object(all) => all.values().for_each(|one| collect(one, into)),
        _ => {}
    }
}
