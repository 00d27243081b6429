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

function narrowTo(list, field, table) {
  const prefix = prefixOf(field.typed.value);
  const codes = prefix ? placesOf(table, prefix) : [];
  const found = codes.length > 1 ? WORDS.narrowMany : codes.length ? WORDS.narrowOne : WORDS.unknown;
  field.status.textContent = prefix ? found.replace("#", codes.length) : WORDS.badPrefix;
  if (list.combo) list.combo.codes = null;
  field.whole.hidden = !codes.length;
  if (!codes.length) return;
  const combo = list.search();
  combo.codes = codes;
  field.typed.value = "";
  filterList(combo, "");
  combo.input.focus();
  openList(combo, true);
}

function widen(list, field) {
  const combo = list.search();
  combo.codes = null;
  field.whole.hidden = true;
  field.status.textContent = "";
  combo.input.focus();
}

async function narrow(words, list, field) {
  try {
    const reply = await fetch(words.prefixes);
    narrowTo(list, field, await reply.json());
  } catch {
    field.status.textContent = words.failed;
  }
}

// Without its name the field goes nowhere, whatever sends the page.
function narrowHere(words, list, holder) {
  const typed = holder.querySelector("input");
  const [button, whole] = holder.querySelectorAll("button");
  const field = { typed, whole, status: holder.querySelector("[role=status]") };
  typed.removeAttribute("name");
  button.type = "button";
  button.addEventListener("click", () => narrow(words, list, field));
  typed.addEventListener("keydown", function (event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    narrow(words, list, field);
  });
  // A list that the server narrowed is whole again only when the server sends it.
  if (!whole.hidden) return;
  whole.type = "button";
  whole.addEventListener("click", () => widen(list, field));
}
