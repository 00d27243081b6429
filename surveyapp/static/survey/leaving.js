"use strict";
// Going on to the next page, and leaving at once: the page is emptied, the browser forgets, and a
// neutral page takes its place in the history.

function onward(address) {
  location.assign(address);
}

async function leave() {
  keep([]);
  clearTimeout(next);
  // A reply that came now would bring the cookie back.
  if (asking) asking.abort();
  document.body.replaceChildren();
  document.title = location.hostname;
  // The cookie is the server's to drop; nobody waits for it longer than half a second.
  const dropped = fetch(exit.href, { keepalive: true, redirect: "manual" }).catch(() => 0);
  await Promise.race([dropped, new Promise((done) => setTimeout(done, 500))]);
  location.replace(exit.dataset.away);
}
