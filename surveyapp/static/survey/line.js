"use strict";
// The line of pages on their way to the server: what was pressed, in the order it was pressed.

function sentUnder(names, body) {
  const pairs = [...new URLSearchParams(body)].filter(([name]) => names.test(name));
  return String(new URLSearchParams(pairs));
}

function isSameSending(one, other) {
  const told = /^(q_|action$|seen$)/;
  return one.action === other.action && sentUnder(told, one.body) === sentUnder(told, other.body);
}

function pressed(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button && button.name) body.append(button.name, button.value);
  const visit = body.get("visit") || "";
  // An attribute: a button called "action" hides the property.
  const own = button && button.getAttribute && button.getAttribute("formaction");
  const action = own || form.getAttribute("action");
  return { id: Math.random(), action, visit, body: String(body), page: location.pathname };
}

// Only the first page in line may have reached the server without an answer: what waits behind it
// gives way to a newer press of the same page.
function putInLine(entry) {
  const line = keptPages().filter((one) => one.visit === entry.visit);
  const first = line[0];
  const others = line.filter((one, at) => !at || one.action !== entry.action);
  const isKnown = first && isSameSending(first, entry);
  keep(isKnown ? others : [...others, entry]);
  return isKnown ? first : entry;
}

// A newer press of the same page goes on from where the server says the visit stands now.
function takeOut(entry, counter) {
  const line = keptPages().filter((one) => one.id !== entry.id);
  for (const one of line) {
    if (one.action !== entry.action || !counter) continue;
    const body = new URLSearchParams(one.body);
    body.set("counter", counter);
    one.body = String(body);
  }
  keep(line);
}
