// Suspected duplicates in the browser: moving through them by keys, merging, putting aside.
const typing = element => element?.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]');
const dialogOpen = () => document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open]');

export function attach(page) {
  const ended = new AbortController();
  const cards = () => [...page.querySelectorAll('[data-group]')];
  const present = () => document.activeElement?.closest?.('[data-group]');

  function move(step) {
    const all = cards(), at = all.indexOf(present());
    const card = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    card?.focus();
    card?.scrollIntoView({ block: 'nearest' });
  }

  // Before the page's own keys, so that J, K and N mean what stands here.
  document.addEventListener('keydown', event => {
    if (typing(event.target) || dialogOpen() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const card = present();
    const action = {
      j: () => move(1), k: () => move(-1),
      n: card && (() => card.querySelector('[data-not]')?.click()),
      Enter: card && event.target === card && (() => card.querySelector('[data-merge]')?.click()),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }, { signal: ended.signal, capture: true });

  page.dataset.heard = '';
  return { dispose() { ended.abort(); } };
}
