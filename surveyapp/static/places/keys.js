"use strict";
// The keys of the search, as the ARIA guide has them.

function step(combo, by) {
  const items = shownItems(combo);
  const at = items.indexOf(combo.active);
  const next = at < 0 && by < 0 ? items.length - 1 : at + by;
  openList(combo, true);
  activate(combo, items[(next + items.length) % items.length]);
}

function takeOnly(combo) {
  const places = shownItems(combo).filter((item) => !item.isAlways);
  if (places.length === 1 && combo.input.value.trim()) chooseItem(combo, places[0]);
}

const KEYS = {
  ArrowDown: (combo) => step(combo, 1),
  ArrowUp: (combo) => step(combo, -1),
  Enter: (combo) => (combo.active ? chooseItem(combo, combo.active) : takeOnly(combo)),
  Escape: (combo) => openList(combo, false),
};

function pressKey(combo, event) {
  const isOpen = !combo.list.hidden;
  const opens = event.key.startsWith("Arrow");
  // Enter on a closed list sends the page, and Escape there is the browser's own.
  if (!KEYS[event.key] || !(isOpen || opens) || event.isComposing) return;
  event.preventDefault();
  if (!isOpen) filterList(combo, "");
  KEYS[event.key](combo);
}

function listen(combo) {
  const { input, list } = combo;
  input.addEventListener("keydown", (event) => pressKey(combo, event));
  input.addEventListener("input", function () {
    const count = filterList(combo, input.value);
    showUnlisted(combo, false);
    setList(combo, "");
    // Whoever clears the search is done with it: the list would cover what comes next.
    openList(combo, Boolean(input.value.trim()));
    sayCount(combo, count);
  });
  input.addEventListener("click", function () {
    if (!list.hidden) return;
    // A name that was chosen is no search: the whole list opens again.
    filterList(combo, "");
    input.select();
    openList(combo, true);
  });
  // The press of an option must not take the keyboard from the search first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", () => settle(combo));
  input.form.addEventListener("submit", function (event) {
    if ((event.submitter && event.submitter.formNoValidate) || settle(combo)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    showUnlisted(combo, true);
    input.focus();
  }, true);
}

// The search takes the place, the name and the hints of the page's own list, and what it holds.
function makeCombo(finder, parts) {
  const select = document.getElementById(finder.dataset.select);
  const input = parts.querySelector("[role=combobox]");
  const combo = { select, input, items: [], active: null, codes: null };
  combo.id = select.id + "-found";
  combo.list = parts.querySelector("[role=listbox]");
  combo.status = parts.querySelector("[role=status]");
  combo.unlisted = parts.querySelector(".error");
  fillList(combo, select);
  input.id = select.id;
  input.setAttribute("aria-labelledby", select.id + "-label");
  select.id += "-list";
  combo.list.id = combo.id;
  input.setAttribute("aria-controls", combo.id);
  combo.unlisted.id = combo.id + "-unlisted";
  const described = [select.getAttribute("aria-describedby"), combo.unlisted.id];
  input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  for (const name of ["aria-required", "aria-invalid"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, "true");
  }
  select.hidden = true;
  const chosen = combo.items.find((item) => item.code === select.value);
  if (chosen) input.value = chosen.label;
  for (const item of combo.items) item.shown.setAttribute("aria-selected", item === chosen);
  return combo;
}
