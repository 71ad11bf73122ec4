// The palette opens at once, before the server has filled it, and is moved through without asking the server.
const dialog = () => document.getElementById('palette');
const entry = () => document.getElementById('palette-entry');
const list = () => document.getElementById('palette-list');
const options = () => [...list().querySelectorAll('[role=option]')];
const active = () => list().querySelector('[role=option][aria-selected=true]');

let server = null, timer = 0, entered = false, detachers = [];
const tell = (method, ...args) => server?.invokeMethodAsync(method, ...args).catch(() => { /* the connection is away; the palette can be closed all the same */ });

export function open() {
  const box = dialog();
  if (!box || box.open) return;
  entry().value = '';
  entered = false;
  box.showModal();
  entry().focus();
  tell('Opened');
}

function activate(option, scroll = true) {
  for (const other of options()) if (other !== option && other.getAttribute('aria-selected') === 'true') other.setAttribute('aria-selected', 'false');
  if (!option) { entry().removeAttribute('aria-activedescendant'); return; }
  option.setAttribute('aria-selected', 'true');
  entry().setAttribute('aria-activedescendant', option.id);
  if (scroll) option.scrollIntoView({ block: 'nearest' });
}

function step(by) {
  const all = options();
  const at = all.indexOf(active());
  if (all.length > 0) activate(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
}

function stepGroup(by) {
  const groups = [...list().querySelectorAll('[role=group]')];
  const at = groups.indexOf(active()?.closest('[role=group]'));
  if (groups.length > 0) activate(groups[(at + by + groups.length) % groups.length].querySelector('[role=option]'));
}

// What is shown may still be of the text before: then the key counts once the answer is there.
function enter() {
  if (list().dataset.for !== entry().value.trim()) { entered = true; return; }
  entered = false;
  active()?.click();
}

function keys(event) {
  if (event.isComposing) return;
  const move = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Tab: () => stepGroup(event.shiftKey ? -1 : 1), Enter: enter }[event.key];
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

function typed(event) {
  if (event.isComposing) return;
  entered = false;
  clearTimeout(timer);
  timer = setTimeout(() => tell('Search', entry().value), 40);
}

function chosen(event) {
  const option = event.target.closest('[role=option]');
  if (!option) return;
  if (option.dataset.submit) document.getElementById(option.dataset.submit).requestSubmit();
  dialog().close();
  if (option.dataset.focus) focusOnceShown(option.dataset.focus, 40);
}

function focusOnceShown(selector, tries) {
  const place = document.querySelector(selector);
  if (place?.getClientRects().length > 0) place.focus();
  else if (tries > 0) setTimeout(() => focusOnceShown(selector, tries - 1), 50);
}

export function attach(reference) {
  detach();
  server = reference;
  const on = (target, type, handler) => { target.addEventListener(type, handler); detachers.push(() => target.removeEventListener(type, handler)); };
  on(dialog(), 'close', () => { clearTimeout(timer); tell('Closed'); });
  on(dialog(), 'click', event => { if (event.target === dialog() || event.target.closest('[data-palette-close]')) dialog().close(); });
  on(entry(), 'keydown', keys);
  on(entry(), 'input', typed);
  on(entry(), 'compositionend', typed);
  on(list(), 'click', chosen);
  on(list(), 'pointermove', event => { const option = event.target.closest('[role=option]'); if (option && option !== active()) activate(option, false); });
  let shown;
  const watch = new MutationObserver(() => {
    const other = shown !== list().dataset.for;
    shown = list().dataset.for;
    if (other || !active()) activate(options()[0]);
    if (entered) enter();
  });
  watch.observe(list(), { childList: true, subtree: true, attributes: true, attributeFilter: ['data-for'] });
  detachers.push(() => watch.disconnect());
  if (dialog().open) tell('Opened');
}

export function detach() {
  detachers.forEach(end => end());
  detachers = [];
  server = null;
}
