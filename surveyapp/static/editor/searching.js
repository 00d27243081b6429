"use strict";
// A long list of tags is searched by typing; accents and capitals make no difference.

const LONG_LIST = 9;

function bare(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function searchTags(list) {
  const lines = Array.from(list.querySelectorAll(".tick"));
  if (lines.length <= LONG_LIST) return;
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.textContent = list.dataset.search;
  box.type = "text";
  box.autocomplete = "off";
  label.append(box);
  list.querySelector("fieldset").before(label);
  box.addEventListener("input", () => {
    const wanted = bare(box.value.trim());
    lines.forEach((one) => (one.hidden = !bare(one.textContent).includes(wanted)));
  });
}

document.querySelectorAll("details.tags").forEach(searchTags);
