// Which layer a key is meant for: Esc leaves the topmost, Ctrl+Enter saves what it holds, and focus goes back to where it was.
const isShown = element => element.isConnected && element.getClientRects().length > 0;
const dialogSelector = '.rz-dialog, .rz-dialog-side';

/** The dialog in front; one that asks about a side sheet lies before it. */
export const topDialog = () => [...document.querySelectorAll('.rz-dialog')].at(-1) ?? document.querySelector('.rz-dialog-side');

// ---- Esc: menu or list to choose from, dialog, selection
function closePopups(event) {
  const shown = [...document.querySelectorAll('.rz-popup, .rz-overlaypanel')].filter(popup => isShown(popup) && !popup.classList.contains('rz-close')); // one that is leaving counts no more
  for (const popup of shown) {
    const known = (Radzen.popups ?? []).find(p => p.id === popup.id);
    Radzen.closePopup(popup.id, known?.instance, known?.callback, event);
    Radzen.popups = (Radzen.popups ?? []).filter(p => p.id !== popup.id);
  }
  return shown.length > 0;
}
function leave(event) {
  const menus = [...document.querySelectorAll('details.menu[open]')];
  menus.forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
  if (menus.length > 0 || closePopups(event)) return true;
  const choices = [...document.querySelectorAll('[data-dismiss=list]')].at(-1);
  if (choices) { choices.click(); return true; }
  const dialog = topDialog();
  const close = dialog?.querySelector('.rz-dialog-titlebar-close, .rz-dialog-side-titlebar-close');
  if (close) { close.click(); return true; }
  if (dialog || event.target.closest?.('input, textarea, select')) return false;
  const selection = document.querySelector('[data-dismiss=selection]');
  selection?.click();
  return !!selection;
}
// Before anybody else hears of it: the component library would close a dialog behind its own open list, or nothing at all.
window.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.isComposing || document.querySelector('dialog[open]')) return;
  if (!leave(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// ---- Ctrl+Enter
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.isComposing) return;
  const place = event.target.closest?.('form, [data-compose]') ?? topDialog();
  const button = place?.querySelector('[data-save], [type=submit], .save, .dialog-foot .rz-button.rz-primary');
  if (!button || button.disabled) return;
  event.preventDefault();
  event.target.blur(); // a field tells what was typed when it is left
  button.click();
  event.target.focus({ preventScroll: true });
});

// ---- where focus was, layer by layer
const last = new WeakMap();
const layerOf = element => element.closest(dialogSelector) ?? document.body;
document.addEventListener('focusin', event => { if (!event.target.closest('dialog')) last.set(layerOf(event.target), event.target); });
function giveBack() {
  if (document.activeElement && document.activeElement !== document.body) return;
  const was = last.get(topDialog() ?? document.body);
  const target = !was?.isConnected ? null : isShown(was) ? was : was.closest('details.menu')?.querySelector('summary');
  (target ?? topDialog() ?? document.getElementById('content'))?.focus({ preventScroll: true });
}
new MutationObserver(changes => {
  const closed = changes.some(c => [...c.removedNodes].some(n => n.nodeType === 1 && (n.matches(dialogSelector) || n.querySelector(dialogSelector))));
  if (closed) setTimeout(giveBack, 60); // after the library, which gives it back to what may no longer be shown
}).observe(document.body, { childList: true, subtree: true });

// The address of the place within this page; the page's base would make it one of the start page.
document.addEventListener('click', event => {
  if (!event.target.closest?.('[data-skip]')) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById('content').focus();
}, true);
