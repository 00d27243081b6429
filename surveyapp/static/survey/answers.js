"use strict";
// What is answered on the page at this moment, as the server would read it.

// As numerals.py: "1 234,5", "1,234.5", "1234.5" or ",5"; a comma is a decimal comma where it can be.
function amount(typed, whole) {
  let bare = typed.trim().replace("\u2212", "-");
  if (/^[+-]?\d{1,3}([ \u00a0\u202f\u2009'’]\d{3})+([.,]|$)/.test(bare)) {
    bare = bare.replace(/[ \u00a0\u202f\u2009'’](?=\d{3})/g, "");
  } else if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) && (whole || /\.|,.*,/.test(bare))) {
    bare = bare.replace(/,/g, "");
  }
  bare = bare.replace(/,/g, ".");
  return /^[+-]?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})$/.test(bare) ? Number(bare) : undefined;
}

function typedIn(control) {
  const value = control.value.trim();
  if (!value || !control.inputMode) return value || undefined;
  return amount(value, control.inputMode === "numeric");
}

function takeBox(answers, key, box) {
  if (key.endsWith(".code")) answers[key.slice(0, -5)] = { code: box.value };
  else answers[key] = (answers[key] || []).concat(box.value);
}

function takeRank(answers, key, list) {
  const [question, option] = key.split(".");
  const order = answers[question] || [];
  if (list.value) order[list.value - 1] = option;
  if (order.length) answers[question] = order;
}

function answersOf(form) {
  const answers = {};
  for (const control of form.elements) {
    if (!control.name.startsWith("q_") || control.type === "hidden") continue;
    const key = control.name.slice(2);
    const isBox = control.type === "checkbox" || control.type === "radio";
    if (isBox && !control.checked) continue;
    if (control.type === "checkbox") takeBox(answers, key, control);
    else if (control.type === "select-one" && key.includes(".")) takeRank(answers, key, control);
    else if (isBox) answers[key] = control.value;
    else if (typedIn(control) !== undefined) answers[key] = typedIn(control);
  }
  return answers;
}
