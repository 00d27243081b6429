"use strict";
// Ranking by pressing: the first press gives 1, the next 2. The lists of numbers stay the truth.

function ranked(ranking) {
  const chosen = ranking.rows.filter((row) => row.select.value);
  return chosen.sort((one, other) => one.select.value - other.select.value);
}

function showRanks(ranking) {
  const inOrder = ranked(ranking);
  for (const row of ranking.rows) {
    const at = inOrder.indexOf(row);
    row.select.value = at < 0 ? "" : at + 1;
    row.number.textContent = at < 0 ? "" : at + 1;
    row.press.setAttribute("aria-pressed", at >= 0);
    row.up.hidden = at < 1;
    row.down.hidden = at < 0 || at === inOrder.length - 1;
  }
}

function sayRank(ranking, row, words) {
  showRanks(ranking);
  ranking.status.textContent = words.replace("#", row.select.value).replace("@", () => row.label);
  row.select.dispatchEvent(new Event("change", { bubbles: true }));
}

function pressRank(ranking, row) {
  const taken = ranked(ranking).length;
  if (row.select.value) {
    row.select.value = "";
    sayRank(ranking, row, ranking.words.cleared);
  } else if (taken < row.select.options.length - 1) {
    row.select.value = taken + 1;
    sayRank(ranking, row, ranking.words.ranked);
  } else {
    sayRank(ranking, row, ranking.words.full);
  }
}

function moveRank(ranking, row, step, button) {
  const inOrder = ranked(ranking);
  const other = inOrder[inOrder.indexOf(row) + step];
  const given = row.select.value;
  row.select.value = other.select.value;
  other.select.value = given;
  sayRank(ranking, row, ranking.words.ranked);
  // A button that goes away leaves the keyboard with its row.
  if (button.hidden) row.press.focus();
}

function rankButton(words, deed, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words;
  if (name) button.setAttribute("aria-label", words + " – " + name);
  button.addEventListener("click", () => deed(button));
  return button;
}

function rankingRow(ranking, element) {
  const select = element.querySelector("select");
  const label = element.querySelector("label");
  const row = { select, label: label.textContent.trim() };
  row.press = rankButton(row.label, () => pressRank(ranking, row));
  row.press.className = "press";
  row.number = document.createElement("span");
  row.press.prepend(row.number, " ");
  const { up, down } = ranking.words;
  row.up = rankButton(up, (button) => moveRank(ranking, row, -1, button), row.label);
  row.down = rankButton(down, (button) => moveRank(ranking, row, 1, button), row.label);
  const described = select.getAttribute("aria-describedby");
  if (described) row.press.setAttribute("aria-describedby", described);
  // What the page links to is now the button.
  row.press.id = select.id;
  select.id += "-list";
  // A label would name the button without its number.
  label.remove();
  select.hidden = true;
  element.append(row.press, row.up, row.down);
  return row;
}

function rankByPressing(fieldset) {
  const given = Array.from(fieldset.querySelectorAll("select"), (one) => one.value).filter(Boolean);
  // A number given twice is mended in the lists where it was given.
  if (new Set(given).size < given.length) return;
  const ranking = { words: fieldset.dataset, status: document.createElement("p") };
  ranking.status.className = "hint";
  ranking.status.setAttribute("role", "status");
  ranking.rows = Array.from(fieldset.querySelectorAll(".rank"), (one) => rankingRow(ranking, one));
  fieldset.querySelector(".how").textContent = ranking.words.how;
  fieldset.append(ranking.status);
  showRanks(ranking);
}

document.querySelectorAll(".ranking").forEach(rankByPressing);
