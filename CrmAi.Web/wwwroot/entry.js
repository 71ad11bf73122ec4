// Text fields that lose nothing: every keystroke is kept in the browser, the server hears of it after a short rest.
const prefix = 'crmai:draft:';
const name = (record, field) => `${prefix}${record}|${field}`;

export function read(record) {
  const start = name(record, '');
  return Object.fromEntries(Object.keys(localStorage).filter(k => k.startsWith(start)).map(k => [k.slice(start.length), localStorage.getItem(k)]));
}

/** False where the browser has no room left. */
export function keep(record, field, text) {
  try {
    if (text === null || text === '') localStorage.removeItem(name(record, field));
    else localStorage.setItem(name(record, field), text);
    return true;
  } catch { return false; }
}

export function clear(record) {
  Object.keys(read(record)).forEach(field => localStorage.removeItem(name(record, field)));
}

/** An inline field is saved when it is left: Enter leaves it (Ctrl+Enter where lines can be broken), Escape puts back what was there. */
export function attach(element, server, { record, field, max, inline, stays, submits, text: known }) {
  // As the browser shows the server's text; what differs was typed before this ran.
  const shown = element.tagName === 'TEXTAREA' ? known.replace(/\r\n?/g, '\n') : known.replace(/[\r\n]/g, '');
  const early = element.value !== shown && document.activeElement === element;
  let sent = early ? shown : element.value, good = element.value, timer = 0, warned = false, unheard = false;
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args);

  async function flush() {
    clearTimeout(timer);
    timer = 0;
    const text = element.value;
    if (text === sent) return;
    try { await tell('Typed', text); sent = text; }
    catch { /* the connection is away: sent again once it is back */ }
  }

  // In one message, so that nothing that follows at the server comes in between.
  async function leave() {
    if (!inline) return flush();
    clearTimeout(timer);
    timer = 0;
    const text = element.value;
    try { await tell('Left', text); sent = text; unheard = false; }
    catch { unheard = true; }
  }

  const enter = () => { if (inline) tell('Entered').catch(() => { }); };
  const reconnected = () => (unheard && document.activeElement !== element ? leave() : flush());

  function refuse(length) {
    element.value = good;
    tell('TooLong', length).catch(() => { });
  }

  // Looked at before it enters the field: fifty megabytes would stop the page.
  function incoming(event) {
    const text = (event.clipboardData ?? event.dataTransfer)?.getData('text/plain') ?? '';
    const after = element.value.length - (element.selectionEnd - element.selectionStart) + text.length;
    if (after <= max) return;
    event.preventDefault();
    tell('TooLong', after).catch(() => { });
  }

  function input() {
    if (element.value.length > max) { refuse(element.value.length); return; }
    good = element.value;
    if (record && !keep(record, field, good) && !warned) { warned = true; tell('StorageFull').catch(() => { }); }
    clearTimeout(timer);
    timer = setTimeout(flush, good.length > 20000 ? 900 : 250);
  }

  async function keys(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method's own keys
    const command = event.ctrlKey || event.metaKey;
    if (inline && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(timer);
      tell('Cancelled').catch(() => { });
    } else if (inline && event.key === 'Enter' && (command || element.tagName !== 'TEXTAREA')) {
      event.preventDefault();
      if (stays) leave(); else element.blur();
    } else if (event.key === 'Enter' && command) {
      if (!submits) { flush(); return; } // the form around it is saved by whoever hears the key next
      event.preventDefault();
      await flush();
      tell('Submitted').catch(() => { });
    } else if (event.key === 'Escape' && element.tagName === 'TEXTAREA' && !event.isComposing) {
      element.blur();
    }
  }

  const change = event => { if (inline) event.stopPropagation(); }; // leaving tells it
  const handlers = { input, change, focus: enter, blur: leave, paste: incoming, drop: incoming, keydown: keys };
  for (const [type, handler] of Object.entries(handlers)) element.addEventListener(type, handler);
  window.addEventListener('crmai:connected', reconnected);

  if (document.activeElement === element) enter();
  const draft = record ? localStorage.getItem(name(record, field)) : null;
  if (early) input();
  else if (draft !== null && draft !== element.value && draft.length <= max) {
    element.value = good = draft;
    flush().then(() => tell('Restored')).catch(() => { });
  }
  // A key that came before this did is heard now.
  element.dataset.heard = '';
  const [key, command] = (element.dataset.early ?? '').split('+').reverse();
  delete element.dataset.early;
  if (key) element.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: !!command, bubbles: true, cancelable: true }));

  return {
    set(text) {
      if (inline && element.value !== sent && document.activeElement === element) return; // newer than what the server knows
      element.value = sent = good = text;
      clearTimeout(timer);
    },
    /** Puts the text back and leaves. */
    leave(text) {
      if (record) keep(record, field, null);
      element.value = sent = good = text;
      element.blur();
    },
    focus() { element.focus(); },
    dispose() {
      flush();
      for (const [type, handler] of Object.entries(handlers)) element.removeEventListener(type, handler);
      window.removeEventListener('crmai:connected', reconnected);
    },
  };
}
