"use strict";
// What one kind of question alone needs comes after the page, and only where it is asked.

function fetchLater() {
  const wanted = Array.from(document.querySelectorAll("[data-script]"), (one) => one.dataset.script);
  for (const address of new Set(wanted)) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  }
}

// A postal prefix goes to the server with the press of its own button, or nowhere: not into what
// is kept for later, nor along with the answers.
let narrows = false;

document.addEventListener("submit", function (event) {
  narrows = Boolean(event.submitter && event.submitter.value.startsWith("narrow:"));
  if (narrows) event.stopImmediatePropagation();
}, true);
document.addEventListener("formdata", function (event) {
  const names = [...event.formData.keys()].filter((name) => name.startsWith("prefix-"));
  if (!narrows) for (const name of names) event.formData.delete(name);
});
window.addEventListener("load", fetchLater);
