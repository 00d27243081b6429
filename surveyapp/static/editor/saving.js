"use strict";
// A change is saved as soon as its field is left. The page that the server answers with brings
// the new marks; what cannot be saved so (a conflict, a number that is none) is sent as a page.

const form = document.getElementById("edit");
const went = document.getElementById("went");
// What only says what a button will do, or searches a list.
const WAITS = /^(|kind|scale|c:.*)$/;
let isSaving = false;
let isDirty = false;
let pressed = null;
// What moves away under a pointer is not pressed: nothing changes in the page until it is let go.
let letGo = Promise.resolve();
document.addEventListener("pointerdown", () => {
  letGo = new Promise((free) => {
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => setTimeout(free), { once: true });
    }
  });
});

function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  went.replaceChildren(line);
}

function takeMarks(fresh, contested) {
  fresh.querySelectorAll("input[type=hidden]").forEach((one) => {
    // Settings that are not shown have several values of one name.
    if (one.name.startsWith("s:") || isOf(one.name, contested)) return;
    const mine = Array.from(form.elements).find(
      (other) => other.name === one.name && other.type === "hidden" && one.name !== "node"
    );
    if (mine) mine.value = one.value;
  });
  const buttons = fresh.querySelectorAll("button[name=do]");
  const own = form.querySelectorAll("button[name=do]");
  if (own.length === buttons.length) own.forEach((one, n) => (one.value = buttons[n].value));
}

function takeStates(fresh) {
  fresh.querySelectorAll(".side").forEach((side) => {
    const mine = document.getElementById(side.querySelector("textarea").id).closest(".side");
    mine.querySelector(".mark").replaceWith(side.querySelector(".mark"));
    mine.querySelectorAll(".tick, .was").forEach((one) => one.remove());
    mine.append(...side.querySelectorAll(".tick, .was"));
  });
}

function takePage(text, sent) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.getElementById("edit");
  if (!fresh) return form.submit();
  takeMarks(fresh, takeFields(fresh, sent));
  takeStates(fresh);
  for (const place of [".outline", ".near", "h1"]) {
    const mine = document.querySelector(place);
    const top = mine.scrollTop;
    mine.replaceChildren(...page.querySelector(place).childNodes);
    mine.scrollTop = top;
  }
  document.title = page.title;
  went.replaceChildren(...page.getElementById("went").childNodes);
}

async function save() {
  isDirty = true;
  if (isSaving) return;
  isSaving = true;
  letGo.then(() => isSaving && say(went.dataset.saving));
  try {
    while (isDirty) {
      isDirty = false;
      const body = new URLSearchParams(new FormData(form));
      const reply = await fetch(form.action, { method: "POST", body });
      if (!reply.ok) return form.submit();
      // The part is gone: what is left says so.
      if (new URL(reply.url).pathname !== new URL(form.action).pathname) return location.assign(reply.url);
      const text = await reply.text();
      await letGo;
      takePage(text, body);
      if (isDirty) say(went.dataset.saving);
    }
  } catch {
    pressed = null;
    say(went.dataset.failed);
  } finally {
    isSaving = false;
    if (pressed) form.requestSubmit(pressed);
  }
}

// A button pressed right after typing waits for the words to be saved, and takes the new marks.
form.addEventListener("submit", (event) => {
  pressed = isSaving ? event.submitter : null;
  if (isSaving) event.preventDefault();
});

form.addEventListener("change", (event) => {
  // Whoever is asked which words to keep has not chosen yet.
  if (!WAITS.test(event.target.name) && !form.querySelector(".contested")) save();
});
