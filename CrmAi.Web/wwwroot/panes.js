// The contact's panes: their keys, and that the one in the address stays while one moves from contact to contact.
const typing = element => element?.closest?.('input, textarea, select, [contenteditable=true]');
const busy = () => document.querySelector('.rz-dialog, .rz-dialog-side');

document.addEventListener('keydown', event => {
  if (event.isComposing) return;
  if (menuKeys(event)) { event.stopImmediatePropagation(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || busy()) return;
  const button = { e: '#edit-contact', h: '[data-tab=history]', t: '[data-tab=timeline]', d: '[data-tab=details]' }[event.key.toLowerCase()];
  const found = button && document.querySelector(button);
  if (found) { event.preventDefault(); found.click(); }
});

// Before the page follows the link. What was just typed is searched for there too, though the list has not followed it yet.
document.addEventListener('click', event => {
  const row = event.target.closest('.contact-list a[href^="/contacts/"]');
  if (!row) return;
  const pane = new URLSearchParams(location.search).get('pane');
  const target = new URL(row.href);
  if (pane) target.searchParams.set('pane', pane); else target.searchParams.delete('pane');
  const typed = document.querySelector('#contact-search')?.value.trim();
  if (typed) target.searchParams.set('q', typed); else target.searchParams.delete('q');
  row.href = target.pathname + target.search;
}, true);

// A click on what belongs to an entry does not leave the entry.
document.addEventListener('mousedown', event => { if (event.target.closest('[data-keeps-focus]')) event.preventDefault(); });

// A key that leaves or saves a field whose script is still on its way waits for it.
document.addEventListener('keydown', event => {
  const entry = event.target;
  if (event.isComposing || !entry.matches?.('[data-entry]:not([data-heard])')) return;
  const saves = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (!saves && !(entry.matches('.inline-entry') && ['Enter', 'Escape'].includes(event.key))) return;
  entry.dataset.early = saves ? 'Ctrl+Enter' : event.key;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// ---- lists to choose from: arrows move, a letter finds
function menuKeys(event) {
  const menu = event.target.closest?.('details.menu');
  if (!menu || typing(event.target)) return false;
  const summary = menu.querySelector('summary');
  if (!menu.open) {
    if (event.target !== summary || !['ArrowDown', 'ArrowUp', 'F2'].includes(event.key)) return false;
    event.preventDefault();
    menu.open = true;
    requestAnimationFrame(() => (menu.querySelector('.menu-list [aria-current]') ?? menu.querySelector('.menu-list button, .menu-list a'))?.focus());
    return true;
  }
  const items = [...menu.querySelectorAll('.menu-list button:not(:disabled), .menu-list a')];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  let next = step ? items[(at + step + items.length) % items.length] : { Home: items[0], End: items.at(-1) }[event.key];
  if (!next && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
    const letter = event.key.toLowerCase();
    next = [...items.slice(at + 1), ...items].find(item => item.textContent.trim().toLowerCase().startsWith(letter)) ?? items[at];
  }
  if (event.key === 'Tab') menu.open = false;
  if (!next) return false;
  event.preventDefault();
  next.focus();
  return true;
}
