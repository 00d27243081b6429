"use strict";
// After a minute without a touch a tablet goes back to its first page. Whoever is still there is
// asked before; a press of anything is an answer then.

const TOUCHES = ["pointerdown", "pointermove", "keydown", "input", "wheel", "scroll"];
const warning = document.getElementById("idle");
let heard = Date.now();
let told = 99;

function hear() {
  if (!warning || !warning.open) heard = Date.now();
}

// What closes the question must not press what lies below it.
function stay(event) {
  event.preventDefault();
  warning.close();
  heard = Date.now();
  told = 99;
}

function announce(left) {
  const [clock, spoken] = warning.querySelectorAll(".code, [role=status]");
  clock.textContent = "0:" + String(left).padStart(2, "0");
  const step = [10, 20].find((one) => left <= one);
  if (step < told) spoken.textContent = warning.dataset["at" + step];
  told = step;
}

function watch() {
  const left = Math.ceil((heard - Date.now()) / 1000 + Number(tablet.dataset.idle));
  if (left <= 0) return goToStart();
  if (left > tablet.dataset.warning) return;
  if (!warning.open) warning.showModal();
  announce(left);
}

function tick() {
  sendWaiting();
  if (warning && !isLeaving) watch();
}

for (const touch of TOUCHES) {
  window.addEventListener(touch, hear, { capture: true, passive: true });
}
for (const press of warning ? ["click", "keydown", "cancel"] : []) {
  warning.addEventListener(press, stay);
}
const ticking = setInterval(tick, 1000);
