"use strict";
// "None of these" stands alone: ticking it clears the others, and the other way round.

document.addEventListener("change", function (event) {
  const box = event.target;
  if (box.type !== "checkbox" || !box.checked) return;
  if (box.dataset.instead) document.getElementById(box.dataset.instead).value = "";
  for (const other of document.getElementsByName(box.name)) {
    const alone = "exclusive" in box.dataset || "exclusive" in other.dataset;
    if (other !== box && (alone || box.dataset.instead)) other.checked = false;
  }
});
