"use strict";
// A list that is searched by typing: the combobox pattern of the ARIA guide. The page's own list
// stays the truth: this one only sets it.

function element(tag, attributes, words) {
  const made = document.createElement(tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  if (words) made.textContent = words;
  return made;
}

function listItem(combo, item) {
  item.shown = element("div", { role: "option", id: combo.id + "-" + item.code }, item.label);
  item.shown.addEventListener("click", () => chooseItem(combo, item));
  combo.items.push(item);
  return item.shown;
}

function fillList(combo, select) {
  // The status says it to who hears the page.
  combo.none = element("div", { class: "heading", "aria-hidden": "true", hidden: "" }, WORDS.none);
  combo.list.append(combo.none);
  for (const [number, group] of groupsOf(select).entries()) {
    const items = group.items.map((item) => listItem(combo, item));
    if (!group.label) {
      combo.list.append(...items);
      continue;
    }
    const id = combo.id + "-group" + number;
    const heading = element("div", { id, role: "presentation", class: "heading" }, group.label);
    const holder = element("div", { role: "group", "aria-labelledby": id });
    holder.append(heading, ...items);
    combo.list.append(holder);
  }
}

function shownItems(combo) {
  return combo.items.filter((item) => !item.shown.hidden);
}

function activate(combo, item) {
  if (combo.active) combo.active.shown.classList.remove("active");
  combo.active = item;
  combo.input.removeAttribute("aria-activedescendant");
  if (!item) return;
  item.shown.classList.add("active");
  item.shown.scrollIntoView({ block: "nearest" });
  combo.input.setAttribute("aria-activedescendant", item.shown.id);
}

function openList(combo, isOpen) {
  combo.list.hidden = !isOpen;
  combo.input.setAttribute("aria-expanded", isOpen);
  if (!isOpen) activate(combo, null);
}

function filterList(combo, typed) {
  let count = 0;
  for (const item of combo.items) {
    const isHere = !combo.codes || combo.codes.includes(item.code);
    item.shown.hidden = !(item.isAlways || (isHere && isNamed(item, typed)));
    if (!item.shown.hidden && !item.isAlways) count += 1;
  }
  for (const group of combo.list.querySelectorAll("[role=group]")) {
    group.hidden = !group.querySelector("[role=option]:not([hidden])");
  }
  combo.none.hidden = count > 0;
  activate(combo, null);
  return count;
}

function sayCount(combo, count) {
  const words = WORDS[count > 1 ? "many" : count ? "one" : "none"];
  combo.status.textContent = words.replace("#", count);
}

function setList(combo, code) {
  combo.select.value = code;
  for (const item of combo.items) item.shown.setAttribute("aria-selected", item.code === code);
  combo.select.dispatchEvent(new Event("change", { bubbles: true }));
}

function chooseItem(combo, item) {
  combo.input.value = item.label;
  setList(combo, item.code);
  showUnlisted(combo, false);
  openList(combo, false);
}

function showUnlisted(combo, isWrong) {
  combo.unlisted.textContent = isWrong ? WORDS.unlisted : "";
  combo.unlisted.hidden = !isWrong;
  if (isWrong) combo.input.setAttribute("aria-invalid", "true");
  else combo.input.removeAttribute("aria-invalid");
}

// What was typed is a place of the list, or nothing: never half. Nothing on the page moves by this:
// it happens under a press of whatever comes next, which would then miss.
function settle(combo) {
  const typed = combo.input.value.trim();
  const named = combo.items.filter((one) => isSameName(one.label, typed));
  // Two towns may have a place of the same name: the one that was chosen stays.
  const item = named.find((one) => one.code === combo.select.value) || named[0];
  openList(combo, false);
  const isListed = Boolean(item && typed);
  if (isListed) combo.input.value = item.label;
  setList(combo, isListed ? item.code : "");
  return isListed || !typed;
}
