"use strict";
// A link is followed only when the server answers: nothing brings a tablet back from a page of the
// browser’s own.

function sayOffline() {
  const said = document.getElementById("offline");
  if (!said) return;
  said.hidden = false;
  setTimeout(() => (said.hidden = true), 10000);
}

document.addEventListener("click", async function (event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.origin !== location.origin) return;
  if ("away" in link.dataset) {
    goToStart();
    return;
  }
  try {
    await ask(tablet.dataset.alive);
    location.replace(link.href);
  } catch {
    sayOffline();
  }
});
