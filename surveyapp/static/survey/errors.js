"use strict";
// Whoever sent a page that needs mending begins at the list of what to mend.

function showErrors() {
  const errors = document.getElementById("errors");
  if (errors) errors.focus();
}

showErrors();
