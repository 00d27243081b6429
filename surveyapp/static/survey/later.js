"use strict";
// What helps to find a place comes when somebody asks for it, not before.

const brought = new Map();

function bring(tag, name, address) {
  const made = document.createElement(tag);
  made[name] = address;
  made.rel = "stylesheet";
  const coming = brought.get(address) || new Promise(function (done, fail) {
    made.onload = done;
    made.onerror = fail;
    document.head.append(made);
  });
  brought.set(address, coming);
  // What did not come is asked for again by the next press.
  return coming.catch(function () {
    brought.delete(address);
    throw address;
  });
}

async function wake(finder, status) {
  const { script, style, failed } = finder.dataset;
  finder.help = "coming";
  try {
    await Promise.all([bring("link", "href", style), bring("script", "src", script)]);
    finder.dispatchEvent(new Event("wanted", { bubbles: true }));
    finder.help = "here";
    status.textContent = "";
    // Whoever went on meanwhile is not called back.
    const { pressed } = finder;
    if (pressed && [pressed, document.body].includes(document.activeElement)) pressed.click();
  } catch {
    finder.help = "";
    status.textContent = finder.pressed ? failed : "";
  }
}

function touch(event) {
  const pressed = event.type === "click" && event.target.closest(".finder button");
  const touched = pressed || (event.type === "focusin" && event.target.closest(".narrow input"));
  const finder = touched && touched.closest(".question").querySelector(".finder");
  if (!finder || finder.help === "here") return;
  const status = finder.querySelector("[role=status]");
  if (pressed) {
    finder.pressed = pressed;
    status.textContent = finder.dataset.loading;
  }
  if (!finder.help) wake(finder, status);
}

document.documentElement.classList.add("js");
document.addEventListener("click", touch);
document.addEventListener("focusin", touch);

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
