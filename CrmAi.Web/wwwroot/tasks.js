// Tasks in the browser: moving through them by keys, dragging one to another day.
const typing = element => element?.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable=true]');
const dialogOpen = () => document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open]');

export function attach(page, server) {
  const ended = new AbortController();
  const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: ended.signal, ...options });
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args).catch(() => { });
  const lines = () => [...page.querySelectorAll('.task-line')].filter(line => line.getClientRects().length > 0);
  const present = () => document.activeElement?.closest?.('.task-line');

  function move(step) {
    const all = lines(), at = all.indexOf(present());
    const line = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    line?.focus();
    line?.scrollIntoView({ block: 'nearest' });
  }

  // What was focused may be shown elsewhere by the answer: the same task is found again.
  let wanted = null;
  const keep = line => { wanted = line.dataset.line; };
  const found = new MutationObserver(() => {
    if (!wanted || (document.activeElement !== document.body && !document.activeElement?.closest?.('.task-line'))) return;
    const line = page.querySelector(`[data-line="${wanted}"]`);
    if (line && present() !== line) line.focus();
  });
  found.observe(page, { childList: true, subtree: true });
  on(page, 'focusin', event => { const line = event.target.closest('.task-line'); if (line?.dataset.line !== wanted) wanted = null; });

  // Before the page's own keys, so that J, K, N and E mean what stands here.
  on(document, 'keydown', event => {
    const line = present();
    if (event.target.closest?.('[data-quick] input') && event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      event.stopPropagation();
      event.target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
      return;
    }
    if (typing(event.target) || dialogOpen() || event.ctrlKey || event.metaKey || event.isComposing) return;
    const id = line?.dataset.task, onLine = event.target === line;
    const action = event.altKey
      ? { ArrowLeft: id && (() => { keep(line); tell('Move', id, null, -1); }), ArrowRight: id && (() => { keep(line); tell('Move', id, null, 1); }) }[event.key]
      : {
        j: () => move(1), k: () => move(-1),
        ArrowDown: line && (() => move(1)), ArrowUp: line && (() => move(-1)),
        n: () => page.querySelector('[data-quick] input')?.focus(),
        e: line && (() => line.querySelector('[data-edit]')?.click()),
        r: line && (() => line.querySelector('[data-rename]')?.click()),
        x: line && (() => line.querySelector('[data-complete]')?.click()),
        ' ': onLine && (() => line.querySelector('[data-complete]')?.click()),
        Enter: onLine && (() => (line.querySelector('[data-open]') ?? line.querySelector('[data-edit]'))?.click()),
      }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }, { capture: true });

  let dragged = null, over = null;
  const mark = column => {
    if (over === column) return;
    if (over) delete over.dataset.over;
    if (column) column.dataset.over = '';
    over = column;
  };
  const end = () => {
    if (dragged) delete dragged.dataset.dragged;
    mark(null);
    dragged = null;
  };
  on(page, 'dragstart', event => {
    dragged = event.target.closest?.('.task-line[draggable]');
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.querySelector('.title').textContent);
    const held = dragged;
    setTimeout(() => { held.dataset.dragged = ''; });
  });
  on(page, 'dragover', event => {
    const column = dragged && event.target.closest?.('[data-day]');
    mark(column ?? null);
    if (!column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  });
  on(page, 'dragleave', event => { if (!page.contains(event.relatedTarget)) mark(null); });
  on(page, 'drop', event => {
    const column = dragged && event.target.closest?.('[data-day]');
    if (!column) return;
    event.preventDefault();
    tell('Move', dragged.dataset.task, column.dataset.day, 0);
    end();
  });
  on(document, 'dragend', end);

  page.dataset.heard = '';
  return { dispose() { ended.abort(); found.disconnect(); } };
}
