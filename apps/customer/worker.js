// The customer's service worker. It rings the phone when no page does: it is told what happened
// (core's `PushMessage`) and finds the words where a page left them. And it keeps this build of the
// page for when the network is gone; what the page then shows, the page remembers by itself.

const CACHE = 'presso-alerts';
const WORDS = '/s/alert-words.json';
const BUZZ = [220, 90, 220, 90, 420];

// What a page needs before it shows anything. Their names change with what is in them, so they also
// name the build.
const PARTS = [
  '{{asset:app.js}}',
  '{{asset:app.wasm}}',
  '{{asset:start.js}}',
  '{{asset:theme.css}}',
  '{{asset:customer.css}}',
  '{{asset:icon.svg}}',
  '{{asset:app.webmanifest}}',
];
const PAGES = 'presso-page ';
const BUILD = PAGES + PARTS.join(' ');
// Every shop's page is the same one.
const PAGE = '/s/';
// Longer is nobody's idea of opening a page: then the kept one, and it says that it is stale.
const PATIENCE_MS = 4000;

self.addEventListener('install', (event) => event.waitUntil(settle()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', answer);
self.addEventListener('push', (event) => event.waitUntil(ring(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(show(event.notification)));

// From the browser's own cache, mostly: a page has just loaded the same.
async function settle() {
  const kept = await caches.open(BUILD);
  await kept.addAll(PARTS);
  await self.skipWaiting();
}

async function takeOver() {
  // The page that brought this worker was loaded without it.
  await self.clients.claim();
  const pages = await self.clients.matchAll({ type: 'window' });
  const there = pages.find((page) => new URL(page.url).pathname.startsWith(PAGE));
  // Without a network there is another time for it.
  if (there) await fromNetwork(new URL(there.url).pathname).catch(() => undefined);
}

// An earlier build stays until there is a page of this one to open in its place.
async function forgetEarlier() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== BUILD) await caches.delete(name);
  }
}

function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/assets/')) event.respondWith(part(request));
}

async function part(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  return kept ?? fetch(request);
}

// The network's, which may be of a newer build; the kept one where that fails or keeps one waiting.
async function page(request) {
  const kept = (await (await caches.open(BUILD)).match(PAGE)) ?? (await caches.match(PAGE));
  const fresh = fromNetwork(request);
  if (!kept) return fresh;
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const found = await Promise.race([fresh.catch(() => undefined), late]);
  return found && isAnAnswer(found) ? found : kept;
}

// Too many at once, or somebody on the way who has no server: that is of the moment.
function isAnAnswer(found) {
  return found.ok || found.type === 'opaqueredirect' || found.status === 404;
}

// Keeps it, if it is of this build: another one's page would miss its parts.
async function fromNetwork(request) {
  const found = await fetch(request);
  if (found.ok && found.type === 'basic') {
    const copy = found.clone();
    const text = await found.clone().text();
    if (PARTS.every((name) => text.includes(name))) {
      await (await caches.open(BUILD)).put(PAGE, copy);
      await forgetEarlier();
    }
  }
  return found;
}

async function ring(data) {
  const told = read(data);
  const path = told.shop ? `/s/${told.shop}` : '/';
  if ((await visible(path)) && !mustNotify()) return;
  const { title, body, lang, dir } = await words(told);
  await self.registration.showNotification(title, {
    body,
    lang,
    dir,
    icon: '{{asset:icon.svg}}',
    // A newer one about the same order takes its place, and rings again.
    tag: told.order ?? 'presso',
    renotify: true,
    vibrate: BUZZ,
    data: { path },
  });
}

function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

// Whoever looks at the shop's page sees and hears it there.
async function visible(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.some((page) => page.visibilityState === 'visible' && isAt(page, path));
}

function isAt(page, path) {
  return new URL(page.url).pathname === path;
}

// Safari takes the permission away from whoever was sent something and showed nothing.
function mustNotify() {
  const agent = self.navigator.userAgent;
  return agent.includes('AppleWebKit') && !agent.includes('Chrome');
}

async function words(told) {
  const why = told.reason ?? told.cause;
  const key = why ? `${told.alert}.${why}` : told.alert;
  const kept = await (await caches.open(CACHE)).match(WORDS);
  const { lang, dir, alerts } = kept ? await kept.json() : {};
  const number = `${told.ticket ?? ''}`;
  const found = alerts?.[key];
  // The browser threw the words away: the number says most of it.
  if (!found) return { title: 'Presso', body: number };
  return { title: found.title, body: found.body.replace('{ticket}', number), lang, dir };
}

async function show(notification) {
  notification.close();
  const { path } = notification.data;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find((page) => isAt(page, path));
  await (there ? there.focus() : self.clients.openWindow(path));
}
