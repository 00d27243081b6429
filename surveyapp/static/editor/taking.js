"use strict";
// What the server answers a save with is what everybody has written so far. A field that was left
// alone here takes it; one that is being written keeps its words.

function drawn(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.defaultChecked;
  if (control.tagName !== "SELECT") return control.defaultValue;
  const chosen = Array.from(control.options).find((one) => one.defaultSelected);
  return (chosen || control.options[0] || {}).value;
}

function held(control) {
  const ticks = control.type === "checkbox" || control.type === "radio";
  return ticks ? control.checked : control.value;
}

function take(control, fresh) {
  if (control.type === "checkbox" || control.type === "radio") {
    control.checked = control.defaultChecked = fresh.defaultChecked;
  } else if (control.tagName === "SELECT") {
    Array.from(control.options).forEach((one) => (one.defaultSelected = one.value === drawn(fresh)));
    control.value = drawn(fresh);
  } else {
    control.value = control.defaultValue = fresh.defaultValue;
  }
}

// Returns the names of fields that are being written while somebody else wrote in them: their
// marks stay, so that the next save shows both.
function takeFields(fresh, sent) {
  const contested = [];
  fresh.querySelectorAll("textarea[id], select[id], input[id]:not([type=hidden])").forEach((one) => {
    const mine = document.getElementById(one.id);
    if (!mine || WAITS.test(mine.name)) return;
    const now = held(mine);
    const isSent = typeof now === "string" && now === sent.get(mine.name);
    if (now === drawn(mine) || now === drawn(one) || isSent) take(mine, one);
    else if (drawn(one) !== drawn(mine) && drawn(one) !== sent.get(mine.name)) contested.push(mine.name);
  });
  return contested;
}

// The marks "m:part:text" and "o:part:text:fr" belong to the field "w:part:text:fr".
function isOf(mark, contested) {
  const of = mark.slice(2);
  return contested.some((name) => {
    const field = name.slice(2);
    return name.startsWith("w:") && (of === field || of === field.slice(0, field.lastIndexOf(":")));
  });
}
