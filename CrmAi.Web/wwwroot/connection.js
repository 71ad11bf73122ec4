// Says that the connection is away while the page stays readable behind it. When the server answers but no longer knows
// this page, the page is loaded again; what was typed comes back from the drafts kept in the browser.
const overlay = document.getElementById('connection');
const rest = milliseconds => new Promise(resume => setTimeout(resume, milliseconds));

Blazor.start({
  circuit: {
    reconnectionHandler: {
      onConnectionDown: async () => {
        overlay.dataset.state = 'lost';
        overlay.hidden = false;
        for (let attempt = 0; ; attempt++) {
          await rest(attempt < 5 ? 800 : 3000);
          if (attempt === 8) overlay.dataset.state = 'long';
          try {
            if (await Blazor.reconnect()) return;
            overlay.dataset.state = 'reload';
            location.reload();
            return;
          } catch { /* the server is still away */ }
        }
      },
      onConnectionUp: () => {
        overlay.hidden = true;
        window.dispatchEvent(new Event('crmai:connected'));
      },
    },
  },
});
