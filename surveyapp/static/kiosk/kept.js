"use strict";
// On a tablet that many people answer on, what waits for the network is kept under a seal that
// only the server can open. The page that is open still knows its own presses.

const SEALED = "surveyapp-sealed";
const tablet = document.getElementById("tablet");
const sealedHere = new Map();
let inMemory = [];

function keptPages() {
  return inMemory;
}

function waitingForms() {
  try {
    return JSON.parse(localStorage.getItem(SEALED)) || [];
  } catch {
    return [];
  }
}

function showWaiting() {
  const shown = document.querySelectorAll("[data-waiting]");
  for (const one of shown) one.textContent = waitingForms().length;
}

function storeWaiting(forms) {
  try {
    localStorage.removeItem(SEALED);
    if (forms.length) localStorage.setItem(SEALED, JSON.stringify(forms));
  } catch {
    // Storage is full or forbidden: the open page is all there is.
  }
  showWaiting();
}

function isOpenHere(form) {
  return inMemory.some((one) => one.id === form.id);
}

// What was acknowledged is wiped at once. Forms of people who left are none of this page's.
function keep(pages) {
  inMemory = pages;
  storeWaiting(waitingForms().filter((one) => !sealedHere.has(one.id) || isOpenHere(one)));
  for (const one of pages) putUnderSeal(one);
}

async function putUnderSeal(entry) {
  const body = entry.body;
  if (!cipher || !entry.visit || sealedHere.get(entry.id) === body) return;
  sealedHere.set(entry.id, body);
  const address = new URL(entry.action, location.href).pathname;
  const sealed = await seal(body, address);
  // It may have been acknowledged, or changed, while it was sealed.
  if (sealedHere.get(entry.id) !== body || !wanted(entry)) return;
  const others = waitingForms().filter((one) => one.id !== entry.id);
  storeWaiting([...others, { id: entry.id, action: entry.action, sealed }]);
}

// Whoever leaves while the seal is made takes the page along, and what was pressed still counts.
function wanted(entry) {
  return isOpenHere(entry) || isLeaving;
}
