// Runs in the kiosk's page before it: the only way out is to hold Ctrl+Shift+Q for three seconds.
(() => {
  const HELD_MS = 3000;
  let timer = 0;
  const stop = () => { clearTimeout(timer); timer = 0; };
  addEventListener('keydown', event => {
    const leaving = event.ctrlKey && event.shiftKey && event.key.toLowerCase() === 'q';
    // Reloading, printing, searching, zooming and the like are for browsers.
    if (event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key)) event.preventDefault();
    if (!leaving) stop();
    else if (!timer) timer = setTimeout(() => location.assign('/leave-the-kiosk'), HELD_MS);
  }, true);
  addEventListener('keyup', stop, true);
  addEventListener('blur', stop);
  addEventListener('contextmenu', event => event.preventDefault(), true);
  addEventListener('wheel', event => { if (event.ctrlKey) event.preventDefault(); }, { passive: false });
  addEventListener('dragstart', event => event.preventDefault(), true);
})();
