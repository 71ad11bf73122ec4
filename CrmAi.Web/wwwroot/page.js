// Called by pages through PageScripts.
export function setTheme(theme) { window.crmai.setTheme(theme); }

/** Brings the place into view without moving anything but its own scroll area, and makes it flash once. */
export function reveal(selector) {
  const place = document.querySelector(selector);
  if (!place) return false;
  place.scrollIntoView({ block: 'center' });
  place.classList.remove('flash');
  void place.offsetWidth;
  place.classList.add('flash');
  // Whoever came by a link goes on reading there; from a field nobody is taken away.
  const now = document.activeElement, article = place.closest('article[tabindex]');
  if (article && (!now || now === document.body || now.matches('#content, h1, a[data-reveal]'))) article.focus({ preventScroll: true });
  return true;
}

/** Not away from a field of the same form that one has begun to fill. */
export function focus(selector) {
  const place = document.querySelector(selector), now = document.activeElement;
  if (now?.matches('input, textarea') && now.form && now.form === place?.form) return;
  place?.focus();
}

/** Answered before the page goes, so that nobody waits for an answer of a page that is gone. */
export function leave(address) { setTimeout(() => location.assign(address)); }

/** A list's address follows what is typed, wherever one has gone within that list since; not where one has left it. */
export function follow(address) {
  const target = new URL(address, location.href);
  const inWorkspace = path => path === '/' || path.startsWith('/contacts/');
  if (inWorkspace(target.pathname) ? !inWorkspace(location.pathname) : target.pathname !== location.pathname) return;
  const pane = location.pathname !== '/' && new URLSearchParams(location.search).get('pane');
  if (pane) target.searchParams.set('pane', pane);
  Blazor.navigateTo(location.pathname + target.search, { replaceHistoryEntry: true });
}
