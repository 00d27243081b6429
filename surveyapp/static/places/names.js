"use strict";
// Names as a search compares them: accents, capitals and hyphens do not count.

const IN_FULL = { st: "saint", ste: "sainte", mt: "mont" };

function searchWords(name) {
  const letters = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const plain = letters.replace(/œ/g, "oe").replace(/æ/g, "ae");
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function withFullWords(words) {
  return words.concat(words.map((word) => IN_FULL[word]).filter(Boolean));
}

// Every word that was typed begins a word of the name, in either language.
function isNamed(item, typed) {
  return searchWords(typed).every(function (word) {
    const ways = withFullWords([word]);
    return item.words.some((own) => ways.some((way) => own.startsWith(way)));
  });
}

function isSameName(one, other) {
  return searchWords(one).join(" ") === searchWords(other).join(" ");
}

function itemOf(option, isAlways) {
  const words = searchWords(option.textContent + " " + (option.dataset.also || ""));
  const label = option.textContent.trim();
  return { code: option.value, label, words: withFullWords(words), isAlways };
}

// The last group of a list is not places: "I don’t know" and the like are always offered.
function groupsOf(select) {
  const last = select.querySelector("optgroup:last-of-type");
  const loose = Array.from(select.children).filter((one) => one.value);
  const held = Array.from(select.querySelectorAll("optgroup"), function (group) {
    const items = Array.from(group.children, (option) => itemOf(option, group === last));
    return { label: group.label, items };
  });
  return [{ label: "", items: loose.map((option) => itemOf(option, false)) }, ...held];
}
