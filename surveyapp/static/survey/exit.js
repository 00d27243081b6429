"use strict";
// Leaving at once: the page is emptied, the browser forgets, and a neutral page takes its place in
// the history. Three presses of Shift within five seconds do the same.

const exit = document.getElementById("exit");
let presses = 0;
let forgetting = 0;
let isAlone = false;

async function leave() {
  keep([]);
  clearTimeout(next);
  // A reply that came now would bring the cookie back.
  if (asking) asking.abort();
  document.body.replaceChildren();
  document.title = location.hostname;
  // The cookie is the server's to drop; nobody waits for it longer than half a second.
  const dropped = fetch(exit.href, { keepalive: true, redirect: "manual" }).catch(() => 0);
  await Promise.race([dropped, new Promise((done) => setTimeout(done, 500))]);
  location.replace(exit.dataset.away);
}

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
