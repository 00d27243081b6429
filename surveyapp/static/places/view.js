"use strict";
// The part of the map that is seen: closer, farther, moved; never beyond its edges.

const SMALLEST = 28; // pixels: what a finger finds
const CLOSEST = 40;

function wholeView(map) {
  return { x: 0, y: 0, width: map.width, height: map.height };
}

function setView(map, view) {
  const width = Math.min(Math.max(view.width, map.width / CLOSEST), map.width);
  const height = (width * map.height) / map.width;
  const x = Math.min(Math.max(view.x, 0), map.width - width);
  const y = Math.min(Math.max(view.y, 0), map.height - height);
  map.view = { x, y, width, height };
  // A margin, so that the thick border of what is chosen is not cut.
  const margin = width / 60;
  const box = [x - margin, y - margin, width + 2 * margin, height + 2 * margin];
  map.svg.setAttribute("viewBox", box.join(" "));
  map.svg.classList.toggle("close", width < map.width);
  map.farther.disabled = map.all.disabled = width >= map.width;
  map.closer.disabled = width <= map.width / CLOSEST;
}

function zoom(map, factor, at) {
  const { x, y, width, height } = map.view;
  const middle = at || { x: x + width / 2, y: y + height / 2 };
  const size = Math.min(width / factor, map.width);
  setView(map, { x: middle.x - size / 2, y: middle.y - (size * height) / width / 2, width: size });
}

function pointOf(map, event) {
  const point = new DOMPoint(event.clientX, event.clientY);
  return point.matrixTransform(map.svg.getScreenCTM().inverse());
}

function pixelsOf(map, place) {
  return Math.max(place.box.width, place.box.height) * map.svg.getScreenCTM().a;
}

function isSeen(map, place) {
  const { x, y, width, height } = map.view;
  const { middle } = place;
  return middle.x > x && middle.x < x + width && middle.y > y && middle.y < y + height;
}

// Brings a place into view, and near enough to be seen.
function bringIntoView(map, place) {
  const pixels = pixelsOf(map, place);
  if (pixels < SMALLEST) zoom(map, (SMALLEST * 2) / pixels, place.middle);
  else if (!isSeen(map, place) || map.view.width < map.width) zoom(map, 1, place.middle);
}

// Dragging moves a map that is close; a tap on a place does too, for whoever cannot drag.
function followDrag(map) {
  let from = null;
  map.svg.addEventListener("pointerdown", function (event) {
    map.isDragged = false;
    from = map.svg.classList.contains("close") && { event, view: map.view };
  });
  map.svg.addEventListener("pointermove", function (event) {
    if (!from || !event.buttons) return;
    const [left, up] = [event.clientX - from.event.clientX, event.clientY - from.event.clientY];
    if (Math.hypot(left, up) < 8 && !map.isDragged) return;
    map.isDragged = true;
    const steps = 1 / map.svg.getScreenCTM().a;
    const { x, y, width } = from.view;
    setView(map, { x: x - left * steps, y: y - up * steps, width });
  });
}
