"use strict";
// Leaving at once, by the button or by three presses of Shift within five seconds.

const exit = document.getElementById("exit");
let presses = 0;
let forgetting = 0;
let isAlone = false;

function countPress(number) {
  presses = number;
  clearTimeout(forgetting);
  const said = exit.previousElementSibling;
  said.textContent = said.dataset["left" + (3 - number)] || "";
  if (number === 3) leave();
  else if (number) forgetting = setTimeout(() => countPress(0), 5000);
}

if (exit) {
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-away]")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", function (event) {
    isAlone = event.key === "Shift";
    if (!isAlone && presses) countPress(0);
  });
  document.addEventListener("keyup", function (event) {
    if (event.key === "Shift" && isAlone) countPress(presses + 1);
  });
}
