// Sends files beside a note as they are chosen, dropped or pasted, and tells how far each has come.
export function attach(zone, input, server, maxSize) {
  const running = new Map();
  const tell = (method, ...args) => server.invokeMethodAsync(method, ...args).catch(() => { });

  async function send(file) {
    const key = crypto.randomUUID();
    await tell('Started', key, file.name || 'image.png', file.size);
    if (file.size > maxSize) { tell('Refused', key, 'attachment.large', [String(maxSize / 1048576)]); return; }
    const request = new XMLHttpRequest();
    running.set(key, request);
    let told = 0;
    request.upload.onprogress = event => {
      const percent = Math.floor(event.loaded / event.total * 100);
      if (percent - told >= 10) { told = percent; tell('Progressed', key, percent); }
    };
    request.onload = () => {
      running.delete(key);
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* not ours: told below */ }
      if (request.status === 200 && answer) tell('Finished', key, answer);
      else tell('Refused', key, answer?.code ?? 'attachment.failed', (answer?.args ?? []).map(String));
    };
    request.onerror = () => { running.delete(key); tell('Refused', key, 'attachment.failed', []); };
    request.open('POST', '/attachments?name=' + encodeURIComponent(file.name || 'image.png'));
    request.setRequestHeader('RequestVerificationToken', document.querySelector('#sign-out input').value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
  }

  const sendAll = files => [...files].forEach(send);
  const over = event => { if ([...event.dataTransfer.types].includes('Files')) { event.preventDefault(); zone.classList.add('dropping'); } };
  const out = () => zone.classList.remove('dropping');
  const drop = event => {
    out();
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    sendAll(event.dataTransfer.files);
  };
  const paste = event => {
    const files = event.clipboardData.files;
    if (files.length === 0 || event.clipboardData.getData('text/plain')) return;
    event.preventDefault();
    sendAll(files);
  };
  const chosen = () => { sendAll(input.files); input.value = ''; };
  const handlers = { dragover: over, dragleave: out, drop, paste };
  for (const [type, handler] of Object.entries(handlers)) zone.addEventListener(type, handler);
  input.addEventListener('change', chosen);
  // chosen while this was still on its way
  if (input.files.length) chosen();

  return {
    cancel(key) { running.get(key)?.abort(); running.delete(key); },
    dispose() {
      running.forEach(request => request.abort());
      for (const [type, handler] of Object.entries(handlers)) zone.removeEventListener(type, handler);
      input.removeEventListener('change', chosen);
    },
  };
}
