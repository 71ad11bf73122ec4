// Cuts a square out of a picture where it is seen, and sends it. The picture stays until it has arrived.
const side = 512;
const limit = 25 * 1024 * 1024;

export function attach(zone, canvas, server) {
  const pen = canvas.getContext('2d');
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args).catch(() => { });
  let picture = null, zoom = 1, x = 0, y = 0, request = null;
  const pointers = new Map();

  // x and y are the middle of the cut, in the picture's own pixels.
  const cover = () => Math.min(picture.width, picture.height);
  const span = () => cover() / zoom;
  function keepInside() {
    const half = span() / 2;
    x = Math.max(half, Math.min(picture.width - half, x));
    y = Math.max(half, Math.min(picture.height - half, y));
  }
  function draw() {
    if (!picture) return;
    keepInside();
    const size = span();
    pen.imageSmoothingQuality = 'high';
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, side, side);
    pen.drawImage(picture, x - size / 2, y - size / 2, size, size, 0, 0, side, side);
    canvas.setAttribute('aria-valuenow', Math.round(zoom * 100));
  }
  function scale(factor) { zoom = Math.max(1, Math.min(8, zoom * factor)); draw(); }
  function move(dx, dy) {
    const step = span() / canvas.getBoundingClientRect().width;
    x -= dx * step;
    y -= dy * step;
    draw();
  }

  async function load(file) {
    if (!file) return;
    if (!file.type.startsWith('image/')) { tell('Refused', 'photo.kind', []); return; }
    if (file.size > limit) { tell('Refused', 'photo.large', [String(limit / 1048576)]); return; }
    try { picture = await createImageBitmap(file, { imageOrientation: 'from-image' }); }
    catch { tell('Refused', 'photo.kind', []); return; }
    canvas.width = canvas.height = side;
    zoom = 1;
    x = picture.width / 2;
    y = picture.height / 2;
    draw();
    await tell('Chosen');
    canvas.focus();
  }

  function send(address) {
    canvas.toBlob(blob => {
      request = new XMLHttpRequest();
      let told = 0;
      request.upload.onprogress = event => {
        const percent = Math.floor(event.loaded / event.total * 100);
        if (percent - told >= 10) { told = percent; tell('Progressed', percent); }
      };
      request.onload = () => {
        let answer = null;
        try { answer = JSON.parse(request.responseText); } catch { /* not ours: told below */ }
        if (request.status >= 200 && request.status < 300 && answer) tell('Finished', answer.changeSetId ?? null);
        else tell('Refused', answer?.code ?? 'photo.failed', (answer?.args ?? []).map(String));
      };
      request.onerror = () => tell('Refused', 'photo.failed', []);
      request.open('POST', address);
      request.setRequestHeader('RequestVerificationToken', document.querySelector('#sign-out input').value);
      request.setRequestHeader('Content-Type', 'image/jpeg');
      request.send(blob);
    }, 'image/jpeg', 0.9);
  }

  const down = event => { if (!picture) return; event.preventDefault(); canvas.focus(); canvas.setPointerCapture(event.pointerId); pointers.set(event.pointerId, event); };
  const apart = () => { const [a, b] = [...pointers.values()]; return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY); };
  function drag(event) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    if (pointers.size === 2) {
      const was = apart();
      pointers.set(event.pointerId, event);
      if (was > 0) scale(apart() / was);
    } else {
      pointers.set(event.pointerId, event);
      move(event.clientX - before.clientX, event.clientY - before.clientY);
    }
  }
  const up = event => pointers.delete(event.pointerId);
  const wheel = event => { if (!picture) return; event.preventDefault(); scale(Math.exp(-event.deltaY / 400)); };
  function keys(event) {
    const step = event.shiftKey ? 40 : 10;
    const action = {
      ArrowLeft: () => move(step, 0), ArrowRight: () => move(-step, 0), ArrowUp: () => move(0, step), ArrowDown: () => move(0, -step),
      '+': () => scale(1.1), '=': () => scale(1.1), '-': () => scale(1 / 1.1),
    }[event.key];
    if (!picture || !action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }
  const over = event => { if ([...event.dataTransfer.types].includes('Files')) { event.preventDefault(); zone.classList.add('dropping'); } };
  const out = () => zone.classList.remove('dropping');
  const drop = event => { out(); if (event.dataTransfer.files.length) { event.preventDefault(); load(event.dataTransfer.files[0]); } };
  const paste = event => { const file = [...event.clipboardData.files].find(f => f.type.startsWith('image/')); if (file) { event.preventDefault(); load(file); } };
  const chosen = event => { load(event.target.files[0]); event.target.value = ''; };

  const heard = [[canvas, { pointerdown: down, pointermove: drag, pointerup: up, pointercancel: up, wheel, keydown: keys }], [zone, { dragover: over, dragleave: out, drop }], [document, { paste }]];
  for (const [target, handlers] of heard) for (const [type, handler] of Object.entries(handlers)) target.addEventListener(type, handler, type === 'wheel' ? { passive: false } : undefined);
  zone.addEventListener('change', chosen);
  // chosen while this was still on its way
  const early = [...zone.querySelectorAll('input[type=file]')].find(input => input.files.length);
  if (early) chosen({ target: early });

  return {
    send,
    scale,
    dispose() {
      request?.abort();
      for (const [target, handlers] of heard) for (const [type, handler] of Object.entries(handlers)) target.removeEventListener(type, handler);
      zone.removeEventListener('change', chosen);
    },
  };
}
