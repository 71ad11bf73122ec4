// Zooms, moves and turns over what the viewer shows, without asking the server; and says where the browser cannot show a file.
const limits = [1, 8];

export function attach(root) {
  let zoom = 1, x = 0, y = 0, from = null;
  const stage = () => root.querySelector('.stage');
  const image = () => root.querySelector('.stage img');

  function place() {
    const shown = image();
    if (!shown) return;
    if (zoom === 1) x = y = 0;
    shown.style.setProperty('--zoom', zoom);
    shown.style.setProperty('--x', x + 'px');
    shown.style.setProperty('--y', y + 'px');
    stage().toggleAttribute('data-zoomed', zoom > 1);
  }
  function scale(factor) {
    zoom = factor === 0 ? 1 : Math.max(limits[0], Math.min(limits[1], zoom * factor));
    place();
  }
  function look() {
    zoom = 1;
    x = y = 0;
    // A browser without a PDF viewer would save the file instead of showing it.
    if (root.querySelector('.stage iframe') && navigator.pdfViewerEnabled === false) cannot();
  }
  const cannot = () => stage()?.setAttribute('data-cannot', '');

  const handlers = {
    click(event) {
      const button = event.target.closest('[data-zoom]');
      if (button) scale({ in: 1.5, out: 1 / 1.5, fit: 0 }[button.dataset.zoom]);
    },
    dblclick(event) { if (event.target === image()) scale(zoom > 1 ? 0 : 2); },
    pointerdown(event) {
      if (event.target !== image() || zoom === 1) return;
      event.preventDefault();
      event.target.setPointerCapture(event.pointerId);
      from = { x: event.clientX - x, y: event.clientY - y };
    },
    pointermove(event) {
      if (!from) return;
      x = event.clientX - from.x;
      y = event.clientY - from.y;
      place();
    },
    pointerup() { from = null; },
    keydown(event) {
      if (event.target.closest('audio, video')) return;
      const turn = { ArrowLeft: '-1', ArrowRight: '1' }[event.key];
      const size = { '+': 1.5, '=': 1.5, '-': 1 / 1.5, 0: 0 }[event.key];
      if (turn) root.querySelector(`[data-turn="${turn}"]:enabled`)?.click();
      else if (size !== undefined && image()) scale(size);
      else return;
      event.preventDefault();
    },
  };
  const wheel = event => {
    if (event.target !== image()) return;
    event.preventDefault();
    scale(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  };
  for (const [type, handler] of Object.entries(handlers)) root.addEventListener(type, handler);
  root.addEventListener('wheel', wheel, { passive: false });
  root.addEventListener('error', cannot, true);
  const turned = new MutationObserver(changes => { if (changes.some(c => c.type === 'childList' && [...c.addedNodes].some(n => n.classList?.contains('stage')))) look(); });
  turned.observe(root, { childList: true });
  look();
  root.focus();
  root.dataset.heard = '';

  return {
    dispose() {
      turned.disconnect();
      for (const [type, handler] of Object.entries(handlers)) root.removeEventListener(type, handler);
      root.removeEventListener('wheel', wheel);
      root.removeEventListener('error', cannot, true);
    },
  };
}
