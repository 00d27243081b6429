"use strict";
// From field to field by the keyboard alone, past whatever the answers so far do not lead to.

function mainField(ask) {
  return ask.querySelector(".keyed:not([data-beside])");
}

function echo(form, ask, field) {
  const place = form.querySelector("[data-echo='" + field.id + "']");
  if (!place) return;
  const typed = field.value.trim();
  const keys = typed && !isWritten(ask) ? typedKeys(ask, typed) : [];
  const known = keys.every(Boolean);
  place.classList.toggle("unknown", !known);
  place.textContent = known
    ? keys.map((key) => key.lastElementChild.textContent).join("; ")
    : form.dataset.unknown;
}

function showAnswers(form) {
  const answers = {};
  for (const ask of form.querySelectorAll(".ask")) {
    const asked = !ask.dataset.askedIf || holds(JSON.parse(ask.dataset.askedIf), answers);
    ask.classList.toggle("unasked", !asked);
    for (const field of ask.querySelectorAll(".keyed:not([data-beside])")) {
      const answer = answerTyped(ask, field.value.trim());
      if (asked && field.dataset.key) answers[field.dataset.key] = answer;
      echo(form, ask, field);
    }
    for (const field of ask.querySelectorAll("[data-beside]")) {
      const open = chosen(answers[mainField(ask).dataset.key]).includes(field.dataset.beside);
      field.closest(".blank").classList.toggle("unasked", !open);
    }
  }
}

function step(form, from, way) {
  const open = Array.from(form.querySelectorAll(".keyed")).filter(
    (field) => field === from || !field.closest(".unasked"),
  );
  const next = open[open.indexOf(from) + way];
  const target = next || (way > 0 ? document.getElementById("save") : from);
  target.focus({ preventScroll: true });
  if (next) next.select();
  target.scrollIntoView({ block: "center" });
}

function isEnough(field) {
  const ask = field.closest(".ask");
  const typed = field.value;
  if (ask.dataset.takes !== "one" || !keyFor(ask, typed)) return false;
  const longer = (key) => key.dataset.mark !== typed && key.dataset.mark.startsWith(typed);
  return !keysOf(ask).some(longer);
}

const WAYS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

function onKey(form, event) {
  const field = event.target.closest(".keyed");
  if (!field || !WAYS[event.key] || event.shiftKey || event.isComposing) return;
  if (field.tagName === "TEXTAREA" && event.key !== "Enter") return;
  event.preventDefault();
  step(form, field, WAYS[event.key]);
}

// A call begins with words to read out: the first field is one key away, wherever one has read to.
function onFirstKey(form, event) {
  if (event.key !== "Enter" || event.target !== document.body) return;
  event.preventDefault();
  form.querySelector(".keyed").focus();
}

function guard(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

function typeAlong(form) {
  const quick = document.getElementById("quick");
  quick.parentElement.hidden = false;
  form.addEventListener("keydown", (event) => onKey(form, event));
  document.addEventListener("keydown", (event) => onFirstKey(form, event));
  form.addEventListener("input", (event) => {
    showAnswers(form);
    const field = event.target.closest(".keyed");
    if (field && quick.checked && isEnough(field)) step(form, field, 1);
  });
  guard(form);
  showAnswers(form);
}

const sheet = document.getElementById("typed");
if (sheet) typeAlong(sheet);
