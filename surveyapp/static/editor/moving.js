"use strict";
// Whoever moves a part with the keyboard stays on the button that moves it, to press it again.

const MOVES = /^(up|down)\|[^|]*\|/;

function moveButton(deed) {
  const buttons = Array.from(document.querySelectorAll("button[name=do]"));
  return buttons.find((one) => one.value.startsWith(deed));
}

const moved = sessionStorage.getItem("moved");
sessionStorage.removeItem("moved");
if (moved) {
  const same = moveButton(moved);
  // At the end of the list there is only the way back.
  const back = moveButton(moved.startsWith("up") ? moved.replace("up", "down") : moved.replace("down", "up"));
  const button = same && !same.disabled ? same : back;
  if (button) button.focus();
}

document.addEventListener("submit", (event) => {
  const deed = event.submitter && MOVES.exec(event.submitter.value);
  if (deed && !event.defaultPrevented) sessionStorage.setItem("moved", deed[0]);
});
