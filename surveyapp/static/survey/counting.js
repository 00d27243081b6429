"use strict";
// Says how many characters a text can still take: at once to the eye, in pauses to the ear.

function charactersLeft(limit, text) {
  // The server counts characters, not the halves that some of them are made of here.
  const left = limit.dataset.most - Array.from(text.trim()).length;
  const words = limit.dataset[(left < 0 ? "over" : "left") + (Math.abs(left) < 2 ? "One" : "")];
  const count = Math.abs(left).toLocaleString(document.documentElement.lang + "-CA");
  return { isOver: left < 0, words: words.replace("#", count) };
}

function counterBelow(text) {
  const known = text.nextElementSibling;
  if (known && known.className.includes("count")) return known;
  const shown = document.createElement("p");
  const said = document.createElement("p");
  shown.className = "hint count";
  shown.setAttribute("aria-hidden", "true");
  said.className = "hidden";
  said.setAttribute("role", "status");
  text.after(shown, said);
  return shown;
}

function countCharacters(limit, text) {
  const { isOver, words } = charactersLeft(limit, text.value);
  const shown = counterBelow(text);
  shown.textContent = words;
  shown.classList.toggle("error", isOver);
  clearTimeout(limit.pause);
  limit.pause = setTimeout(() => (shown.nextElementSibling.textContent = words), 1000);
}

document.addEventListener("input", function (event) {
  const ids = (event.target.getAttribute("aria-describedby") || "").split(" ");
  const limit = ids.map((id) => document.getElementById(id)).find((one) => one && one.dataset.most);
  if (limit) countCharacters(limit, event.target);
});
