"use strict";
// The map of the set's own outlines: an extra to the list, which offers the same places and more.
// One stop of the keyboard; arrows go from place to place, Enter chooses.

const SVG = "http://www.w3.org/2000/svg";

function drawPlace(map, code, name, path) {
  const shape = document.createElementNS(SVG, "path");
  shape.id = map.id + "-" + code;
  shape.setAttribute("d", path);
  shape.setAttribute("role", "option");
  shape.setAttribute("aria-label", name);
  shape.setAttribute("aria-selected", "false");
  map.svg.append(shape);
  const box = shape.getBBox();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return { code, name, shape, box, middle };
}

function show(map, place) {
  if (map.shown) map.shown.shape.setAttribute("aria-selected", "false");
  map.shown = place;
  place.shape.setAttribute("aria-selected", "true");
  map.svg.setAttribute("aria-activedescendant", place.shape.id);
  // Borders are shared: what is chosen is drawn once more, above its neighbours.
  map.over.setAttribute("d", place.shape.getAttribute("d"));
  map.name.textContent = place.name;
  map.use.hidden = false;
}

function tap(map, event) {
  const place = map.places.find((one) => one.shape === event.target);
  if (!place || map.isDragged) return;
  if (pixelsOf(map, place) < SMALLEST) zoom(map, 3, pointOf(map, event));
  else {
    show(map, place);
    if (map.view.width < map.width) bringIntoView(map, place);
  }
}

const ACROSS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest place whose middle lies that way; what lies aside counts twice.
function neighbour(map, [right, down]) {
  if (!map.shown) return map.places[0];
  let [best, least] = [null, Infinity];
  for (const place of map.places) {
    const x = place.middle.x - map.shown.middle.x;
    const y = place.middle.y - map.shown.middle.y;
    const along = x * right + y * down;
    const aside = Math.abs(x * down) + Math.abs(y * right);
    const far = along + 2 * aside;
    if (along > 0 && aside <= along * 2 && far < least) [best, least] = [place, far];
  }
  return best;
}

function pressMapKey(map, event) {
  const place = ACROSS[event.key] && neighbour(map, ACROSS[event.key]);
  if (!ACROSS[event.key] && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (place) {
    show(map, place);
    bringIntoView(map, place);
  } else if (!ACROSS[event.key] && map.shown) map.use.click();
}

function fillMap(map, sent, names) {
  map.width = sent.width;
  map.height = sent.height;
  setView(map, wholeView(map));
  map.places = [];
  for (const [code, path] of Object.entries(sent.paths)) {
    if (names.has(code)) map.places.push(drawPlace(map, code, names.get(code), path));
  }
  // From north to south, as a reader goes through a page.
  map.places.sort((one, other) => one.middle.y - other.middle.y);
  map.over = document.createElementNS(SVG, "path");
  map.over.setAttribute("class", "over");
  map.over.setAttribute("aria-hidden", "true");
  map.svg.append(map.over);
}

function makeMap(panel, id) {
  const part = (name) => panel.querySelector("[data-map=" + name + "]");
  const map = { panel, id, svg: panel.querySelector("svg"), shown: null, places: [] };
  map.name = part("name");
  map.use = part("use");
  map.closer = part("closer");
  map.farther = part("farther");
  map.all = part("all");
  map.closer.addEventListener("click", () => zoom(map, 2, map.shown && map.shown.middle));
  map.farther.addEventListener("click", () => zoom(map, 0.5));
  map.all.addEventListener("click", () => setView(map, wholeView(map)));
  map.svg.addEventListener("click", (event) => tap(map, event));
  map.svg.addEventListener("keydown", (event) => pressMapKey(map, event));
  followDrag(map);
  return map;
}
