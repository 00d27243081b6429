"use strict";
// A postal prefix narrows the list here, in the browser, and is cleared at once.

const BEGINNING = /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d?$/;

function prefixOf(typed) {
  const found = typed.replace(/[\s-]/g, "").toUpperCase().slice(0, 4);
  return BEGINNING.test(found) ? found : "";
}

function placesOf(table, prefix) {
  for (const shorter of [prefix, prefix.slice(0, 3)]) {
    const known = Object.keys(table).filter((one) => one.startsWith(shorter));
    if (known.length) return [...new Set(known.flatMap((one) => table[one]))];
  }
  return [];
}

function narrowTo(combo, field, table) {
  const prefix = prefixOf(field.typed.value);
  const codes = prefix ? placesOf(table, prefix) : [];
  const words = combo.words;
  const found = codes.length > 1 ? words.narrowMany : codes.length ? words.narrowOne : words.unknown;
  field.status.textContent = prefix ? found.replace("#", codes.length) : words.badPrefix;
  combo.codes = codes.length ? codes : null;
  field.whole.hidden = !combo.codes;
  if (!codes.length) return;
  field.typed.value = "";
  filterList(combo, "");
  combo.input.focus();
  openList(combo, true);
}

function widen(combo, field) {
  combo.codes = null;
  field.whole.hidden = true;
  field.status.textContent = "";
  combo.input.focus();
}

async function narrow(combo, field) {
  try {
    const reply = await fetch(combo.words.prefixes);
    narrowTo(combo, field, await reply.json());
  } catch {
    field.status.textContent = combo.words.failed;
  }
}

// Without its name the field goes nowhere, whatever sends the page.
function narrowHere(combo, holder) {
  const typed = holder.querySelector("input");
  const [button, whole] = holder.querySelectorAll("button");
  const field = { typed, whole, status: holder.querySelector("[role=status]") };
  typed.removeAttribute("name");
  typed.value = "";
  for (const one of [button, whole]) one.type = "button";
  button.addEventListener("click", () => narrow(combo, field));
  whole.addEventListener("click", () => widen(combo, field));
  typed.addEventListener("keydown", function (event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    narrow(combo, field);
  });
}
