// A card beside its fields: the picture zooms and moves, a field and its box light up together, and keys do the rest.
const largest = 8;

export function attach(page) {
  const ended = new AbortController();
  const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: ended.signal, ...options });
  const picture = () => page.querySelector('[data-card-picture]');
  const frame = () => picture()?.querySelector('.frame');
  const image = () => frame()?.querySelector('img');
  const inputs = () => [...page.querySelectorAll('[data-card-field] input, [data-card-field] textarea')];
  let zoom = 1, x = 0, y = 0;

  // ---- the picture
  const turns = () => Number(frame()?.dataset.turns ?? 0);
  function fitting() {
    const room = picture().getBoundingClientRect(), shown = image();
    const [w, h] = turns() % 2 ? [shown.naturalHeight, shown.naturalWidth] : [shown.naturalWidth, shown.naturalHeight];
    return Math.min((room.width - 32) / w, (room.height - 32) / h);
  }
  function place() {
    const stage = picture(), shown = image();
    if (!shown?.naturalWidth) return;
    if (zoom === 1) x = y = 0;
    const style = frame().style;
    style.width = shown.naturalWidth + 'px';
    style.height = shown.naturalHeight + 'px';
    style.setProperty('--s', fitting() * zoom);
    style.setProperty('--x', x + 'px');
    style.setProperty('--y', y + 'px');
    style.setProperty('--turn', turns() * 90 + 'deg');
    stage.dataset.fits = '';
  }
  function scale(factor, at) {
    const before = zoom;
    zoom = factor === 0 ? 1 : Math.max(1, Math.min(largest, zoom * factor));
    if (at) { x = at.x - (at.x - x) * zoom / before; y = at.y - (at.y - y) * zoom / before; }
    place();
  }
  const fromMiddle = event => { const r = picture().getBoundingClientRect(); return { x: event.clientX - r.left - r.width / 2, y: event.clientY - r.top - r.height / 2 }; };
  function watchImage() {
    const shown = image();
    if (!shown || shown === watched) { place(); return; }
    watched = shown;
    zoom = 1;
    if (shown.complete && shown.naturalWidth) place();
    on(shown, 'load', place);
    on(shown, 'error', () => picture()?.setAttribute('data-cannot', ''));
  }
  let watched = null;
  const sized = new ResizeObserver(() => { if (image()) place(); });

  const pointers = new Map();
  const apart = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
  on(page, 'pointerdown', event => {
    if (!event.target.closest('[data-card-picture]') || event.target.closest('.tools, .box')) return;
    pointers.set(event.pointerId, event);
    picture().setPointerCapture(event.pointerId);
  });
  on(page, 'pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const was = pointers.size === 2 ? apart() : 0;
    pointers.set(event.pointerId, event);
    if (pointers.size === 2) { if (was > 0) scale(apart() / was, fromMiddle(event)); }
    else if (zoom > 1) { x += event.clientX - before.clientX; y += event.clientY - before.clientY; place(); }
  });
  for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) on(page, type, event => pointers.delete(event.pointerId));
  on(page, 'wheel', event => {
    if (!event.target.closest('[data-card-picture]')) return;
    event.preventDefault();
    scale(Math.exp(-event.deltaY / 400), fromMiddle(event));
  }, { passive: false });

  // ---- a field and its box
  function light(kind) {
    page.querySelectorAll('[data-box][data-on]').forEach(box => box.removeAttribute('data-on'));
    const box = kind && page.querySelector(`[data-box="${kind}"]`);
    if (!box) return;
    box.setAttribute('data-on', '');
    if (zoom === 1) return;
    const r = box.getBoundingClientRect(), room = picture().getBoundingClientRect();
    x += room.left + room.width / 2 - (r.left + r.width / 2);
    y += room.top + room.height / 2 - (r.top + r.height / 2);
    place();
  }
  on(page, 'focusin', event => light(event.target.closest('[data-card-field]')?.dataset.cardField));
  on(page, 'click', event => {
    if (event.target.closest('[data-card-into]')) {
      const panel = page.querySelector('[data-card-match]');
      panel?.scrollIntoView({ block: 'center' });
      (panel?.querySelector('input:checked') ?? panel)?.focus({ preventScroll: true });
      return;
    }
    const tool = event.target.closest('[data-zoom]');
    if (tool) { scale({ in: 1.5, out: 1 / 1.5, fit: 0 }[tool.dataset.zoom]); return; }
    const box = event.target.closest('[data-box]');
    if (box) focus(page.querySelector(`[data-card-field="${box.dataset.box}"] input`));
    const other = event.target.closest('[data-take]');
    if (other) take(other.closest('[data-card-field]'), other.dataset.take);
  });

  // ---- keys
  function focus(input) { input?.focus(); input?.select?.(); input?.scrollIntoView({ block: 'nearest' }); }
  // As if it were typed: the field's own script hears it, keeps it and tells the server.
  function write(input, text) {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  function take(field, text) { const input = field?.querySelector('input'); if (input) { write(input, text); focus(input); } }
  function doubtful(from, back) {
    const all = inputs().filter(i => i.closest('[data-doubt]') || i.getAttribute('aria-invalid') === 'true'), place = inputs();
    const here = place.indexOf(from);
    return back ? all.findLast(i => place.indexOf(i) < here) : all.find(i => place.indexOf(i) > here);
  }
  const strip = () => [...page.querySelectorAll('[data-card]')];
  function go(step) {
    const all = strip(), at = all.findIndex(a => a.hasAttribute('aria-current'));
    all[at + step]?.click();
  }
  on(document, 'keydown', event => {
    if (event.isComposing || event.keyCode === 229 || document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open], details.menu[open]')) return;
    const command = event.ctrlKey || event.metaKey, input = event.target.closest?.('[data-card-field] input'), stage = event.target.closest?.('[data-card-picture]');
    const elsewhere = event.target.closest?.('input, textarea, select, [contenteditable=true], a, button') && !input;
    const action = event.altKey ? {
      ArrowRight: () => page.querySelector('[data-card-skip]')?.click(),
      ArrowLeft: () => go(-1),
      l: () => page.querySelector('[data-card-later]')?.click(),
      ArrowDown: input && (() => others(input)),
    }[event.key] : input ? {
      Tab: !command && (() => {
        const next = doubtful(input, event.shiftKey) ?? (event.shiftKey ? null : page.querySelector('[data-card-save]'));
        if (!next) return false;
        if (next.matches('input')) focus(next); else next.focus();
      }),
      Enter: () => { input.blur(); page.querySelector('[data-card-save]')?.click(); },
      Escape: () => { write(input, input.closest('[data-card-field]').dataset.read ?? ''); input.select(); },
      ArrowDown: () => focus(inputs()[inputs().indexOf(input) + 1]),
      ArrowUp: () => focus(inputs()[inputs().indexOf(input) - 1]),
    }[event.key] : stage ? {
      '+': () => scale(1.25), '=': () => scale(1.25), '-': () => scale(1 / 1.25), 0: () => scale(0),
      ArrowLeft: zoom > 1 && (() => { x += 40; place(); }), ArrowRight: zoom > 1 && (() => { x -= 40; place(); }), ArrowUp: zoom > 1 && (() => { y += 40; place(); }), ArrowDown: zoom > 1 && (() => { y -= 40; place(); }),
    }[event.key] : !elsewhere && !command ? {
      Enter: () => page.querySelector('[data-card-save]')?.click(),
      Tab: () => focus(inputs().find(i => i.closest('[data-doubt]')) ?? inputs()[0]),
    }[event.key] : command && event.key === 'Enter' ? () => page.querySelector('[data-card-save]')?.click() : null;
    if (!action || action() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });
  function others(input) {
    const all = [...input.closest('[data-card-field]').querySelectorAll('[data-take]')].map(b => b.dataset.take);
    if (all.length) { write(input, all[(all.indexOf(input.value) + 1) % all.length]); input.select(); }
  }

  // ---- another card in the same page
  const look = () => { watchImage(); if (picture()) sized.observe(picture()); };
  const changed = new MutationObserver(look);
  changed.observe(page, { childList: true, subtree: true });
  look();
  page.dataset.heard = '';

  return {
    /** The first field that wants to be looked at, or else the first. */
    begin() {
      const first = inputs().find(i => i.closest('[data-doubt]')) ?? inputs()[0];
      strip().find(a => a.hasAttribute('aria-current'))?.scrollIntoView({ block: 'nearest', inline: 'center' });
      if (matchMedia('(pointer: fine)').matches && !document.querySelector('dialog[open]')) focus(first);
    },
    dispose() { ended.abort(); changed.disconnect(); sized.disconnect(); },
  };
}
