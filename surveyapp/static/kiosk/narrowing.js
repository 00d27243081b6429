"use strict";
// A list of places narrowed by a postal prefix comes by script on a tablet: as a page of its own it
// would stay in the history.

window.addEventListener("submit", async function (event) {
  if (!event.submitter || !event.submitter.value.startsWith("narrow:")) return;
  event.preventDefault();
  narrows = true;
  const entry = pressed(event.target, event.submitter);
  try {
    const reply = await ask(entry.action, { method: "POST", body: new URLSearchParams(entry.body) });
    replacePage(reply.text);
  } catch {
    sayOffline();
  }
}, true);
