"use strict";
// Pages on their way to the server: kept in the browser from the press until they are acknowledged,
// for one visit only. Where the browser keeps nothing, this page does while it is open.

const KEPT = "surveyapp-kept";
let inMemory = [];

function keptPages() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) || inMemory;
  } catch {
    return inMemory;
  }
}

function keep(pages) {
  inMemory = pages;
  const ofVisit = pages.filter((one) => one.visit);
  try {
    localStorage.removeItem(KEPT);
    if (ofVisit.length) localStorage.setItem(KEPT, JSON.stringify(ofVisit));
    if (ofVisit.length === pages.length) inMemory = [];
  } catch {
    // Storage is full or forbidden: memory has to do.
  }
}
