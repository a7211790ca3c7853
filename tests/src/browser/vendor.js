// A browser vendor's push service as a page meets it, with a subscription that the test can read.
const KEPT = 'test.subscription';
const asked = (json) => ({
  ...json,
  toJSON: () => json,
  unsubscribe: async () => {
    localStorage.removeItem(KEPT);
    return true;
  },
});
PushManager.prototype.getSubscription = async () => {
  const kept = localStorage.getItem(KEPT);
  return kept ? asked(JSON.parse(kept)) : null;
};
PushManager.prototype.subscribe = async (options) => {
  if (!options.userVisibleOnly || !options.applicationServerKey) throw new TypeError('incomplete');
  const json = SUBSCRIPTION;
  localStorage.setItem(KEPT, JSON.stringify(json));
  return asked(json);
};
