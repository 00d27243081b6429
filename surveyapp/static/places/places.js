"use strict";
// A place question with all that helps to answer it: a search, postal prefixes, a map.

// Few places are radio buttons: there the map ticks one.
function radiosOf(name) {
  const radios = Array.from(document.getElementsByName(name));
  const labels = new Map(radios.map((one) => [one.value, one.labels[0].textContent.trim()]));
  const take = function (code) {
    const radio = radios.find((one) => one.value === code);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.focus();
  };
  return { labels, take, taken: () => (radios.find((one) => one.checked) || {}).value };
}

function listOf(combo) {
  const labels = new Map(combo.items.map((item) => [item.code, item.label]));
  const take = function (code) {
    chooseItem(combo, combo.items.find((item) => item.code === code));
    combo.input.focus();
  };
  return { labels, take, taken: () => combo.select.value };
}

async function loadMap(map, answer, address) {
  if (map.places.length) return;
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(address);
  fillMap(map, await reply.json(), answer.labels);
}

function openMap(map, opener, isOpen) {
  map.panel.hidden = !isOpen;
  opener.setAttribute("aria-expanded", isOpen);
}

async function showMap(map, opener, answer, words) {
  openMap(map, opener, map.panel.hidden);
  if (map.panel.hidden) return;
  try {
    map.name.textContent = words.loading;
    await loadMap(map, answer, words.outlines);
    map.name.textContent = words.noneYet;
    const taken = map.places.find((place) => place.code === answer.taken());
    if (taken) show(map, taken);
  } catch {
    map.name.textContent = words.failed;
  }
}

function offerMap(finder, parts, answer) {
  const opener = parts.querySelector(".open-map");
  if (!opener) return;
  const map = makeMap(parts.querySelector(".map"), finder.dataset.select + "-map");
  map.panel.id = map.id;
  opener.setAttribute("aria-controls", map.id);
  opener.addEventListener("click", () => showMap(map, opener, answer, finder.dataset));
  map.use.addEventListener("click", function () {
    openMap(map, opener, false);
    answer.take(map.shown.code);
  });
}

function help(finder) {
  const parts = finder.content;
  const isList = Boolean(parts.querySelector("[role=combobox]"));
  const combo = isList && makeCombo(finder, parts);
  offerMap(finder, parts, combo ? listOf(combo) : radiosOf(finder.dataset.name));
  const prefix = document.getElementById(finder.dataset.prefixField);
  finder.replaceWith(parts);
  if (combo) listen(combo);
  if (combo && prefix) narrowHere(combo, prefix);
}

function begin() {
  const finders = document.querySelectorAll("template.finder");
  if (!finders.length) return;
  // Nothing changes on the page before it can look as it should.
  const sheet = element("link", { rel: "stylesheet", href: finders[0].dataset.style });
  sheet.addEventListener("load", () => finders.forEach(help));
  document.head.append(sheet);
}

begin();
