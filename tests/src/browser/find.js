// Injected by find.rs: what a person sees of the page, and how things are called.

// The marks that keep filled-in words in their own direction are no words.
const clean = (text) => (text || '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();

// An open dialog is all there is to see.
const top_most = () => [...document.querySelectorAll('dialog[open]')].pop() || document.body;

const seen = (e) =>
  e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: true });

const shown = (css) => [...document.querySelectorAll(css)].filter(seen);

const words = () => clean(top_most().innerText);

const name_of = (e) => {
  const by = (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean);
  const labels = by.map((id) => document.getElementById(id)?.innerText || '').join(' ');
  return clean(
    labels || e.getAttribute('aria-label') || [...(e.labels || [])].map((l) => l.innerText).join(' ') ||
      e.innerText || e.getAttribute('placeholder') || e.value || '');
};

// Called exactly so, else beginning so, else with these words in it.
const best = (all, wanted) => {
  const low = wanted.toLowerCase();
  const named = all.map((e) => [e, name_of(e).toLowerCase()]);
  const found = named.find(([, n]) => n === low) || named.find(([, n]) => n.startsWith(low)) ||
    named.find(([, n]) => n.includes(low));
  return found ? found[0] : all.map(name_of).join(' | ');
};

const PRESSED = 'button, a[href], summary, label, [role=button], [role=radio], [role=switch], [role=tab]';

const called = (scope, wanted) => {
  const top = top_most();
  const root = [...document.querySelectorAll(scope)].find((e) => seen(e) && (top.contains(e) || e.contains(top)));
  if (!root) return 'no ' + scope;
  const all = [...root.querySelectorAll(PRESSED)].filter(
    (e) => seen(e) && top.contains(e) && !e.disabled && e.getAttribute('aria-disabled') !== 'true');
  return best(all, wanted);
};

const field = (wanted) =>
  best([...top_most().querySelectorAll('input, textarea, select')].filter(seen), wanted);
