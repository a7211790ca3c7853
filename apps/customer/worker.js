// The customer's service worker: rings the phone when no page does. It is told what happened (core's
// `PushMessage`) and finds the words where a page left them; it keeps no pages and answers no requests.

const CACHE = 'presso-alerts';
const WORDS = '/s/alert-words.json';
const BUZZ = [220, 90, 220, 90, 420];

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('push', (event) => event.waitUntil(ring(event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(show(event.notification)));

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
