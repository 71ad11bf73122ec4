// What a page must hold for everybody: measured in the browser as it is drawn. Each function answers a list of offenders.
globalThis.measures = (() => {
  const shown = element => element.checkVisibility({ visibilityProperty: true }) && [...element.getClientRects()].some(r => r.width > 1 && r.height > 1) && !element.closest('.visually-hidden');
  const exempt = element => element.closest(':disabled, [aria-disabled=true], .rz-state-disabled, [inert]');
  const place = element => {
    const path = [];
    for (let at = element; at && at !== document.body && path.length < 4; at = at.parentElement) path.unshift(at.localName + (at.id ? '#' + at.id : '') + [...at.classList].filter(c => !c.startsWith('rz-state')).slice(0, 2).map(c => '.' + c).join(''));
    return path.join(' > ');
  };

  // ---- contrast
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  function colour(text) {
    if (known.has(text)) return known.get(text);
    let value;
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(text);
    if (plain) value = [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 1 : +plain[4]];
    else if (srgb) value = [srgb[1] * 255, srgb[2] * 255, srgb[3] * 255, srgb[4] === undefined ? 1 : +srgb[4]];
    else {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = text;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      value = [r, g, b, a / 255];
    }
    known.set(text, value);
    return value;
  }
  const over = (top, below, alpha = top[3]) => [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha));
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const stops = image => image.includes('gradient') ? [...image.matchAll(/rgba?\([^)]*\)|color\([^)]*\)/g)].map(m => colour(m[0])) : [];

  // From the page down to the text: backgrounds lie over each other, and half-transparent groups over what is behind them.
  function against(element, text, choice) {
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(at);
    let below = document.documentElement.dataset.theme === 'dark' ? [0, 0, 0] : [255, 255, 255];
    const groups = [];
    for (const at of chain) {
      const style = getComputedStyle(at);
      if (+style.opacity < 1) groups.push([below, +style.opacity]);
      below = over(colour(style.backgroundColor), below);
      const gradient = stops(style.backgroundImage);
      if (gradient.length) below = over(gradient[choice % gradient.length], below);
    }
    let above = over(text, below);
    for (const [behind, opacity] of groups.reverse()) { above = over(above, behind, opacity); below = over(below, behind, opacity); }
    return chain.some(at => +getComputedStyle(at).opacity === 0) ? 21 : ratio(above, below); // not there until it is pointed at
  }
  function judge(element, style, label, text = colour(style.color)) {
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) || element.closest('.rzi, svg');
    const worst = Math.min(...[0, 1, 2].map(choice => against(element, text, choice)));
    return worst + 0.005 < (large ? 3 : 4.5) ? [`${worst.toFixed(2)} ${place(element)} “${label.trim().slice(0, 24)}” ${style.color}`] : [];
  }
  function contrast(root) {
    const found = new Set();
    for (const top of document.querySelectorAll(root)) {
      const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode());) {
        const element = node.parentElement;
        if (!node.data.trim() || !shown(element) || exempt(element) || element.closest('script, style, option, .spinner')) continue;
        judge(element, getComputedStyle(element), node.data).forEach(o => found.add(o));
      }
      for (const input of top.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox]), textarea')) {
        if (!shown(input) || exempt(input)) continue;
        const hint = getComputedStyle(input, '::placeholder');
        if (!input.value && input.placeholder) { const c = colour(hint.color); judge(input, hint, input.placeholder, [c[0], c[1], c[2], c[3] * +hint.opacity]).forEach(o => found.add(o)); }
        else if (input.value) judge(input, getComputedStyle(input), input.value).forEach(o => found.add(o));
      }
    }
    return [...found];
  }

  // ---- names, ids, headings, landmarks
  const words = element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.rzi, [aria-hidden=true]').forEach(e => e.remove());
    return [copy.textContent, ...[...copy.querySelectorAll('img[alt], [aria-label]')].map(e => e.getAttribute('alt') ?? e.getAttribute('aria-label'))].join(' ').trim();
  };
  function nameOf(element) {
    const by = element.getAttribute('aria-labelledby')?.split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim();
    if (by) return by;
    if (element.getAttribute('aria-label')?.trim()) return element.getAttribute('aria-label');
    const labels = [...(element.labels ?? [])].map(words).join(' ').trim();
    if (labels) return labels;
    if (element.title?.trim()) return element.title;
    return element.matches('input, textarea, select') ? '' : words(element);
  }
  const interactive = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option], [role=tab], [role=radio], [role=checkbox], [role=switch], [role=combobox], [role=menuitem], [role=separator][tabindex], [tabindex="0"]';
  function names() {
    const found = [];
    for (const element of document.querySelectorAll(interactive)) if (shown(element) && !nameOf(element)) found.push('no name: ' + place(element));
    for (const image of document.querySelectorAll('img:not([alt])')) found.push('no alt: ' + place(image));
    const ids = new Map();
    for (const element of document.querySelectorAll('[id]')) ids.set(element.id, (ids.get(element.id) ?? 0) + 1);
    for (const [id, count] of ids) if (count > 1) found.push(`id ${id} ${count} times`);
    for (const element of document.querySelectorAll('[tabindex]')) if (element.tabIndex > 0) found.push('tabindex: ' + place(element));
    const heads = [...document.querySelectorAll('h1')].filter(h => h.checkVisibility());
    if (heads.length !== 1) found.push(`${heads.length} h1: ${heads.map(h => h.textContent.trim().slice(0, 20)).join(' | ')}`);
    const mains = [...document.querySelectorAll('main, [role=main]')];
    if (mains.length !== 1) found.push(`${mains.length} main`);
    for (const nav of document.querySelectorAll('nav, aside, [role=region], [role=dialog], dialog[open]')) if (shown(nav) && !nameOf2(nav)) found.push('unnamed part: ' + place(nav));
    if (!document.title.trim()) found.push('no title');
    if (!document.documentElement.lang) found.push('no language');
    return found;
  }
  const nameOf2 = element => element.getAttribute('aria-label') || document.getElementById(element.getAttribute('aria-labelledby'))?.textContent;

  // ---- room for a finger; links within a sentence are as high as their line
  function targets(least) {
    const found = new Set();
    for (const element of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option], [role=tab], [role=radio], [role=switch], .rz-dropdown, .rz-dropdown-clear-icon')) {
      if (!shown(element) || exempt(element) || element.closest('.rz-helper-hidden-accessible, .rz-calendar, .field-hint')) continue;
      const area = (element.matches('input[type=radio], input[type=checkbox], input[type=search]') && element.closest('label')) || element.closest('.rz-numeric') || element;
      if (getComputedStyle(area).display === 'inline' || element.closest('.rz-dropdown:not(:scope)') !== (element.matches('.rz-dropdown') ? element : null)) continue;
      const box = area.getBoundingClientRect();
      if (box.bottom < 0 || box.right < 0 || box.left > innerWidth) continue;
      if (box.width < least - 0.5 || box.height < least - 0.5) found.add(`${Math.round(box.width)}×${Math.round(box.height)} ${place(element)} “${nameOf(element).slice(0, 20)}”`);
    }
    return [...found];
  }

  /** Every text and every spoken or hinted word on the page. */
  function texts() {
    const all = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) if (node.data.trim() && !node.parentElement.closest('script, style')) all.add(node.data.trim());
    for (const name of ['aria-label', 'title', 'placeholder', 'data-tip', 'alt']) for (const element of document.querySelectorAll(`[${name}]`)) all.add(element.getAttribute(name).trim());
    return [...all];
  }

  const overflow = () => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight];
  const styled = () => [...document.querySelectorAll('link[rel=stylesheet]')].every(link => !matchMedia(link.media || 'all').matches || link.sheet);
  return { contrast, names, targets, texts, overflow, styled };
})();
