// What the page does without asking the server: theme, keys, hints, menus, the movable edge, notices that leave by themselves.
import { move as moveInList, searchKeys } from './list.js';
import { reveal } from './page.js';
import { open as openPalette } from './palette.js';
import './brief.js';
import './layers.js';
import './panes.js';

const root = document.documentElement;
const typing = element => element?.closest('input, textarea, select, [contenteditable=true]');
const dialogOpen = () => document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open]');

// ---- theme
const media = { system: ['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'], contrast: ['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'], light: ['all', 'not all'], dark: ['not all', 'all'] };
export function setTheme(theme) {
  const [light, dark] = media[theme];
  const set = (id, value) => { document.getElementById(id).media = value; };
  set('theme-light', light);
  set('theme-dark', dark);
  set('theme-contrast-light', theme === 'contrast' ? light : 'not all');
  set('theme-contrast-dark', theme === 'contrast' ? dark : 'not all');
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}
window.crmai = { setTheme };

// ---- the edge between timeline and workbench
const edgeKey = 'crmai:bottom';
const edgeLimits = [210, 560];
function setEdge(height) {
  const room = window.innerHeight - 48 - 120 - 140;
  const value = Math.round(Math.max(edgeLimits[0], Math.min(edgeLimits[1], room, height)));
  root.style.setProperty('--bottom', value + 'px');
  document.querySelectorAll('[data-edge]').forEach(e => e.setAttribute('aria-valuenow', value));
  return value;
}
// Files, questions and refusals need more room than a note: given where the pane is small, without changing what is kept.
const neededEdge = 300;
function makeRoom(node) {
  const pane = node.closest('[data-compose]')?.closest('[data-bottom]');
  const wants = '.speakers, .field-error, .tray';
  if (!pane || !(node.matches(wants) || node.closest('.tray') || node.querySelector(wants))) return;
  if (innerWidth > 760 && pane.getBoundingClientRect().height < neededEdge) setEdge(neededEdge);
}
const keptEdge = Number(localStorage.getItem(edgeKey));
if (keptEdge) setEdge(keptEdge);
document.addEventListener('pointerdown', event => {
  const edge = event.target.closest('[data-edge]');
  if (!edge) return;
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  const bottom = edge.parentElement.getBoundingClientRect().bottom;
  let height;
  const move = e => { height = setEdge(bottom - e.clientY); };
  const up = () => {
    edge.removeEventListener('pointermove', move);
    if (height) localStorage.setItem(edgeKey, height);
  };
  edge.addEventListener('pointermove', move);
  edge.addEventListener('lostpointercapture', up, { once: true });
});
function edgeKeys(event, edge) {
  const step = { ArrowUp: 24, ArrowDown: -24, PageUp: 120, PageDown: -120 }[event.key];
  if (!step) return;
  event.preventDefault();
  const now = edge.parentElement.querySelector('[data-bottom]').getBoundingClientRect().height;
  localStorage.setItem(edgeKey, setEdge(now + step));
}

// ---- keys
const searchBox = () => document.querySelector('#contact-search, #account-search');
function findContact() {
  const box = searchBox();
  if (!box) { Blazor.navigateTo('/'); return; }
  document.querySelector('.workspace')?.setAttribute('data-pane', 'list');
  box.focus();
  box.select();
}
// From a pane that hides it, by way of the one that holds it; on a phone that is a pane of its own.
function writeNote(tries = 100) {
  const box = document.querySelector('[data-compose] textarea');
  if (box?.getClientRects().length > 0) { box.focus(); return; }
  const tab = ['compose', 'timeline'].map(name => document.querySelector(`.pane-tabs [data-tab=${name}]`)).find(a => a?.getClientRects().length > 0);
  if (!tab || tries === 0) return;
  if (tries === 100) tab.click();
  setTimeout(() => writeNote(tries - 1), 50);
}
document.addEventListener('keydown', event => {
  if (event.target.matches?.('#contact-search, #account-search') && !event.ctrlKey && !event.metaKey && !event.altKey) searchKeys(event);
  const edge = event.target.closest?.('[data-edge]');
  if (edge) { edgeKeys(event, edge); return; }
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === 'k') { event.preventDefault(); hideTip(); openPalette(); return; }
  if (command && !typing(event.target) && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) { event.preventDefault(); moveInList(event.key === 'ArrowLeft' ? -1 : 1); return; }
  if (event.key === 'Escape') { hideTip(); return; }
  if (command || event.altKey || typing(event.target) || dialogOpen()) return;
  const inList = event.target.closest?.('.contact-list, .accounts') || event.target === document.body;
  const action = {
    '/': findContact,
    '?': () => document.getElementById('help')?.click(),
    j: () => moveInList(1), k: () => moveInList(-1),
    n: () => writeNote(),
    q: () => document.querySelector('#add-task')?.click(),
    ...(document.querySelector('#review-cards') && { r: () => document.querySelector('#review-cards').click() }),
    a: () => document.querySelector('#add-contact, #add-account')?.click(),
    ...(inList && { ArrowDown: () => moveInList(1), ArrowUp: () => moveInList(-1) }),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (action) { event.preventDefault(); action(); }
});
// On a row of the list, what is nobody's shortcut begins a search; the key itself then lands in the box, an input method's too.
window.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !event.target.closest?.('a.contact-row, a.account-row')) return;
  if (event.key !== 'Process' && !(event.key.length === 1 && event.key.trim())) return;
  const box = searchBox();
  box?.focus();
  box?.select();
});

// ---- menus and one-click choices
// Opened in the browser's top layer, so that no scroll area cuts them off; upwards where there is no room below.
document.addEventListener('toggle', event => {
  const list = event.target.matches?.('details.menu') && event.target.querySelector('.menu-list');
  if (!list) return;
  list.popover = 'manual';
  if (!event.target.open) { if (list.matches(':popover-open')) list.hidePopover(); return; }
  list.showPopover();
  const at = event.target.querySelector('summary').getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const start = 'start' in event.target.dataset ? Math.min(at.left, innerWidth - size.width - 8) : at.right - size.width;
  list.style.left = Math.max(8, start) + 'px';
  list.style.top = (at.bottom + 4 + size.height > innerHeight ? Math.max(8, at.top - size.height - 4) : at.bottom + 4) + 'px';
}, true);
document.addEventListener('click', event => {
  document.querySelectorAll('details.menu[open]').forEach(menu => { if (!menu.contains(event.target) || event.target.closest('[data-closes]')) menu.open = false; });
  const theme = event.target.closest('[data-set-theme]');
  if (theme) setTheme(theme.dataset.setTheme);
  const copy = event.target.closest('[data-copy]');
  if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => {
    copy.classList.add('copied');
    setTimeout(() => copy.classList.remove('copied'), 1500);
  });
  if (event.target.closest('[data-find]')) openPalette();
  const claim = event.target.closest('a[data-reveal]');
  if (claim?.href === location.href) reveal('.timeline [data-target]');
});
document.addEventListener('submit', event => {
  if (event.target.id !== 'sign-out' && event.target.id !== 'sign-out-everywhere') return;
  Object.keys(localStorage).filter(key => key.startsWith('crmai:draft:')).forEach(key => localStorage.removeItem(key));
});

// ---- hints
let tip;
function showTip(element) {
  hideTip();
  const text = element.dataset.tip;
  if (!text) return;
  tip = Object.assign(document.createElement('div'), { className: 'tip', textContent: text });
  tip.setAttribute('role', 'tooltip');
  document.body.append(tip);
  const at = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(innerWidth - size.width - 8, at.left + at.width / 2 - size.width / 2)) + 'px';
  tip.style.top = (at.top - size.height - 6 > 8 ? at.top - size.height - 6 : at.bottom + 6) + 'px';
}
function hideTip() { tip?.remove(); tip = null; }
document.addEventListener('pointerover', event => {
  const element = event.target.closest?.('[data-tip]');
  if (element && event.pointerType !== 'touch') showTip(element); else hideTip();
});
document.addEventListener('focusin', event => {
  const element = event.target.closest?.('[data-tip]');
  if (element?.matches(':focus-visible')) showTip(element); else hideTip();
});
document.addEventListener('pointerdown', hideTip);
document.addEventListener('scroll', event => {
  hideTip();
  if (event.target !== document) event.target.querySelectorAll?.('details.menu[open]').forEach(menu => { menu.open = false; });
}, true);

// ---- lists that load on, and notices that leave
const onward = new IntersectionObserver(entries => entries.filter(e => e.isIntersecting).forEach(e => e.target.click()), { rootMargin: '300px' });
function leave(toast) {
  setTimeout(function end() {
    if (toast.matches(':hover, :focus-within')) setTimeout(end, 2000);
    else toast.querySelector('.toast-close')?.click();
  }, 10000);
}
new MutationObserver(changes => {
  for (const node of changes.flatMap(c => [...c.addedNodes])) {
    if (node.nodeType !== 1) continue;
    makeRoom(node);
    for (const button of [...(node.matches('[data-more]') ? [node] : []), ...node.querySelectorAll('[data-more]')]) onward.observe(button);
    for (const toast of [...(node.matches('[data-toast]') ? [node] : []), ...node.querySelectorAll('[data-toast]')]) leave(toast);
  }
}).observe(document.body, { childList: true, subtree: true });
