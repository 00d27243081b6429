"use strict";
// A minute before a quiet page is put away, it asks whether somebody is there. The server says how
// long is left: another window may have been busy, and a phone's clock stops while it sleeps.

const warning = document.getElementById("timeout");
const startedWith = questions && sentUnder(/^q_/, new FormData(questions));
let deadline = 0;
let ticking = 0;
let isAsking = false;
let told = 0;

function countFrom(seconds) {
  deadline = Date.now() + seconds * 1000;
  told = 99;
  if (seconds > 60 && warning.open) warning.close();
}

async function askLeft(options) {
  isAsking = true;
  try {
    countFrom(JSON.parse((await ask(warning.dataset.address, options)).text).left);
  } catch {
    // No connection: the page's own count stands.
  }
  isAsking = false;
}

function stay() {
  const token = document.querySelector("[name=csrf_token]").value;
  askLeft({ method: "POST", body: new URLSearchParams({ csrf_token: token }) });
}

// What is typed goes along, unjudged, so that it is there when somebody goes on.
function putAway() {
  clearInterval(ticking);
  if (warning.open) warning.close();
  if (startedWith === null || sentUnder(/^q_/, new FormData(questions)) === startedWith) {
    location.replace(warning.dataset.over);
    return;
  }
  const entry = putInLine(pressed(questions, { name: "action", value: "rest" }));
  pressedHere.add(entry.id);
  sendLine(entry.id);
}

function announce(left) {
  const [clock, spoken] = warning.querySelectorAll("p + p");
  clock.textContent = "0:" + String(Math.min(left, 59)).padStart(2, "0");
  const step = [10, 30, 60].find((one) => left <= one);
  if (step < told) spoken.textContent = warning.dataset["at" + step];
  told = step;
}

async function tick() {
  const left = Math.ceil((deadline - Date.now()) / 1000);
  if (left > 60 || isAsking) return;
  if (!warning.open || left <= 0) await askLeft();
  const now = Math.ceil((deadline - Date.now()) / 1000);
  if (now <= 0) putAway();
  else if (now <= 60) {
    if (!warning.open) warning.showModal();
    announce(now);
  }
}

if (warning && warning.showModal) {
  countFrom(warning.dataset.left);
  ticking = setInterval(tick, 1000);
  warning.querySelector("button").addEventListener("click", stay);
  warning.addEventListener("cancel", function (event) {
    event.preventDefault();
    stay();
  });
}
