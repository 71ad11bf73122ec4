// The list of contacts in the browser: moving through it, picking, dragging, and coming back to the same place.
const links = () => [...document.querySelectorAll('.contact-list a.contact-row')];
const current = () => document.querySelector('.contact-list a.contact-row[aria-current=page]');
const typing = element => element?.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable=true]');
const dialogOpen = () => document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open]');

// ---- one row on, wherever the list was scrolled to since
function open(link) {
  const inList = document.activeElement?.closest('.contact-list') || document.activeElement === document.body;
  link.click();
  link.scrollIntoView({ block: 'nearest' });
  if (inList) link.focus({ preventScroll: true });
}
export function move(step) {
  const all = links();
  if (all.length === 0) { moveFocus(step); return; }
  const at = all.indexOf(current());
  if (at >= 0) { const next = all[at + step]; if (next) open(next); return; }
  const top = all[0].closest('.rows').getBoundingClientRect().top;
  open(all.find(link => link.getBoundingClientRect().top >= top) ?? all[0]);
}

// Companies open in place of their list, so there the keys only choose.
const companies = () => [...document.querySelectorAll('a.account-row, a.run-row')];
function moveFocus(step) {
  const all = companies();
  const at = all.indexOf(document.activeElement);
  const row = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

// ---- the search box
/** Opens the first row once the list shows what stands in the box; gives up when the text changes again. */
function openFirst(box) {
  const wanted = box.value.trim();
  const list = box.closest('.contact-list').querySelector('.rows');
  if (!list) return;
  const ready = () => {
    const first = list.querySelector('.row');
    if (box.value.trim() !== wanted) return true;
    if (!first || first.dataset.search !== wanted || list.getAttribute('aria-busy') === 'true') return false;
    const link = first.querySelector('a.contact-row');
    open(link);
    link.focus();
    return true;
  };
  if (ready()) return;
  const watch = new MutationObserver(() => { if (ready()) stop(); });
  const stop = () => { watch.disconnect(); box.removeEventListener('input', stop); };
  watch.observe(list, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-search', 'aria-busy'] });
  box.addEventListener('input', stop);
}
export function searchKeys(event) {
  const box = event.target;
  if (event.isComposing || !['Escape', 'Enter', 'ArrowDown'].includes(event.key)) return;
  event.preventDefault();
  if (event.key === 'Escape') {
    box.value = '';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
    box.blur();
    (current() ?? links()[0])?.focus({ preventScroll: true });
  } else if (event.key === 'Enter' && box.closest('.contact-list')) openFirst(box);
  else if (event.key === 'Enter') companies()[0]?.click();
  else (links()[0] ?? companies()[0])?.focus();
}

// ---- one list on the page
export function attach(list, server) {
  const ended = new AbortController();
  const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: ended.signal, ...options });
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args).catch(() => { });
  const own = () => list.dataset.own !== undefined;
  const picked = () => Number(list.dataset.picked);
  const rowAt = event => event.target.closest?.('.row');

  // picking: with Ctrl or Shift, by a long press, and once one is picked by a tap
  let touched = false, press = 0, pressed = null, swallow = false;
  on(list, 'click', event => {
    const row = rowAt(event);
    if (!row || event.target.closest('.pick')) return;
    const picks = event.ctrlKey || event.metaKey || event.shiftKey || (touched && picked() > 0);
    if (!picks && !swallow) return;
    event.preventDefault();
    event.stopPropagation();
    if (!swallow) tell('Pick', row.dataset.id, event.shiftKey);
    swallow = false;
  }, { capture: true });
  on(list, 'pointerdown', event => {
    touched = event.pointerType !== 'mouse';
    swallow = false;
    clearTimeout(press);
    const row = rowAt(event);
    if (!touched || !row) return;
    pressed = [event.clientX, event.clientY];
    press = setTimeout(() => { swallow = true; navigator.vibrate?.(8); tell('Pick', row.dataset.id, false); }, 480);
  });
  on(list, 'pointermove', event => { if (pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 10) clearTimeout(press); });
  for (const type of ['pointerup', 'pointercancel']) on(list, type, () => clearTimeout(press));
  on(list, 'contextmenu', event => { if (touched && rowAt(event)) event.preventDefault(); });

  // keys
  on(document, 'keydown', event => {
    if (event.defaultPrevented || typing(event.target) || dialogOpen() || event.ctrlKey || event.metaKey) return;
    const inList = event.target.closest?.('.contact-list') || event.target === document.body;
    const row = event.target.closest?.('.row') ?? current()?.parentElement;
    const id = row?.dataset.id;
    const action = event.altKey
      ? { ArrowUp: inList && id && (() => tell('Nudge', id, -1)), ArrowDown: inList && id && (() => tell('Nudge', id, 1)) }[event.key]
      : {
        x: id && (() => tell('Pick', id, event.shiftKey)),
        m: id && own() && (() => tell('MoveToFolder', id)),
        Home: inList && (() => list.scrollTo({ top: 0 })),
        End: inList && (() => list.scrollTo({ top: list.scrollHeight })),
      }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // dragging
  let dragged = null, over = null, unfold = 0;
  const mark = (element, how) => {
    if (over && over !== element) { delete over.dataset.over; clearTimeout(unfold); }
    if (element && (over !== element || element.dataset.over !== how)) element.dataset.over = how;
    if (element && element !== over) unfold = setTimeout(() => element.querySelector('.fold[aria-expanded=false]')?.click(), 700);
    over = element;
  };
  const end = () => {
    document.querySelectorAll('[data-dragged]').forEach(e => delete e.dataset.dragged);
    mark(null);
    dragged = null;
  };
  // Where it would go, or null where it may not.
  const aim = event => {
    const group = event.target.closest?.('.group[data-drop]');
    const row = rowAt(event);
    const share = element => (event.clientY - element.getBoundingClientRect().top) / element.offsetHeight;
    if (group && dragged.kind === 'row') return { element: group, how: 'into', place: 'into', target: group.dataset.drop };
    if (group && dragged.id !== group.dataset.drop) {
      const before = group.dataset.folder && share(group) < .3;
      return { element: group, how: before ? 'before' : 'into', place: before ? 'before' : 'into', target: group.dataset.folder ?? null };
    }
    if (!row || dragged.kind !== 'row' || list.dataset.order !== 'manual') return null;
    if (share(row) < .5) return { element: row, how: 'before', place: 'before', target: row.dataset.id };
    const next = row.nextElementSibling;
    return { element: row, how: 'after', place: 'before', target: next?.dataset.id ?? null };
  };
  on(list, 'dragstart', event => {
    const group = event.target.closest('.group[data-folder]'), row = rowAt(event);
    if (touched || !own() || !(group || row)) { event.preventDefault(); return; }
    dragged = group ? { kind: 'folder', id: group.dataset.folder } : { kind: 'row', id: row.dataset.id };
    const many = row?.dataset.picked !== undefined ? picked() : 1;
    const badge = Object.assign(document.createElement('div'), { className: 'drag-badge', textContent: many > 1 ? many : (group ?? row).querySelector('strong, .group-link').textContent });
    document.body.append(badge);
    event.dataTransfer.setDragImage(badge, 12, 12);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', badge.textContent);
    setTimeout(() => {
      badge.remove();
      if (group) group.dataset.dragged = '';
      else list.querySelectorAll(many > 1 ? '.row[data-picked]' : `.row[data-id="${row.dataset.id}"]`).forEach(r => { r.dataset.dragged = ''; });
    });
  });
  on(list, 'dragover', event => {
    const goal = dragged && aim(event);
    mark(goal?.element ?? null, goal?.how);
    if (!goal) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
  });
  on(list, 'dragleave', event => { if (!list.contains(event.relatedTarget)) mark(null); });
  on(list, 'drop', event => {
    const goal = dragged && aim(event);
    if (!goal) return;
    event.preventDefault();
    tell('Dropped', dragged.kind, dragged.id, goal.place, goal.target);
    end();
  });
  on(document, 'dragend', end);

  // coming back to the same place
  const key = 'crmai:list-place';
  let shown = null, rest = 0;
  on(list, 'scroll', () => {
    clearTimeout(rest);
    if (list.offsetParent) rest = setTimeout(() => { if (shown !== null) sessionStorage.setItem(key, JSON.stringify([shown, list.scrollTop])); }, 150);
  });

  list.dataset.heard = '';
  return {
    /** Another list begins at its top, one of another group at its heading. */
    show(filter, top) {
      shown = filter;
      if (top) list.scrollTop = 0;
      else list.querySelector('.group.open')?.scrollIntoView({ block: 'nearest' });
    },
    /** The open heading comes into view before its rows are there. */
    head() { list.querySelector('.group.open')?.scrollIntoView({ block: 'nearest' }); },
    place(filter) {
      const [kept, top] = JSON.parse(sessionStorage.getItem(key) ?? '[null,0]');
      shown = filter;
      if (kept === filter && top > 0) list.scrollTop = top;
    },
    dispose() { ended.abort(); clearTimeout(press); clearTimeout(rest); clearTimeout(unfold); },
  };
}
