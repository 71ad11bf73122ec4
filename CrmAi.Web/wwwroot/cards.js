// Photos of cards on their way to the server. The queue outlives the page that began it, as long as the browser stays:
// whichever part shows uploads is told of all of them.
const atOnce = 3;
const uploads = [];
const watchers = new Set();
let told = 0;

const shown = u => ({ key: u.key, name: u.name, percent: u.percent, state: u.state, code: u.code, args: u.args, card: u.card });
function tell() {
  clearTimeout(told);
  told = setTimeout(() => watchers.forEach(watcher => watcher(uploads.map(shown))), 80);
}
addEventListener('beforeunload', event => { if (uploads.some(u => u.state === 'sending' || u.state === 'waiting')) event.preventDefault(); });

function next() {
  for (const upload of uploads.filter(u => u.state === 'waiting').slice(0, Math.max(0, atOnce - uploads.filter(u => u.state === 'sending').length))) send(upload);
}
function end(upload, state, more) {
  Object.assign(upload, { state, request: null }, more);
  // What arrived is a card by now, and shown as one.
  if (state === 'done') { upload.file = null; uploads.splice(uploads.indexOf(upload), 1); }
  tell();
  next();
}
function send(upload) {
  const request = new XMLHttpRequest();
  Object.assign(upload, { request, state: 'sending', percent: 0, code: null, args: [] });
  request.upload.onprogress = event => { upload.percent = Math.floor(event.loaded / event.total * 100); tell(); };
  request.onload = () => {
    let answer = null;
    try { answer = JSON.parse(request.responseText); } catch { /* not ours: told below */ }
    if (request.status >= 200 && request.status < 300 && answer) end(upload, answer.again ? 'again' : 'done', { card: answer.id });
    else end(upload, 'failed', { code: answer?.code ?? 'card.failed', args: (answer?.args ?? []).map(String) });
  };
  request.onerror = () => end(upload, 'failed', { code: 'card.failed' });
  request.open('POST', `/cards/photos?batch=${upload.batch}&name=${encodeURIComponent(upload.name)}`);
  request.setRequestHeader('RequestVerificationToken', document.querySelector('#sign-out input').value);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(upload.file);
  tell();
}
function add(files, { size, many }) {
  const batch = crypto.randomUUID();
  [...files].slice(0, many).forEach(file => uploads.push({ key: crypto.randomUUID(), batch, file, name: file.name || 'photo', percent: 0, args: [], code: null, card: null,
    ...(file.size > size ? { state: 'failed', code: 'card.picture.large', args: [String(size / 1048576)] } : { state: 'waiting' }) }));
  if (files.length > many) uploads.push({ key: crypto.randomUUID(), name: '', percent: 0, state: 'left', code: 'card.batch.left', args: [String(many), String(files.length - many)], card: null });
  tell();
  next();
}

/** Hears what is dropped on the zone, pasted anywhere, and chosen in its inputs. */
export function attach(zone, server, limits) {
  const ended = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: ended.signal });
  const watcher = all => server.invokeMethodAsync('Shown', all).catch(() => { });
  watchers.add(watcher);
  on(zone, 'dragover', event => { if ([...event.dataTransfer.types].includes('Files')) { event.preventDefault(); zone.classList.add('dropping'); } });
  on(zone, 'dragleave', () => zone.classList.remove('dropping'));
  on(zone, 'drop', event => {
    zone.classList.remove('dropping');
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files, limits);
  });
  on(document, 'paste', event => {
    const files = [...event.clipboardData.files];
    if (!files.length || event.clipboardData.getData('text/plain')) return;
    event.preventDefault();
    add(files, limits);
  });
  const take = input => { if (input.files.length) add([...input.files], limits); input.value = ''; };
  on(zone, 'change', event => { if (event.target.matches('input[type=file]')) take(event.target); });
  zone.querySelectorAll('input[type=file]').forEach(input => { if (input.files.length) take(input); }); // chosen while this was still on its way
  zone.dataset.heard = '';
  tell();
  return {
    retry(key) { const upload = uploads.find(u => u.key === key && u.file); if (upload) { upload.state = 'waiting'; tell(); next(); } },
    drop(key) {
      const at = uploads.findIndex(u => u.key === key);
      if (at < 0) return;
      uploads[at].request?.abort();
      uploads.splice(at, 1);
      tell();
      next();
    },
    dispose() { ended.abort(); watchers.delete(watcher); },
  };
}
