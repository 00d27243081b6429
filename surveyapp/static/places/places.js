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

// PARTS are the mark-up of what this script adds and the words it says, in the page's language.
function partsAnew() {
  const holder = document.createElement("template");
  holder.innerHTML = PARTS;
  return holder.content.firstElementChild;
}

const WORDS = partsAnew().dataset;

function partOf(selector) {
  return partsAnew().querySelector(selector);
}

// The page's own list, until somebody wants to search it.
function listOf(finder) {
  const select = document.getElementById(finder.dataset.select);
  const labels = new Map(Array.from(select.options, (one) => [one.value, one.textContent.trim()]));
  const list = { labels, combo: null, taken: () => select.value };
  list.take = function (code) {
    if (list.combo) chooseItem(list.combo, list.combo.items.find((item) => item.code === code));
    else {
      select.value = code;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    (list.combo ? list.combo.input : select).focus();
  };
  list.search = () => (list.combo = list.combo || searchOf(finder));
  return list;
}

function searchOf(finder) {
  const search = partOf(".finder-search");
  const combo = makeCombo(finder, search);
  // Below the way to the map: an open list would cover it.
  finder.querySelector("p").after(search);
  finder.querySelector(".search").hidden = true;
  listen(combo);
  return combo;
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
    map.name.textContent = WORDS.noneYet;
    const taken = map.places.find((place) => place.code === answer.taken());
    if (taken) show(map, taken);
  } catch {
    map.name.textContent = words.failed;
  }
}

function offerMap(finder, answer) {
  const opener = finder.querySelector(".open-map");
  if (!opener) return;
  const map = makeMap(partOf(".map"), finder.dataset.select + "-map");
  map.panel.id = map.id;
  finder.append(map.panel);
  opener.setAttribute("aria-controls", map.id);
  opener.addEventListener("click", () => showMap(map, opener, answer, finder.dataset));
  map.use.addEventListener("click", function () {
    openMap(map, opener, false);
    answer.take(map.shown.code);
  });
}

function help(finder) {
  const searcher = finder.querySelector(".search");
  const answer = searcher ? listOf(finder) : radiosOf(finder.dataset.name);
  offerMap(finder, answer);
  if (!searcher) return;
  searcher.addEventListener("click", () => answer.search().input.focus());
  const prefix = finder.parentNode.querySelector(".narrow");
  if (prefix) narrowHere(finder.dataset, answer, prefix);
}

document.addEventListener("wanted", (event) => help(event.target));
