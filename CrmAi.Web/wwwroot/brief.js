// The keys of the morning brief: a digit goes to a step; A, S and R answer the one that is in front.
const cards = () => [...document.querySelectorAll('[data-brief] [data-step]')];
const present = () => document.activeElement?.closest?.('[data-step]') ?? cards().find(card => card.querySelector('[data-accept]'));

function openMenu(card, name) {
  const menu = card?.querySelector(`[data-${name}]`);
  if (!menu) return false;
  menu.open = true;
  requestAnimationFrame(() => menu.querySelector('.menu-list button')?.focus());
  return true;
}
const answers = {
  a: card => { const button = card?.querySelector('[data-accept]'); button?.click(); return !!button; },
  s: card => openMenu(card, 'snooze'),
  r: card => openMenu(card, 'reject'),
};
document.addEventListener('keydown', event => {
  if (!document.querySelector('[data-brief]') || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable=true]') || document.querySelector('.rz-dialog, .rz-dialog-side, dialog[open]')) return;
  const card = /^[1-5]$/.test(event.key) && document.querySelector(`[data-brief] [data-step="${event.key}"]`);
  if (card) { card.focus(); card.scrollIntoView({ block: 'nearest' }); }
  if (card || answers[event.key.toLowerCase()]?.(present())) event.preventDefault();
});
