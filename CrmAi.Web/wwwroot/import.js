// One file on its way to the server: streamed by the browser itself, so that its size is nobody's concern.
export function attach(zone, server, most) {
  const ended = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: ended.signal });
  let request = null, told = 0;
  const tell = sent => { clearTimeout(told); told = setTimeout(() => server.invokeMethodAsync('Shown', sent).catch(() => { }), 60); };
  const leave = event => { if (request) event.preventDefault(); };
  on(window, 'beforeunload', leave);

  function send(file) {
    if (request) return;
    const sent = { name: file.name || 'file', percent: 0, state: 'sending', code: null, args: [], import: null };
    const fail = (code, args) => { request = null; tell({ ...sent, state: 'failed', code, args: args ?? [] }); };
    if (file.size > most) { fail('file.large', [String(most / 1048576)]); return; }
    request = new XMLHttpRequest();
    request.upload.onprogress = event => tell({ ...sent, percent: Math.floor(event.loaded / event.total * 100) });
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* not ours: told below */ }
      const done = request.status >= 200 && request.status < 300 && answer;
      if (!done) { fail(answer?.code ?? 'import.failed', (answer?.args ?? []).map(String)); return; }
      request = null;
      tell({ ...sent, percent: 100, state: 'done', import: answer.id });
    };
    request.onerror = () => fail('import.failed');
    request.open('POST', `/import/files?name=${encodeURIComponent(sent.name)}`);
    request.setRequestHeader('RequestVerificationToken', document.querySelector('#sign-out input').value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
    tell(sent);
  }

  on(zone, 'dragover', event => { if ([...event.dataTransfer.types].includes('Files')) { event.preventDefault(); zone.classList.add('dropping'); } });
  on(zone, 'dragleave', () => zone.classList.remove('dropping'));
  on(zone, 'drop', event => {
    zone.classList.remove('dropping');
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    send(event.dataTransfer.files[0]);
  });
  const take = input => { const [file] = input.files; input.value = ''; if (file) send(file); };
  on(zone, 'change', event => { if (event.target.matches('input[type=file]')) take(event.target); });
  const input = zone.querySelector('input[type=file]');
  if (input.files.length) take(input); // chosen while this was still on its way
  zone.dataset.heard = '';
  return { dispose() { ended.abort(); request?.abort(); } };
}
