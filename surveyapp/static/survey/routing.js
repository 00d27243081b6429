"use strict";
// Questions that hang on an answer of the same page come and go with it. The page brings those
// that are not asked yet in a <template>: without this script they are neither seen nor sent.

function hangingPart(holder) {
  const condition = JSON.parse(holder.dataset.askedIf);
  let anchor = holder;
  let shown = holder;
  if (holder.content) {
    shown = document.createElement("div");
    shown.append(holder.content);
  } else {
    anchor = document.createElement("template");
    holder.before(anchor);
  }
  return { anchor, shown, condition };
}

function showAsked(form, parts) {
  // In the order of the page: what hangs on a question that just went goes with it.
  for (const part of parts) {
    if (!holds(part.condition, answersOf(form))) part.shown.remove();
    else if (!part.shown.isConnected) part.anchor.after(part.shown);
  }
}

function followAnswers(form) {
  const parts = Array.from(form.querySelectorAll("[data-asked-if]"), hangingPart);
  if (!parts.length) return;
  const show = () => showAsked(form, parts);
  for (const event of ["input", "change"]) form.addEventListener(event, show);
  window.addEventListener("pageshow", show);
  show();
}

const questions = document.getElementById("page");
if (questions) followAnswers(questions);
