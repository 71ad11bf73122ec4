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
  return true;
}

export function focus(selector) { document.querySelector(selector)?.focus(); }

/** Answered before the page goes, so that nobody waits for an answer of a page that is gone. */
export function leave(address) { setTimeout(() => location.assign(address)); }
