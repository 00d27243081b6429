"use strict";
// A doubled press is harmless on the server; this spares the wait for it.

document.addEventListener("submit", function (event) {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", function () {
  for (const form of document.forms) delete form.dataset.sent;
});
