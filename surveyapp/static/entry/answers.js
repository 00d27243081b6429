"use strict";
// What is typed, as answers: the keys of the page say which number stands for what, as keyed.py.

function keysOf(ask) {
  return Array.from(ask.querySelectorAll("[data-mark]"));
}

function keyFor(ask, token) {
  return keysOf(ask).find((key) => key.dataset.mark === token || key.dataset.also === token);
}

function plainName(words) {
  const bare = words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return bare.replace(/[’]/g, "'").replace(/-/g, " ").trim().replace(/ +/g, " ");
}

function placeNamed(ask, typed) {
  const wanted = plainName(typed);
  const names = keysOf(ask).map((key) => [plainName(key.lastElementChild.textContent), key]);
  const exact = names.filter(([name]) => name === wanted);
  const begun = names.filter(([name]) => name.startsWith(wanted));
  const found = exact.length ? exact : begun;
  return found.length === 1 ? found[0][1] : undefined;
}

function tokensOf(ask, typed) {
  const tokens = typed.split(/[\s,;.+/]+/).filter(Boolean);
  const together = tokens.length === 1 && /^\d+$/.test(typed) && keysOf(ask).length <= 9;
  return together ? Array.from(tokens[0]) : tokens;
}

// The keys that were typed; one that there is none of is undefined among them.
function typedKeys(ask, typed) {
  const takes = ask.dataset.takes;
  if (takes === "multiple" || takes === "rank") {
    return tokensOf(ask, typed).map((token) => keyFor(ask, token));
  }
  const key = keyFor(ask, typed) || (takes === "place" ? placeNamed(ask, typed) : undefined);
  return [key];
}

function isWritten(ask) {
  return ask.dataset.takes === "number" || ask.dataset.takes === "words";
}

function answerTyped(ask, typed) {
  if (!typed) return null;
  const codes = typedKeys(ask, typed).map((key) => (key ? key.dataset.code : ""));
  if (isWritten(ask)) {
    if (codes[0]) return { code: codes[0] };
    return ask.dataset.takes === "number" ? Number(typed.replace(",", ".")) : typed;
  }
  return ask.dataset.takes === "multiple" || ask.dataset.takes === "rank" ? codes : codes[0];
}
