"use strict";
// Forms are sent by script where there is one, so that a page that cannot be sent stays on the
// screen, is kept, and is sent again by itself when the connection returns.

const PATIENCE = 30000;
const LONGEST_WAIT = 60000;
const line = document.getElementById("sending");
let busy = false;
let wait = 2000;
let next = 0;
let asking = null;
const pressedHere = new Set();

function say(name, address) {
  if (!line) return;
  line.textContent = line.dataset[name] || "";
  if (!address) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = line.dataset.goOn;
  line.append(" ", link);
}

async function ask(address, options) {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  asking = given;
  try {
    const headers = { "Sent-By": "script" };
    const reply = await fetch(address, { ...options, headers, signal: given.signal });
    const text = await reply.text();
    if (reply.headers.get("Sent-By") !== "script" || reply.status > 499) throw new Error(address);
    return { status: reply.status, headers: reply.headers, text };
  } finally {
    clearTimeout(timer);
  }
}

async function sendPage(entry, isNew) {
  const body = new URLSearchParams(entry.body);
  if (!isNew) {
    const token = await ask(line.dataset.token);
    body.set("csrf_token", JSON.parse(token.text).csrf_token);
  }
  const reply = await ask(entry.action, { method: "POST", body });
  // The form's token was older than the browser's: once more, with a fresh one.
  return reply.status === 400 && isNew ? sendPage(entry, false) : reply;
}

function replacePage(html) {
  clearTimeout(next);
  clearInterval(ticking);
  document.open();
  document.write(html);
  document.close();
  scrollTo(0, 0);
}

// Whoever changed an answer while the page waited stays on it, to send the change.
function wasChanged(entry) {
  const form = document.getElementById("page");
  return form && sentUnder(/^q_/, entry.body) !== sentUnder(/^q_/, new FormData(form));
}

function follow(entry, reply) {
  const address = reply.headers.get("Location");
  const counter = reply.headers.get("Visit-Counter");
  if (entry.page !== location.pathname) {
    const became = address ? "sent" : reply.status === 410 ? "lost" : "mend";
    say(became, isSameVisit(entry) && (address || (became === "mend" && entry.page)));
  } else if (!pressedHere.has(entry.id)) {
    // The page was opened again while it was on its way: what it shows is older than what was sent.
    location.replace(address || location.href);
  } else if (counter && wasChanged(entry)) {
    document.forms.page.elements.counter.value = counter;
    say("changed");
  } else if (address) {
    onward(address);
  } else {
    replacePage(reply.text);
  }
}

// A page of another visit does not lead into this one; a page of none may.
function isSameVisit(entry) {
  const field = document.querySelector("form [name=visit]");
  return !field || field.value === entry.visit;
}

async function sendLine(isNew) {
  if (busy || !line) return;
  busy = true;
  clearTimeout(next);
  next = setTimeout(() => say("busy"), 1000);
  let entry;
  let reply;
  try {
    for (let first = keptPages()[0]; first; first = keptPages()[0]) {
      reply = await sendPage(first, first.id === isNew);
      entry = first;
      if (reply.status === 410) keep([]);
      takeOut(entry, reply.headers.get("Visit-Counter"));
    }
    clearTimeout(next);
    wait = 2000;
    busy = false;
    if (entry) follow(entry, reply);
  } catch {
    clearTimeout(next);
    busy = false;
    say("unsent");
    next = setTimeout(sendLine, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

function sendAgain() {
  wait = 2000;
  if (keptPages().length) sendLine();
}

document.addEventListener("submit", function (event) {
  const form = event.target;
  if (!line || !("keep" in form.dataset)) return;
  event.preventDefault();
  const first = form.querySelector("button.go");
  const entry = putInLine(pressed(form, event.submitter || first));
  const isNew = !pressedHere.has(entry.id);
  pressedHere.add(entry.id);
  sendLine(isNew && entry.id);
});
window.addEventListener("online", sendAgain);
document.addEventListener("visibilitychange", () => document.hidden || sendAgain());
if (keptPages().length) sendAgain();
